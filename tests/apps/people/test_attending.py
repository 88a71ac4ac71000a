"""Attendance entered by hand stands among the imported records, and the trail keeps what stood before."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from bankhall.apps.audit.models import Line
from bankhall.apps.people.actions import Attending, mark_attendance, remove_attendance
from bankhall.data.exchange.codec import rows_table
from bankhall.data.lake import Lake
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound
from bankhall.kernel.scope import ROLES, Role
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import MANAGER, at

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
EVENING = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""Eight in the evening at the branch."""
MIDNIGHT = datetime(2026, 11, 19, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def imported(*staff_nos: str) -> None:
    rows = [
        {"staff_no": who, "branch_code": "B01", "business_date": DAY, "started_at": MIDNIGHT + timedelta(minutes=535),
         "ended_at": MIDNIGHT + timedelta(minutes=1020)}
        for who in staff_nos
    ]  # fmt: skip
    Lake(settings.LAKE).publish({"attendance": rows_table("attendance", rows)}, batch="import")


def spans() -> dict[str, list[tuple[float, float | None]]]:
    found: dict[str, list[tuple[float, float | None]]] = {}
    rows: list[dict[str, Any]] = Lake(settings.LAKE).snapshot().table("attendance").to_pylist()
    for row in rows:
        ended = row["ended_at"]
        span = (row["started_at"] - MIDNIGHT).seconds / 60, None if ended is None else (ended - MIDNIGHT).seconds / 60
        found.setdefault(row["staff_no"], []).append(span)
    return found


def enter(staff_no: str, came: int, left: int | None = None, scope: Any = MANAGER, **more: Any) -> None:
    entry = Attending(staff_no, more.pop("branch_code", "B01"), more.pop("day", DAY), came, left)
    mark_attendance(entry, by=scope.actor, scope=scope, now=more.pop("now", EVENING))


def take_out(staff_no: str, scope: Any = MANAGER) -> None:
    remove_attendance(staff_no, "B01", DAY, by=scope.actor, scope=scope)


def test_what_is_entered_replaces_that_persons_day_and_nobody_elses() -> None:
    imported("T101", "T102")
    enter("T101", 552, 1000)
    assert spans() == {"T101": [(552, 1000)], "T102": [(535, 1020)]}


def test_a_break_between_the_two_times_stays() -> None:
    rows = [
        {"staff_no": "T101", "branch_code": "B01", "business_date": DAY, "started_at": MIDNIGHT + timedelta(minutes=a),
         "ended_at": MIDNIGHT + timedelta(minutes=b)}
        for a, b in ((530, 535), (540, 720), (780, 1020))
    ]  # fmt: skip
    Lake(settings.LAKE).publish({"attendance": rows_table("attendance", rows)}, batch="import")
    enter("T101", 545, 1000)
    assert spans() == {"T101": [(545, 720), (780, 1000)]}
    enter("T101", 545, 700)
    assert spans() == {"T101": [(545, 700)]}


def test_a_branch_without_a_clock_at_the_door_begins_with_nothing() -> None:
    enter("T101", 540)
    enter("T102", 541)
    enter("T101", 540, 1015)
    assert spans() == {"T101": [(540, 1015)], "T102": [(541, None)]}


def test_the_trail_keeps_who_entered_it_and_what_stood_before() -> None:
    imported("T101")
    enter("T101", 552)
    line = Line.objects.filter(name="people.mark_attendance").latest("id")
    assert (line.actor_code, line.subject_code, line.branch_code) == ("branch_manager", "T101", "B01")
    assert json.loads(line.before)["spans"] == [["2026-11-20T00:55:00+00:00", "2026-11-20T09:00:00+00:00"]]
    assert json.loads(line.after)["spans"][0][0].startswith("2026-11-20T09:12:00+08:00")


@pytest.mark.parametrize("role", ROLES)
def test_only_the_branch_manager_enters_attendance(role: Role) -> None:
    scope = at(role)
    if role == "branch_manager":
        enter("T101", 540, scope=scope)
        return
    with pytest.raises(NotAllowed):
        enter("T101", 540, scope=scope)


def test_another_branchs_people_are_out_of_reach() -> None:
    with pytest.raises(NotAllowed):
        enter("T201", 540, branch_code="B02")
    with pytest.raises(NotFound):
        enter("T201", 540)


def test_what_has_not_happened_is_not_entered() -> None:
    with pytest.raises(BadInput, match="attendance_not_yet"):
        enter("T101", 540, 1230)
    with pytest.raises(BadInput, match="attendance_not_yet"):
        enter("T101", 540, day=DAY + timedelta(days=1))
    with pytest.raises(BadInput, match="attendance_backwards"):
        enter("T101", 540, 540)


def test_a_record_that_was_wrong_is_taken_out_and_nobody_elses() -> None:
    imported("T101", "T102")
    take_out("T101")
    assert spans() == {"T102": [(535, 1020)]}
    take_out("T102")
    assert spans() == {}
    line = Line.objects.filter(name="people.remove_attendance").latest("id")
    assert json.loads(line.before)["spans"] == [["2026-11-20T00:55:00+00:00", "2026-11-20T09:00:00+00:00"]]
    assert json.loads(line.after)["spans"] == []


def test_of_two_who_remove_one_record_the_second_is_told() -> None:
    imported("T101")
    take_out("T101")
    with pytest.raises(NotFound, match="attendance_none"):
        take_out("T101")


def test_other_days_stay_when_a_record_is_taken_out() -> None:
    enter("T101", 540, 1000)
    enter("T101", 540, 1000, day=DAY - timedelta(days=1))
    take_out("T101")
    rows = Lake(settings.LAKE).snapshot().table("attendance").to_pylist()
    assert [row["business_date"] for row in rows] == [DAY - timedelta(days=1)]


@pytest.mark.parametrize("role", ROLES)
def test_only_the_branch_manager_removes_attendance(role: Role) -> None:
    imported("T101")
    if role == "branch_manager":
        take_out("T101", at(role))
        return
    with pytest.raises(NotAllowed):
        take_out("T101", at(role))
