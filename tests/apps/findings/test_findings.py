"""The same kind and subject is the same finding; the periods in which it was seen are its recurrence."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.findings import actions, queries
from bankhall.apps.findings.models import Finding
from bankhall.apps.findings.states import FindingState
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week
from tests.factories.imports import SYSTEM
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db
MANAGER = at("branch_manager")


def see(week: str, *starts: int, branch: str = "B01") -> None:
    days = Week.parse(week).days()
    look = actions.Seen(
        "unmet_need", Subject("branch", branch, branch), week, days[0], days[-1],
        tuple({"slot_start": start} for start in starts), {"half_hours": len(starts)}, f"{branch}/{week}/1",
    )  # fmt: skip
    actions.see(look, by=SYSTEM.actor, scope=SYSTEM)


def only() -> queries.FindingLine:
    (line,) = queries.findings(MANAGER).lines
    return line


def test_seen_in_two_weeks_it_recurs() -> None:
    see("2026-W48", 540)
    see("2026-W49", 540, 570)
    line = only()
    assert (line.times, line.first_seen, line.last_seen) == (2, date(2026, 11, 23), date(2026, 12, 6))
    assert [row["slot_start"] for row in line.rows] == [540, 570]


def test_seen_again_in_the_same_week_it_is_counted_once() -> None:
    see("2026-W49", 540)
    see("2026-W49", 570)
    assert (only().times, [row["slot_start"] for row in only().rows]) == (1, [570])


def test_what_was_never_seen_makes_no_finding() -> None:
    see("2026-W49")
    assert not Finding.objects.exists()


def test_no_longer_seen_it_is_gone_and_seen_again_it_opens() -> None:
    see("2026-W49", 540)
    see("2026-W49")
    assert only().state == FindingState.GONE
    see("2026-W50", 540)
    assert only().state == FindingState.OPEN


def test_dismissing_wants_a_reason_and_a_branch_in_scope() -> None:
    see("2026-W49", 540)
    number = only().finding_id
    with pytest.raises(BadInput, match="reason_missing"):
        actions.dismiss(number, " ", by=MANAGER.actor, scope=MANAGER)
    stranger = at("branch_manager", "B02")
    with pytest.raises(NotFound):
        actions.dismiss(number, "small", by=stranger.actor, scope=stranger)
    actions.dismiss(number, "one half hour, agreed", by=MANAGER.actor, scope=MANAGER)
    assert (only().state, only().reason) == (FindingState.DISMISSED, "one half hour, agreed")
    see("2026-W50", 540)
    assert only().state == FindingState.OPEN


def test_each_branch_has_its_own_and_the_list_asks_three_times() -> None:
    taken = []
    for branches in (("B01",), ("B02", "B03")):
        for branch in branches:
            see("2026-W49", 540, branch=branch)
        with CaptureQueriesContext(connection) as captured:
            queries.findings(SYSTEM)
        taken.append(len(captured))
    assert taken == [3, 3]
    assert len(queries.findings(MANAGER).lines) == 1
