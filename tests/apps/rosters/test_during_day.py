"""During the day: looks are asked for and kept; a proposal changes today's version by the rules, or is refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from bankhall.apps.audit.models import Line
from bankhall.apps.rosters import actions, queries
from bankhall.apps.rosters.actions.during_day import accept_run
from bankhall.apps.rosters.models import DayLook, Roster
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.actions import RunAnswer
from bankhall.data.exchange.codec import rows_table
from bankhall.data.lake import Lake
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import ROLES, Role
from tests.factories.bank import MONDAY, law, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import MANAGER, at, published, work

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 11, 30, 2, 3, tzinfo=UTC)
"""Three minutes past ten at the branch, on the Monday of the week."""

WHOLE = work("T101")
SPLIT = (
    work("T101", end=720), work("T101", start=720, end=780, kind="break", code="", post_code=""),
    work("T101", start=780),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def proposal(
    removed: tuple[Assignment, ...] = (WHOLE,), added: tuple[Assignment, ...] = SPLIT, **more: Any
) -> dict[str, Any]:
    told = {"kind": "move_break", "staff_no": "T101", "code": "", "start": 720, "end": 780, "to_start": 780,
            "saved": 2.0, "low": 1.0, "high": 3.0, "left": 0.0}  # fmt: skip
    return told | {"removed": to_plain(removed), "added": to_plain(added)} | more


def look(*proposals: dict[str, Any], replay: bool = False, day: date = MONDAY, minute: int = 600) -> int:
    """A look as the worker brings it."""
    span = {"mean": 80.0, "low": 60.0, "high": 99.0}
    said = {
        "day": day.isoformat(), "minute": minute, "recorded": True, "came": 12.0, "expected_so_far": 10.0,
        "slots": [{"start": 540, "morning": span, "came": 12.0, "now": None},
                  {"start": 570, "morning": span, "came": None, "now": span}],
        "rest_morning": span, "rest": span, "weight": 0.3, "waiting": 4, "busy": 1, "horizon": 780, "wait_p90": 9.0,
        "replications": 200, "proposals": list(proposals) or [proposal()], "newest": 600.0, "planned": True,
    }  # fmt: skip
    question = {"day": day.isoformat(), "minute": minute, "replay": replay, "branch_code": "B01"}
    accept_run(RunAnswer(1, "during_day", question, said, "B01", day, SYSTEM.actor, TEN))
    newest = DayLook.objects.order_by("-pk").first()
    assert newest is not None
    return newest.pk


def in_force() -> tuple[Assignment, ...]:
    return assignments_of(Roster.objects.get(branch_code="B01", state="published"))


def test_a_proposal_becomes_todays_next_version() -> None:
    published()
    actions.take_proposal(look(), 0, by=MANAGER.actor, scope=MANAGER, now=TEN)
    assert set(SPLIT) <= set(in_force())
    assert Roster.objects.get(state="published").version == 2
    assert Roster.objects.filter(state="superseded").count() == 1


def test_a_proposal_that_breaks_law_is_refused_and_nothing_changes() -> None:
    """Three hours of overtime where the law allows two."""
    load_bank(small_bank(2, rules=(law("hours_day", 480), law("overtime_day", 120))))
    published()
    long = proposal(added=(work("T101", end=1200),))
    before = in_force()
    with pytest.raises(Refused, match="overtime_day"):
        actions.take_proposal(look(long), 0, by=MANAGER.actor, scope=MANAGER, now=TEN)
    assert in_force() == before


def test_a_proposal_is_taken_once_only() -> None:
    published()
    number = look()
    actions.take_proposal(number, 0, by=MANAGER.actor, scope=MANAGER, now=TEN)
    with pytest.raises(Refused, match="roster_changed_meanwhile"):
        actions.take_proposal(number, 0, by=MANAGER.actor, scope=MANAGER, now=TEN)
    assert Roster.objects.get(state="published").version == 2


def test_a_replay_changes_nothing() -> None:
    published()
    for number in (look(replay=True), look(day=MONDAY - timedelta(days=3))):
        with pytest.raises(Refused, match="replay_changes_nothing"):
            actions.take_proposal(number, 0, by=MANAGER.actor, scope=MANAGER, now=TEN)


def test_what_has_begun_is_not_changed() -> None:
    published()
    with pytest.raises(Refused, match="proposal_too_late"):
        actions.take_proposal(look(), 0, by=MANAGER.actor, scope=MANAGER, now=TEN + timedelta(hours=2))


def test_calling_in_is_no_change_by_itself() -> None:
    published()
    with pytest.raises(NotFound):
        actions.take_proposal(look(proposal(added=(), kind="call_in")), 0, by=MANAGER.actor, scope=MANAGER, now=TEN)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_branch_manager_takes_a_proposal(role: Role) -> None:
    published()
    number, scope = look(), at(role)
    if role == "branch_manager":
        actions.take_proposal(number, 0, by=scope.actor, scope=scope, now=TEN)
        return
    with pytest.raises(NotAllowed):
        actions.take_proposal(number, 0, by=scope.actor, scope=scope, now=TEN)


READERS = {
    "lobby_manager", "branch_manager", "supervisor", "regional", "head_office", "risk", "auditor",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_the_plan_reads_the_day_and_may_ask(role: Role) -> None:
    scope = at(role)
    if role in READERS:
        assert queries.day_page(scope, "B01", now=TEN).branch_code == "B01"
        assert actions.request_day_update("B01", by=scope.actor, scope=scope, now=TEN)
        return
    with pytest.raises(NotAllowed):
        queries.day_page(scope, "B01", now=TEN)
    with pytest.raises(NotAllowed):
        actions.request_day_update("B01", by=scope.actor, scope=scope, now=TEN)


def test_another_branch_sees_nothing_of_the_day() -> None:
    published()
    other = at("branch_manager", "B02")
    number = look()
    with pytest.raises(NotAllowed):
        queries.day_page(other, "B01", now=TEN)
    with pytest.raises(NotAllowed):
        actions.request_day_update("B01", by=other.actor, scope=other, now=TEN)
    with pytest.raises(NotFound):
        actions.take_proposal(number, 0, by=other.actor, scope=other, now=TEN)


def test_a_look_is_asked_as_of_now_with_the_plan_in_force() -> None:
    published()
    asked: Any = runs.question_of(SYSTEM, actions.request_day_update("B01", by=MANAGER.actor, scope=MANAGER, now=TEN))
    assert (asked["day"], asked["minute"], asked["replay"]) == ("2026-11-30", 600, False)
    assert asked["version"] == {"number": 1, "edit": 1}
    assert len(asked["assignments"]) == 2


def test_a_moment_that_has_not_come_is_refused() -> None:
    for day, minute in ((MONDAY, 720), (MONDAY + timedelta(days=1), 600)):
        with pytest.raises(BadInput, match="moment_not_yet"):
            actions.request_day_update("B01", day=day, minute=minute, by=MANAGER.actor, scope=MANAGER, now=TEN)


def test_the_trail_tells_who_looked_and_who_changed_the_plan() -> None:
    published()
    actions.take_proposal(look(), 0, by=MANAGER.actor, scope=MANAGER, now=TEN)
    names = set(Line.objects.values_list("name", flat=True))
    assert {"rosters.look_at_day", "rosters.revise"} <= names


def records(*minutes: int, day: date = MONDAY) -> None:
    """Somebody who joins the line at each of the minutes."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)
    joined = [midnight + timedelta(minutes=minute) for minute in minutes]
    visits = [
        {"visit_id": f"V{day}{n}", "branch_code": "B01", "business_date": day, "segment": "personal",
         "channel": "walk_in", "arrived_at": instant, "outcome": "unknown", "source": "a test", "source_key": f"{n}"}
        for n, instant in enumerate(joined)
    ]  # fmt: skip
    steps = [
        {"visit_id": f"V{day}{n}", "step_no": 1, "service_code": "cash", "queued_at": instant, "outcome": "unknown"}
        for n, instant in enumerate(joined)
    ]  # fmt: skip
    tables = {"visits": rows_table("visits", visits), "steps": rows_table("steps", steps)}
    Lake(settings.LAKE).publish(tables, batch=f"day {day}")


def test_the_page_says_how_far_the_records_reach() -> None:
    records(545, 550, 570)
    page = queries.day_page(MANAGER, "B01", now=TEN)
    assert (page.newest, page.came, page.stale) == (570, 3, True)
    records(545, 550, 570, 598)
    assert not queries.day_page(MANAGER, "B01", now=TEN).stale


def test_nothing_imported_is_said_and_the_last_recorded_day_is_offered() -> None:
    records(545, day=MONDAY - timedelta(days=3))
    page = queries.day_page(MANAGER, "B01", now=TEN)
    assert (page.newest, page.came) == (None, 0)
    assert page.recorded_before == MONDAY - timedelta(days=3)


def test_a_replay_knows_nothing_of_later() -> None:
    records(545, 550, 700)
    page = queries.day_page(MANAGER, "B01", day=MONDAY, minute=600, now=TEN)
    assert (page.newest, page.came, page.replay, page.may_take) == (600, 2, True, False)


def test_a_replays_look_is_not_shown_for_today_nor_for_another_minute() -> None:
    number = look(replay=True)
    assert queries.day_page(MANAGER, "B01", now=TEN).look_id is None
    assert queries.day_page(MANAGER, "B01", day=MONDAY, minute=540, now=TEN).look_id is None
    assert queries.day_page(MANAGER, "B01", day=MONDAY, minute=600, now=TEN).look_id == number
