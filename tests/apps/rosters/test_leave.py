"""Leave: judged at once by the roster's rules, answered by another, bound to the roster, its reason kept close."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bankhall.apps.audit.models import Line
from bankhall.apps.people import queries as people
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.states import MOVES, Account, AskedState
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import Roster, Stretch
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput, NotAllowed, Refused
from bankhall.kernel.scope import ROLES, Actor, Role, Scope
from tests.factories.bank import MONDAY, WEEK, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.requests import FIRST, SECOND, THIRD, TUESDAY, TWO_ALL_WEEK, TWO_ON_MONDAY
from tests.factories.rosters import MANAGER, NOW, REGION, SUPERVISOR, TODAY, answer, at, draft, published

pytestmark = pytest.mark.django_db
ON_MONDAY = Asking("leave", MONDAY, MONDAY, reason="a knee that hurts", pays="leave")


def bank_with_balances() -> Bank:
    """Everybody has five days of leave and an hour of comp time left."""
    bank = small_bank(2)
    staff = (replace(p, leave_days_left=5.0, comp_minutes=60, balances_on=TODAY) for p in bank.staff)
    return replace(bank, staff=tuple(staff))


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(bank_with_balances())


def ask(asking: Asking = ON_MONDAY, who: Scope = FIRST, **more: bool) -> people.AbsenceLine:
    return actions.ask_leave(asking, on=TODAY, now=NOW, by=who.actor, scope=who, **more)


def answered(request_id: int, who: Scope = MANAGER, *, granted: bool = True, reason: str = "") -> people.AbsenceLine:
    return actions.answer_leave(request_id, granted, reason=reason, on=TODAY, now=NOW, by=who.actor, scope=who)


def leave_left(staff_no: str = "T101") -> int:
    return people.balance_of(staff_no, Account.LEAVE)


def test_a_day_that_the_branch_can_spare_goes_at_once() -> None:
    draft()
    found = actions.check_leave(ON_MONDAY, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert (found.goes, found.asking.amount, found.balance) == (True, 100, 500)
    assert ask().state == AskedState.ASKED


def test_a_day_that_cannot_be_spared_says_who_would_be_short_and_names_the_nearest_day() -> None:
    draft(answer(TWO_ON_MONDAY, people=3))
    found = actions.check_leave(ON_MONDAY, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert [(b.rule_code, dict(b.facts)) for b in found.findings] == [
        ("requirement_short", {"post_code": "teller", "people": 1})
    ]
    assert found.nearest == TUESDAY
    with pytest.raises(Refused, match="day_cannot_bear"):
        ask()
    assert ask(replace(ON_MONDAY, first=TUESDAY, last=TUESDAY)).state == AskedState.ASKED


def test_the_nearest_day_is_none_on_which_a_published_roster_lets_the_person_be_off_anyway() -> None:
    published(answer(TWO_ON_MONDAY))
    found = actions.check_leave(ON_MONDAY, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert found.findings
    assert found.nearest is not None
    assert found.nearest not in WEEK.days()


def test_a_published_day_is_judged_by_its_own_roster() -> None:
    add_rule(law("two_person_presence", 2))
    published(answer(TWO_ALL_WEEK))
    found = actions.check_leave(ON_MONDAY, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert {"two_person_presence", "requirement_short"} <= {b.rule_code for b in found.findings}
    line = ask(anyway=True)
    with pytest.raises(Refused, match="roster_breaches_law"):
        answered(line.request_id, reason="go")
    assert Roster.objects.count() == 1
    assert people.absence_line(SYSTEM, line.request_id).state == AskedState.ASKED


def test_a_granted_day_takes_the_work_out_by_a_version_that_the_supervisor_confirms() -> None:
    published(answer(TWO_ON_MONDAY, people=1))
    line = answered(ask().request_id)
    assert (line.state, line.answered_name) == (AskedState.GRANTED, MANAGER.actor.name)
    second = Roster.objects.get(version=2)
    assert (second.state, second.change.source, second.change.replaces) == ("proposed", f"absence:{line.request_id}", 1)
    assert not second.stretches.filter(staff_no="T101").exists()
    actions.confirm(RosterRef("B01", WEEK, 2, second.edit), by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    assert [r.state for r in Roster.objects.order_by("version")] == ["superseded", "published"]


def test_a_granted_day_takes_the_work_out_of_a_draft() -> None:
    draft(answer(TWO_ON_MONDAY, people=1))
    answered(ask().request_id)
    assert set(Stretch.objects.values_list("staff_no", flat=True)) == {"T102"}
    assert Roster.objects.get().law_breaches == 0


def test_granting_what_leaves_people_short_needs_a_reason() -> None:
    draft(answer(TWO_ON_MONDAY, people=3))
    line = ask(anyway=True)
    assert line.findings
    with pytest.raises(Refused, match="answer_against_findings"):
        answered(line.request_id)
    assert answered(line.request_id, reason="a wedding").state == AskedState.GRANTED


def test_nobody_answers_their_own_request() -> None:
    boss = Scope(Actor("boss", staff_no="T103"), {"branch_manager": frozenset({"B01"})})
    line = ask(who=boss)
    with pytest.raises(NotAllowed, match="own_request"):
        answered(line.request_id, boss)
    other_account = Scope(Actor("boss2", staff_no="T103"), {"branch_manager": frozenset({"B01"})})
    with pytest.raises(NotAllowed, match="own_request"):
        answered(line.request_id, other_account)
    assert answered(line.request_id, REGION).state == AskedState.GRANTED


@pytest.mark.parametrize("role", ROLES)
def test_only_those_of_the_table_answer(role: Role) -> None:
    line = ask()
    scope = at(role)
    if role in ("branch_manager", "regional"):
        assert answered(line.request_id, scope).state == AskedState.GRANTED
    else:
        with pytest.raises(NotAllowed):
            answered(line.request_id, scope)


def test_nobody_of_another_branch_sees_or_answers_it() -> None:
    line = ask()
    stranger = at("branch_manager", "B02")
    with pytest.raises(Exception, match=r"request|scope"):
        answered(line.request_id, stranger)
    with pytest.raises(NotAllowed):
        people.absences_asked(stranger, "B01")


def test_a_reason_is_read_by_the_person_and_by_who_answers_and_never_by_the_trail() -> None:
    line = ask()
    readers = {"T101": FIRST, "manager": MANAGER, "region": REGION, "supervisor": SUPERVISOR}
    seen = {name: people.absence_line(scope, line.request_id).reason for name, scope in readers.items()}
    assert seen == {"T101": "a knee that hurts", "manager": "a knee that hurts", "region": "a knee that hurts",
                    "supervisor": ""}  # fmt: skip
    with pytest.raises(NotAllowed):
        people.absence_line(SECOND, line.request_id)
    answered(line.request_id)
    trail = json.dumps([[x.before, x.after, x.reason] for x in Line.objects.all()])
    assert "knee" not in trail
    assert "has_reason" in trail
    assert [one.reason for one in people.away_between(SECOND, "B01", MONDAY, MONDAY)] == [""]


def test_a_refusal_says_why() -> None:
    line = ask()
    with pytest.raises(BadInput, match="answer_needs_reason"):
        answered(line.request_id, granted=False)
    assert answered(line.request_id, granted=False, reason="audit week").answer_reason == "audit week"


@pytest.mark.parametrize("state", list(AskedState))
@pytest.mark.parametrize("target", [AskedState.GRANTED, AskedState.REFUSED, AskedState.WITHDRAWN])
def test_only_the_moves_of_the_table_are_made(state: AskedState, target: AskedState) -> None:
    line = ask()
    if state in (AskedState.GRANTED, AskedState.REFUSED):
        answered(line.request_id, granted=state == AskedState.GRANTED, reason="so")
    if state == AskedState.WITHDRAWN:
        actions.withdraw_leave(line.request_id, on=TODAY, by=FIRST.actor, scope=FIRST)

    def move() -> people.AbsenceLine:
        if target == AskedState.WITHDRAWN:
            return actions.withdraw_leave(line.request_id, on=TODAY, by=FIRST.actor, scope=FIRST)
        return answered(line.request_id, granted=target == AskedState.GRANTED, reason="so")

    if target in MOVES[state]:
        assert move().state == target
    else:
        with pytest.raises(Refused):
            move()


def test_what_was_granted_is_given_back_until_it_begins() -> None:
    line = ask()
    answered(line.request_id)
    assert leave_left() == 400
    with pytest.raises(Refused, match="absence_has_begun"):
        actions.withdraw_leave(line.request_id, on=MONDAY, by=FIRST.actor, scope=FIRST)
    actions.withdraw_leave(line.request_id, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert leave_left() == 500
    answered(ask().request_id)
    assert leave_left() == 400


def test_only_the_person_takes_a_request_back() -> None:
    line = ask()
    for other in (THIRD, MANAGER):
        with pytest.raises(NotAllowed, match="not_own_request"):
            actions.withdraw_leave(line.request_id, on=TODAY, by=other.actor, scope=other)


def test_a_part_of_a_day_draws_its_share() -> None:
    morning = replace(ON_MONDAY, start=540, end=780)
    assert ask(morning).amount == 50
    afternoon = replace(ON_MONDAY, start=780, end=840, pays="comp")
    assert ask(afternoon).amount == 60
    with pytest.raises(Refused, match="absence_twice"):
        ask(replace(morning, start=700, end=800))


def test_weekends_cost_no_leave() -> None:
    week = replace(ON_MONDAY, last=MONDAY + timedelta(days=6))
    assert ask(week).amount == 500


def test_more_than_the_balance_is_refused() -> None:
    with pytest.raises(Refused, match="balance_short"):
        ask(replace(ON_MONDAY, last=MONDAY + timedelta(days=7)))


@pytest.mark.parametrize(
    ("asking", "code"),
    [
        (replace(ON_MONDAY, first=TODAY, last=TODAY), "too_late_to_ask"),
        (replace(ON_MONDAY, last=MONDAY - timedelta(days=1)), "span_impossible"),
        (replace(ON_MONDAY, start=600), "span_impossible"),
        (replace(ON_MONDAY, start=600, end=540), "span_impossible"),
        (replace(ON_MONDAY, kind="mandatory_leave"), "form_incomplete"),
        (replace(ON_MONDAY, last=MONDAY + timedelta(days=90)), "span_too_long"),
    ],
)
def test_what_cannot_be_asked_is_refused(asking: Asking, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        ask(asking)
