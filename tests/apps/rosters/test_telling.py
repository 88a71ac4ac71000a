"""Who is told what by the acts that stand: whoever waits, whoever is waited for, nobody of their own doing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bankhall.apps.notices.models import Notice
from bankhall.apps.people.actions import Asking
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import Offering
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.actions.versions import ref_of, standing_version
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Scope
from tests.factories import loans
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.notices import officer as account
from tests.factories.requests import FIRST, THIRD, TWO_ON_MONDAY, hall
from tests.factories.rosters import (
    MANAGER,
    NOW,
    REGION,
    SUPERVISOR,
    TODAY,
    answer,
    draft,
    proposed,
    published,
    work,
)

pytestmark = pytest.mark.django_db
SECRET = "a knee operation"


@pytest.fixture
def _branch() -> None:
    load_bank(small_bank())
    for role in ("branch_manager", "supervisor"):
        account(role)
    account("regional", "R01")


def told(kind: str = "") -> list[tuple[str, str]]:
    """Who was told what, by the kind."""
    rows = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
    return sorted(rows.values_list("kind", "recipient"))


def ask(who: Scope = FIRST) -> int:
    asking = Asking("leave", MONDAY, MONDAY, reason=SECRET)
    return actions.ask_leave(asking, anyway=True, on=TODAY, now=NOW, by=who.actor, scope=who).request_id


@pytest.mark.usefixtures("_branch")
def test_leave_is_told_to_who_answers_and_the_answer_to_who_asked_without_any_reason() -> None:
    number = ask()
    assert told() == [("leave_asked", "branch_manager")]
    actions.answer_leave(number, False, reason=SECRET, on=TODAY, now=NOW, by=MANAGER.actor, scope=MANAGER)
    assert told("leave_answered") == [("leave_answered", "T101")]
    assert Notice.objects.get(kind="leave_answered").facts["answer"] == "refused"
    other = ask()
    actions.withdraw_leave(other, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert told("leave_withdrawn") == [("leave_withdrawn", "branch_manager")]
    assert not [row for row in Notice.objects.values() if SECRET in str(row)]


@pytest.mark.usefixtures("_branch")
def test_the_branch_managers_own_leave_goes_to_the_region() -> None:
    boss = Scope(replace(MANAGER.actor, staff_no="T101"), {"branch_manager": frozenset({"B01"})})
    ask(boss)
    assert told() == [("leave_asked", "regional")]


@pytest.mark.usefixtures("_branch")
def test_a_request_that_is_refused_by_the_rules_tells_nobody() -> None:
    draft(answer(TWO_ON_MONDAY, people=3))
    with pytest.raises(Refused):
        actions.ask_leave(Asking("leave", MONDAY, MONDAY), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
    assert told() == []


@pytest.mark.usefixtures("_branch")
def test_an_offer_is_told_to_the_named_colleague_the_taking_to_both_sides_and_the_answer_to_the_two() -> None:
    published(answer(TWO_ON_MONDAY))
    before = set(told())
    number = actions.offer_shift(Offering(MONDAY, "T103"), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST).offer_id
    assert set(told()) - before == {("swap_offered", "T103")}
    facts = Notice.objects.get(kind="swap_offered").facts
    assert facts == {"who": "T101", "day": MONDAY.isoformat(), "branch": "B01", "start": 540, "end": 1020}
    actions.take_offer(number, on=TODAY, now=NOW, by=THIRD.actor, scope=THIRD)
    assert told("swap_taken") == [("swap_taken", "T101")]
    assert told("swap_waits") == [("swap_waits", "branch_manager")]
    actions.answer_offer(number, True, on=TODAY, now=NOW, by=MANAGER.actor, scope=MANAGER)
    assert told("swap_answered") == [("swap_answered", "T101"), ("swap_answered", "T103")]


@pytest.mark.usefixtures("_branch")
def test_an_open_offer_disturbs_nobody_and_one_taken_back_is_told_to_who_took_it() -> None:
    published(answer(TWO_ON_MONDAY))
    number = actions.offer_shift(Offering(MONDAY), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST).offer_id
    assert told("swap_offered") == []
    actions.take_offer(number, on=TODAY, now=NOW, by=THIRD.actor, scope=THIRD)
    actions.withdraw_offer(number, by=FIRST.actor, scope=FIRST)
    assert told("swap_off") == [("swap_off", "T103")]


@pytest.mark.usefixtures("_branch")
def test_each_step_tells_whose_turn_it_is_and_publishing_tells_the_people() -> None:
    ref = proposed()
    assert told() == [("roster_waits", "supervisor")]
    ref = actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    assert ("roster_waits", "branch_manager") in told()
    actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)
    assert told("roster_published") == [("roster_published", "T101"), ("roster_published", "T102")]
    assert not Notice.objects.filter(kind="roster_changed").exists()


@pytest.mark.usefixtures("_branch")
def test_what_is_sent_back_is_told_to_who_proposed_it_each_time() -> None:
    ref = draft()
    for turn in (1, 2):
        ref = actions.propose(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)
        ref = actions.reject(ref, "a gap at noon", by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
        assert told("roster_returned") == [("roster_returned", "branch_manager")] * turn
        assert told("roster_waits") == [("roster_waits", "supervisor")] * turn


@pytest.mark.usefixtures("_branch")
def test_a_further_version_is_told_to_those_alone_whose_days_changed() -> None:
    published(answer(TWO_ON_MONDAY))

    def swap_second(roster: object, rows: object) -> list[object]:
        del roster, rows
        return [work("T101"), hall("T103")]

    revise("B01", WEEK, swap_second, what="test", by=MANAGER.actor, now=NOW, reason="ill")  # type: ignore[arg-type]
    assert told("roster_changed") == [("roster_changed", "T102"), ("roster_changed", "T103")]
    row = Notice.objects.filter(kind="roster_changed").first()
    assert row is not None
    assert row.facts == {"branch": "B01", "week": str(WEEK), "version": 2, "days": 1}
    assert not row.urgent  # it is a week ahead


@pytest.mark.usefixtures("_branch")
def test_a_change_of_today_does_not_wait_for_the_morning() -> None:
    published(answer(TWO_ON_MONDAY))
    on_the_day = NOW.replace(day=MONDAY.day)
    revise("B01", WEEK, lambda *_: [work("T101")], what="test", by=MANAGER.actor, now=on_the_day, reason="ill")
    assert Notice.objects.get(kind="roster_changed").urgent


@pytest.mark.usefixtures("_branch")
def test_a_change_waits_for_the_supervisor_and_is_told_when_it_is_in_force() -> None:
    published(answer(TWO_ON_MONDAY))
    number = actions.offer_shift(Offering(MONDAY, "T103"), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST).offer_id
    actions.take_offer(number, on=TODAY, now=NOW, by=THIRD.actor, scope=THIRD)
    actions.answer_offer(number, True, on=TODAY, now=NOW, by=MANAGER.actor, scope=MANAGER)
    waits = Notice.objects.filter(kind="roster_waits", facts__version=2)
    assert list(waits.values_list("recipient", flat=True)) == ["supervisor"]
    ref = on_its_way()
    actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    assert list(waits.values_list("recipient", flat=True)) == ["supervisor"]
    assert told("roster_changed") == [("roster_changed", "T101"), ("roster_changed", "T103")]


def on_its_way() -> RosterRef:
    roster = standing_version("B01", WEEK)
    assert roster is not None
    return ref_of(roster)


def lending_people() -> None:
    account("branch_manager", "B01", "taking")
    account("branch_manager", "B02", "giving")


def test_a_loan_is_told_to_both_managers_then_to_the_person_then_to_all_who_wait_for_the_answer() -> None:
    loans.two_weeks()
    lending_people()
    code = loans.offered()
    assert told("loan_offered") == [("loan_offered", "giving"), ("loan_offered", "taking")]
    loans.agree(code, loans.GIVING)
    assert told("loan_acknowledge") == []
    loans.agree(code, loans.TAKING)
    assert told("loan_acknowledge") == [("loan_acknowledge", "T203")]
    assert told("loan_agreed") == [("loan_agreed", "giving"), ("loan_agreed", "regional")]
    actions.acknowledge_loan(code, by=loans.LENT.actor, scope=loans.LENT, now=NOW, on=TODAY)
    names = [name for _, name in told("loan_acknowledged")]
    assert names == ["giving", "regional", "taking"]
    assert ("roster_changed", "T203") in told()


def test_a_loan_that_the_person_declines_is_off_and_nobody_reads_why() -> None:
    loans.two_weeks()
    lending_people()
    code = loans.agreed()
    actions.decline_loan(code, SECRET, by=loans.LENT.actor, scope=loans.LENT, now=NOW, on=TODAY)
    assert [name for _, name in told("loan_off")] == ["giving", "regional", "taking"]
    assert not [row for row in Notice.objects.values() if SECRET in str(row)]


def test_a_loan_that_the_region_withdraws_is_told_to_the_person_who_was_asked() -> None:
    loans.two_weeks()
    lending_people()
    code = loans.agreed()
    actions.withdraw_loan(code, "not needed", by=REGION.actor, scope=loans.REGION, now=NOW, on=TODAY)
    assert [name for _, name in told("loan_off")] == ["T203", "giving", "taking"]


@pytest.mark.parametrize(("until", "person"), [(loans.offered, []), (loans.agreed, ["T203"])])
def test_an_offer_that_lapses_unanswered_is_told_to_both_branches_and_the_region(
    until: Callable[[], str], person: list[str]
) -> None:
    loans.two_weeks()
    lending_people()
    until()
    actions.lapse_due(MONDAY)
    assert [name for _, name in told("loan_lapsed")] == [*person, "giving", "regional", "taking"]
    assert not Notice.objects.filter(kind="loan_lapsed", urgent=True).exists()


def test_a_suggestion_that_lapses_is_told_to_nobody() -> None:
    loans.two_weeks()
    lending_people()
    loans.suggested()
    assert actions.lapse_due(MONDAY) == 1
    assert told("loan_lapsed") == []


def ends(kind: str) -> list[tuple[str, str, str]]:
    """Of what waited: whom it waited for, how it ended and by whom; what still waits has none."""
    rows = (
        Notice.objects.filter(kind=kind)
        .order_by("id")
        .values_list("recipient", "settlement__outcome", "settlement__by")
    )
    return [(to, outcome or "", by or "") for to, outcome, by in rows]


@pytest.mark.usefixtures("_branch")
def test_leave_that_one_has_answered_or_that_is_taken_back_waits_for_no_other() -> None:
    account("branch_manager", "B01", "deputy")
    first = ask()
    assert ends("leave_asked") == [("branch_manager", "", ""), ("deputy", "", "")]
    actions.answer_leave(first, False, reason="no", on=TODAY, now=NOW, by=MANAGER.actor, scope=MANAGER)
    assert {row[1:] for row in ends("leave_asked")} == {("answered", MANAGER.actor.code)}
    actions.withdraw_leave(ask(), on=TODAY, by=FIRST.actor, scope=FIRST)
    assert ends("leave_asked")[-1][1:] == ("off", "T101")


@pytest.mark.usefixtures("_branch")
def test_an_offer_waits_for_the_colleague_until_taken_and_for_who_answers_until_answered() -> None:
    published(answer(TWO_ON_MONDAY))
    number = actions.offer_shift(Offering(MONDAY, "T103"), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST).offer_id
    assert ends("swap_offered") == [("T103", "", "")]
    actions.take_offer(number, on=TODAY, now=NOW, by=THIRD.actor, scope=THIRD)
    assert ends("swap_offered") == [("T103", "answered", "T103")]
    assert ends("swap_waits") == [("branch_manager", "", "")]
    actions.withdraw_offer(number, by=FIRST.actor, scope=FIRST)
    assert ends("swap_waits") == [("branch_manager", "off", "T101")]


@pytest.mark.usefixtures("_branch")
def test_a_roster_waits_for_each_step_until_somebody_takes_it() -> None:
    account("supervisor", "B01", "second")
    ref = proposed()
    assert ends("roster_waits") == [("second", "", ""), ("supervisor", "", "")]
    ref = actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)
    by = SUPERVISOR.actor.code
    assert ends("roster_waits")[:2] == [("second", "answered", by), ("supervisor", "answered", by)]
    assert ends("roster_waits")[2] == ("branch_manager", "", "")
    actions.publish(ref, by=MANAGER.actor, scope=MANAGER, now=NOW)
    assert ends("roster_waits")[2] == ("branch_manager", "answered", MANAGER.actor.code)


def test_the_first_of_two_yeses_ends_the_waiting_of_that_branch_alone() -> None:
    loans.two_weeks()
    lending_people()
    code = loans.offered()
    loans.agree(code, loans.GIVING)
    assert sorted(ends("loan_offered")) == [("giving", "answered", "giving"), ("taking", "", "")]
    loans.agree(code, loans.TAKING)
    assert sorted(ends("loan_offered"))[1] == ("taking", "answered", "taking")
    assert ends("loan_acknowledge") == [("T203", "", "")]
    actions.acknowledge_loan(code, by=loans.LENT.actor, scope=loans.LENT, now=NOW, on=TODAY)
    assert ends("loan_acknowledge") == [("T203", "answered", "T203")]


def test_a_loan_that_lapses_waits_for_nobody_any_more() -> None:
    loans.two_weeks()
    lending_people()
    loans.offered()
    actions.lapse_due(MONDAY)
    assert {outcome for _, outcome, _ in ends("loan_offered")} == {"lapsed"}
