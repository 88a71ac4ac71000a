"""Edits by hand: judged at once, kept even in breach, refused on an older edit, undone one by one."""

import pytest

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.models import Roster, Stretch
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.errors import NotAllowed, NotFound, Refused
from tests.factories.bank import MONDAY, law, small_bank
from tests.factories.imports import add_rule, load_bank
from tests.factories.rosters import MANAGER, SUPERVISOR, at, draft, proposed

pytestmark = pytest.mark.django_db
FIRST = StretchName("T101", MONDAY, 540)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def stretches() -> list[tuple[str, int, int, str, str, bool]]:
    rows = Stretch.objects.order_by("staff_no", "start")
    return [(r.staff_no, r.start, r.end, r.kind, r.code, r.locked) for r in rows]


def test_an_edit_takes_the_next_number_and_says_what_the_rules_say() -> None:
    ref = draft()
    add_rule(law("two_person_presence", 2))
    done = actions.move(ref, FIRST, start=540, end=720, by=MANAGER.actor, scope=MANAGER)
    assert done.ref.edit == ref.edit + 1
    assert "two_person_presence" in {breach.rule_code for breach in done.breaches}
    assert Roster.objects.get().law_breaches == len(done.breaches) > 0


def test_a_shortage_is_counted_at_once() -> None:
    done = actions.remove(draft(), FIRST, by=MANAGER.actor, scope=MANAGER)
    assert done.unmet_half_hours == 2
    assert Roster.objects.get().unmet_half_hours == 2


def test_an_edit_on_an_older_edit_is_refused_and_changes_nothing() -> None:
    ref = draft()
    actions.lock(ref, FIRST, by=MANAGER.actor, scope=MANAGER)
    before = stretches()
    with pytest.raises(Refused, match="roster_changed_meanwhile"):
        actions.remove(ref, FIRST, by=MANAGER.actor, scope=MANAGER)
    assert stretches() == before


def test_a_locked_stretch_is_not_moved() -> None:
    done = actions.lock(draft(), FIRST, by=MANAGER.actor, scope=MANAGER)
    with pytest.raises(Refused, match="locked"):
        actions.move(done.ref, FIRST, start=600, end=720, by=MANAGER.actor, scope=MANAGER)
    done = actions.lock(done.ref, FIRST, locked=False, by=MANAGER.actor, scope=MANAGER)
    actions.move(done.ref, FIRST, start=600, end=720, by=MANAGER.actor, scope=MANAGER)


def test_moving_may_give_the_stretch_to_somebody_else() -> None:
    actions.move(draft(), FIRST, start=540, end=600, staff_no="T103", by=MANAGER.actor, scope=MANAGER)
    assert ("T103", 540, 600, "window", "W1", False) in stretches()


def test_two_people_change_their_day() -> None:
    actions.swap(draft(), "T101", "T102", MONDAY, by=MANAGER.actor, scope=MANAGER)
    assert [(row[0], row[3]) for row in stretches()] == [("T101", "post"), ("T102", "window")]


def test_a_stretch_becomes_a_break() -> None:
    actions.retype(draft(), FIRST, kind="break", code="", post_code="", by=MANAGER.actor, scope=MANAGER)
    assert stretches()[0][3] == "break"


def test_edits_are_undone_in_turn_and_the_plan_stays() -> None:
    ref = draft()
    before = stretches()
    one = actions.lock(ref, FIRST, by=MANAGER.actor, scope=MANAGER)
    two = actions.remove(one.ref, StretchName("T102", MONDAY, 540), by=MANAGER.actor, scope=MANAGER)
    back = actions.undo(two.ref, by=MANAGER.actor, scope=MANAGER)
    assert back.unmet_half_hours == 0
    back = actions.undo(back.ref, by=MANAGER.actor, scope=MANAGER)
    assert stretches() == before
    with pytest.raises(Refused, match="nothing_to_undo"):
        actions.undo(back.ref, by=MANAGER.actor, scope=MANAGER)


def test_a_proposed_version_is_not_edited() -> None:
    with pytest.raises(Refused, match="roster_not_draft"):
        actions.lock(proposed(), FIRST, by=MANAGER.actor, scope=MANAGER)


def test_only_the_branch_manager_edits() -> None:
    with pytest.raises(NotAllowed, match="role_may_not"):
        actions.lock(draft(), FIRST, by=SUPERVISOR.actor, scope=SUPERVISOR)


def test_a_version_outside_the_scope_is_not_allowed() -> None:
    stranger = at("branch_manager", "B99")
    with pytest.raises(NotAllowed, match="branch_out_of_scope"):
        actions.lock(draft(), FIRST, by=stranger.actor, scope=stranger)


def test_what_is_not_there_is_not_found() -> None:
    ref = draft()
    with pytest.raises(NotFound, match="stretch"):
        actions.lock(ref, StretchName("T101", MONDAY, 600), by=MANAGER.actor, scope=MANAGER)
    with pytest.raises(NotFound, match="roster"):
        actions.undo(RosterRef("B01", ref.week, 9), by=MANAGER.actor, scope=MANAGER)


def test_why_tells_what_stands_and_what_binds() -> None:
    ref = draft()
    add_rule(law("two_person_presence", 2))
    facts = actions.why(MANAGER, ref, staff_no="T101", day=MONDAY, minute=600)
    found = {fact.code: fact.facts for fact in facts}
    assert found["stands"]["code"] == "W1"
    assert found["binds"]["rule_code"] == "two_person_presence"
