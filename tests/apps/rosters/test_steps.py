"""Draft, proposed, confirmed, approved, published: who may, when, and never on one's own proposal."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.access.queries import MAY
from bankhall.apps.audit import bases
from bankhall.apps.audit.queries import trail
from bankhall.apps.findings.queries import findings
from bankhall.apps.network.models import BusinessDay
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import Roster, StepTaken
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.states import MOVES, STEPS, RosterState, next_step
from bankhall.data.lake import Lake
from bankhall.kernel.errors import BadInput, NotAllowed, Refused
from bankhall.kernel.scope import ROLES, Scope
from tests.factories.bank import agreed, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.rosters import (
    MANAGER,
    NOW,
    REGION,
    SUPERVISOR,
    answer,
    at,
    confirmed,
    draft,
    infeasible,
    proposed,
    published,
    work,
)

pytestmark = pytest.mark.django_db
Act = Callable[[RosterRef, Scope], RosterRef]
ACTS: dict[str, Act] = {
    "propose": lambda ref, scope: actions.propose(ref, by=scope.actor, scope=scope, now=NOW),
    "confirm": lambda ref, scope: actions.confirm(ref, by=scope.actor, scope=scope, now=NOW),
    "approve": lambda ref, scope: actions.approve(ref, by=scope.actor, scope=scope, now=NOW),
    "publish": lambda ref, scope: actions.publish(ref, by=scope.actor, scope=scope, now=NOW),
}
OVERTIME = (law("hours_day", 360), agreed("approval_overtime_minutes", 60))


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def state_of(ref: RosterRef) -> str:
    return Roster.objects.get(branch_code=ref.branch_code, version=ref.version).state


def put(ref: RosterRef, state: RosterState) -> None:
    """Sets a state beside the way to it, with no step taken."""
    with bases.writing("a test"):
        StepTaken.objects.all().delete()
        Roster.objects.update(state=state, approval_needed=True)


def test_the_way_from_draft_to_published() -> None:
    ref = published()
    assert state_of(ref) == "published"
    names = [line.name for line in trail(at("auditor")).lines]
    assert {"rosters.take_plan", "rosters.propose", "rosters.confirm", "rosters.publish"} <= set(names)


def test_steps_and_moves_are_one_table() -> None:
    by_steps = {(source, step.target) for step in STEPS.values() for source in step.sources}
    by_moves = {(source, target) for source, targets in MOVES.items() for target in targets}
    assert by_moves - by_steps == {(RosterState.PUBLISHED, RosterState.SUPERSEDED)}
    assert by_steps <= by_moves


@pytest.mark.parametrize("state", list(RosterState))
def test_each_role_in_each_state_may_what_the_tables_say(state: RosterState) -> None:
    ref = draft()
    for role, name in product(ROLES, ACTS):
        put(ref, state)
        step = STEPS[name]
        unapproved = name == "publish" and state == RosterState.CONFIRMED  # the region is awaited in this test
        if role in MAY[step.action] and state in step.sources and not unapproved:
            ACTS[name](ref, at(role, code="somebody"))
            assert state_of(ref) == step.target
        else:
            with pytest.raises((NotAllowed, Refused)):
                ACTS[name](ref, at(role, code="somebody"))
            assert state_of(ref) == state


def test_nobody_confirms_own_proposal() -> None:
    both = Scope(MANAGER.actor, {"branch_manager": frozenset({"B01"}), "supervisor": frozenset({"B01"})})
    ref = actions.propose(draft(), by=both.actor, scope=both, now=NOW)
    with pytest.raises(NotAllowed, match="own_proposal"):
        actions.confirm(ref, by=both.actor, scope=both, now=NOW)


def test_nobody_confirms_own_proposal_by_a_second_account() -> None:
    first = at("branch_manager", code="wang", staff_no="T101")
    second = at("supervisor", code="wang-2", staff_no="T101")
    ref = actions.propose(draft(), by=first.actor, scope=first, now=NOW)
    with pytest.raises(NotAllowed, match="own_proposal"):
        actions.confirm(ref, by=second.actor, scope=second, now=NOW)


@pytest.mark.parametrize(("who", "code"), [(MANAGER, "own_proposal"), (SUPERVISOR, "own_confirmation")])
def test_approving_is_a_third_person(who: Scope, code: str) -> None:
    for rule in OVERTIME:
        add_rule(rule)
    ref = confirmed()
    also = Scope(who.actor, {"regional": frozenset({"B01"})})
    with pytest.raises(NotAllowed, match=code):
        actions.approve(ref, by=also.actor, scope=also, now=NOW)
    actions.approve(ref, by=REGION.actor, scope=REGION, now=NOW)


def test_overtime_beyond_the_rule_waits_for_the_region() -> None:
    for rule in OVERTIME:
        add_rule(rule)
    ref = confirmed()
    with pytest.raises(Refused, match="approval_awaited"):
        actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)
    ref = actions.approve(ref, by=REGION.actor, scope=REGION, now=NOW)
    assert state_of(actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)) == "published"


def test_without_the_rule_nothing_is_approved() -> None:
    with pytest.raises(Refused, match="approval_not_needed"):
        actions.approve(confirmed(), by=REGION.actor, scope=REGION, now=NOW)


def test_a_breach_of_law_is_neither_confirmed_nor_published() -> None:
    ref = proposed()
    add_rule(law("two_person_presence", 3))
    with pytest.raises(Refused, match="roster_breaches_law"):
        actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)


def test_a_breach_that_came_after_the_confirmation_stops_publishing() -> None:
    ref = confirmed()
    add_rule(law("two_person_presence", 3))
    with pytest.raises(Refused, match="roster_breaches_law"):
        actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW, reason="we must")
    assert state_of(ref) == "confirmed"


def test_a_breach_of_an_agreement_wants_a_reason() -> None:
    add_rule(agreed("break_after", 240))
    add_rule(agreed("break_minutes", 30))
    ref = confirmed()
    with pytest.raises(Refused, match="reason_needed"):
        actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)
    actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW, reason="stock taking")
    assert Roster.objects.get().steps.filter(step="publish").get().reason == "stock taking"


def test_a_year_that_the_calendar_does_not_know_stops_publishing_and_says_which() -> None:
    ref = confirmed()
    with bases.writing("a test"):
        BusinessDay.objects.all().delete()
    with pytest.raises(Refused, match="calendar_year_missing") as told:
        actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)
    assert told.value.facts == {"year": 2026}


def test_an_infeasible_plan_is_not_proposed() -> None:
    with pytest.raises(Refused, match="roster_infeasible"):
        proposed(infeasible())


def test_a_step_on_an_older_edit_is_refused() -> None:
    ref = draft()
    older = RosterRef(ref.branch_code, ref.week, ref.version, ref.edit - 1)
    with pytest.raises(Refused, match="roster_changed_meanwhile"):
        actions.propose(older, by=MANAGER.actor, scope=MANAGER, now=NOW)


def test_a_rejection_wants_a_reason_and_starts_the_three_people_anew() -> None:
    ref = proposed()
    with pytest.raises(BadInput, match="reason_missing"):
        actions.reject(ref, " ", by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    ref = actions.reject(ref, "too thin at noon", by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    assert state_of(ref) == "draft"
    other = Scope(SUPERVISOR.actor, {"branch_manager": frozenset({"B01"})})
    ref = actions.propose(ref, by=other.actor, scope=other, now=NOW)
    with pytest.raises(NotAllowed, match="own_proposal"):
        actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    actions.confirm(ref, by=MANAGER.actor, scope=at("supervisor", code="branch_manager"), now=NOW)


def test_the_branch_manager_takes_back_what_was_confirmed() -> None:
    ref = actions.reject(confirmed(), "somebody fell ill", by=MANAGER.actor, scope=MANAGER, now=NOW)
    assert state_of(ref) == "draft"


def test_the_next_publication_supersedes_and_both_lie_in_the_lake(settings: Settings) -> None:
    first, second = published(), published(answer((work("T103"), work("T102", kind="post", code="teller"))))
    assert (second.version, state_of(first), state_of(second)) == (2, "superseded", "published")
    rows = Lake(Path(settings.LAKE)).snapshot().table("rosters", branch_code="B01").to_pylist()
    assert {(row["version"], row["state"], row["staff_no"]) for row in rows} == {
        (1, "superseded", "T101"), (1, "superseded", "T102"), (2, "published", "T103"), (2, "published", "T102"),
    }  # fmt: skip


def test_unmet_needs_of_a_published_plan_are_one_finding_with_its_half_hours() -> None:
    published(answer((work("T101"),)))
    line = findings(SYSTEM).lines[0]
    assert (line.kind, line.subject.code, line.times, line.period) == ("unmet_need", "B01", 1, "2026-W49")
    assert [row["slot_start"] for row in line.rows] == [540, 570]


def test_a_later_version_without_gaps_closes_the_finding() -> None:
    published(answer((work("T101"),)))
    published()
    line = findings(SYSTEM).lines[0]
    assert (line.state, line.times) == ("gone", 0)


def test_the_set_hour_publishes_what_has_its_last_step_and_nothing_against_it() -> None:
    ref = confirmed()
    wednesday = datetime(2026, 11, 25, 12, tzinfo=UTC)
    thursday = datetime(2026, 11, 26, 10, 1, tzinfo=UTC)  # 18:01 in Shanghai
    assert actions.publish_due(wednesday) == 0
    assert actions.publish_due(thursday) == 1
    assert state_of(ref) == "published"


def test_the_set_hour_leaves_what_waits_for_a_reason() -> None:
    add_rule(agreed("break_after", 240))
    add_rule(agreed("break_minutes", 30))
    ref = confirmed()
    assert actions.publish_due(datetime(2026, 11, 27, tzinfo=UTC)) == 0
    assert state_of(ref) == "confirmed"


def test_the_awaited_step_follows_from_the_state() -> None:
    awaited = {s: (n.name if (n := next_step(s, approval_needed=True)) else "") for s in RosterState}
    assert awaited == {
        "draft": "propose", "proposed": "confirm", "confirmed": "approve", "approved": "publish", "published": "",
        "superseded": "",
    }  # fmt: skip
