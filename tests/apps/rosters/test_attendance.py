"""The page of attendance, and findings from what was not kept."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from bankhall.apps.findings.models import Finding, Sighting
from bankhall.apps.rosters import queries
from bankhall.apps.rosters.actions.attending import see_what_was_not_kept
from bankhall.apps.rosters.jobs import accounts_of
from bankhall.apps.rosters.queries.attendance import person
from bankhall.data.attendance_jobs import attendance_job
from bankhall.data.lake import Lake
from bankhall.kernel.errors import NotAllowed
from bankhall.kernel.scope import ROLES, Role
from tests.data.test_attendance_jobs import DAY, WEEK, in_lake, tables
from tests.factories.bank import CALENDAR, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import MANAGER, at

pytestmark = pytest.mark.django_db
READERS = {
    "lobby_manager", "branch_manager", "supervisor", "regional", "head_office", "risk", "auditor",
}  # fmt: skip
SUNDAY = WEEK.days()[-1]


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2, calendar=CALENDAR))
    Lake(settings.LAKE).publish(tables())
    load_reference()


def load_reference() -> None:
    from bankhall.data.exchange.codec import bank_tables

    found = {name: table for name, table in bank_tables(small_bank(2)).items() if table.num_rows}
    Lake(settings.LAKE).publish_reference(found, on=DAY)


def told(**more: Any) -> dict[str, Any]:
    week = {
        "week": str(WEEK), "days": 5, "judged": 60, "promise_broken": 2, "recorded": 80, "plan_broken": 1, "plan": 1,
        "attendance": 1, "both": 0, "unknown": 0, "unexpected": 0, "verdict": "plan",
        "promise_not_kept": [{"slot_start": "09:30", "fault": "plan"}, {"slot_start": "10:00", "fault": "attendance"}],
        "plan_not_kept": [{"slot_start": "10:00"}],
    }  # fmt: skip
    return {"branch_code": "B01", "weeks": [week | more], "total": {}}


def see(answer: dict[str, Any]) -> None:
    see_what_was_not_kept(answer, by=SYSTEM.actor, source="a test")


def test_what_was_not_kept_becomes_two_findings_with_its_half_hours() -> None:
    see(told())
    rows = {s.finding.kind: s for s in Sighting.objects.select_related("finding")}
    assert set(rows) == {"promise_not_kept", "plan_not_kept"}
    assert [row["fault"] for row in rows["promise_not_kept"].rows] == ["plan", "attendance"]
    assert rows["promise_not_kept"].facts["half_hours"] == 2
    assert (rows["plan_not_kept"].period, rows["plan_not_kept"].finding.branch_code) == (str(WEEK), "B01")


def test_the_same_week_seen_again_is_one_sighting_and_a_kept_one_takes_it_back() -> None:
    see(told())
    see(told())
    assert Sighting.objects.count() == 2
    see(told(promise_broken=0, promise_not_kept=[]))
    assert Finding.objects.get(kind="promise_not_kept").state == "gone"
    assert Finding.objects.get(kind="plan_not_kept").state == "open"


def test_a_week_without_records_says_nothing() -> None:
    see(told())
    see(told(days=0, promise_not_kept=[], plan_not_kept=[]))
    assert Sighting.objects.count() == 2


def test_the_job_answers_what_is_seen(tmp_path: Path) -> None:
    see(attendance_job(in_lake(tmp_path / "other")))
    found = Sighting.objects.get(finding__kind="promise_not_kept")
    assert [(row["slot_start"], row["fault"]) for row in found.rows] == [
        ("09:30", "plan"), ("10:00", "both"), ("11:30", "plan"),
    ]  # fmt: skip


def test_every_branch_is_asked_at_night_about_the_week_of_the_day_before() -> None:
    asked = [due.ask() for due in accounts_of(WEEK.plus(1).first_day())]
    assert {(one["branch_code"], one["week"]) for one in asked} == {("B01", str(WEEK)), ("B02", str(WEEK))}


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_measures_reads_attendance_and_only_the_manager_sees_people(role: Role) -> None:
    if role not in READERS:
        with pytest.raises(NotAllowed):
            queries.attendance_page(at(role), "B01", week=WEEK, on=SUNDAY)
        return
    page = queries.attendance_page(at(role), "B01", week=WEEK, on=SUNDAY)
    assert page.total.promise_broken == 3
    assert bool(page.people) is (role == "branch_manager")


def test_another_branch_is_out_of_sight() -> None:
    with pytest.raises(NotAllowed):
        queries.attendance_page(at("branch_manager", "B02"), "B01", week=WEEK, on=SUNDAY)


def test_the_newest_recorded_day_is_shown_and_an_empty_one_still_lists_who_was_planned() -> None:
    page = queries.attendance_page(MANAGER, "B01", week=WEEK, on=SUNDAY)
    assert (page.day, page.shown and page.shown.day) == (DAY, DAY)
    empty = queries.attendance_page(MANAGER, "B01", week=WEEK, day=DAY + timedelta(days=1), on=SUNDAY)
    assert (empty.shown, empty.people) == (None, ())


def test_late_and_early_are_beside_the_plan() -> None:
    found = person("T", ((540, 1020),), ((552, 1000),))
    assert (found.late_minutes, found.early_minutes) == (12, 20)
    assert person("T", ((540, 1020),), ((535, None),)).early_minutes is None
    assert person("T", ((540, 1020),), ()).late_minutes is None
    assert person("T", (), ((540, 600),)).starts is None
