"""Somebody of a neighbour or of the pool comes today: two branches agree with one tap each, the person says yes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.audit.bases import writing
from bankhall.apps.notices.models import Notice
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.models import Acknowledgement, Ask, Loan, Proposal, Roster, Stretch
from bankhall.apps.rosters.problems.near import near_question
from bankhall.apps.rosters.queries.asks import CandidateLine
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.states import AskState, LoanState, RosterState
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, Travel
from bankhall.kernel.bank.people import Absence, Person
from bankhall.kernel.bank.roster import Assignment, Rule
from bankhall.kernel.errors import NotAllowed, NotFound, Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import ROLES, Scope
from tests.factories import loans
from tests.factories.bank import MONDAY, WEEK, law
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.notices import officer as account
from tests.factories.requests import THIRD
from tests.factories.rosters import MANAGER, at, work
from tests.factories.today import HALF_PAST_SEVEN, ask, computed, mark, monday, publish, reply

pytestmark = pytest.mark.django_db
LENT, GIVING, OTHER = loans.LENT, loans.GIVING, loans.OTHER
TOLD: dict[str, Any] = {"now": HALF_PAST_SEVEN, "on": MONDAY}


def bank(**more: Any) -> Bank:
    """T203 of B02, fifteen minutes off, may work at B01; the windows stay those of one hall."""
    return replace(loans.lending_bank(), **more)


def morning(*there: Assignment, records: Bank | None = None) -> Proposal:
    """T101 of B01 is missing; at B02 two others work and, besides, what is given; the proposal is computed."""
    load_bank(records or bank())
    monday()
    loans.publish("B02", (*loans.rows("B02", "T201", "T202"), *there))
    mark()
    return computed()


def candidates(scope: Scope = MANAGER) -> dict[str, CandidateLine]:
    page = rosters.today_page(scope, "B01", HALF_PAST_SEVEN)
    return {one.staff_no: one for one in page.candidates}


def agree(scope: Scope = GIVING) -> None:
    actions.agree_loan(Loan.objects.get().code, by=scope.actor, scope=scope, **TOLD)


def on_sheet(branch_code: str) -> set[tuple[str, int, int, str]]:
    rows = Stretch.objects.filter(roster__branch_code=branch_code, roster__state=RosterState.PUBLISHED)
    mine = rows.filter(business_date=MONDAY, staff_no="T203").exclude(kind="break")
    return set(mine.values_list("staff_no", "start", "end", "at_branch_code"))


def test_a_neighbour_who_is_off_and_has_rights_is_among_those_who_can_come_after_the_way() -> None:
    answer = morning().answer
    assert answer is not None
    one = candidates()["T203"]
    assert (one.home, one.travel_minutes, one.how, one.against) == ("B02", 15, "off", None)
    assert (one.start, one.restores, one.overtime_minutes, one.last_asked) == (540, 2, 0, None)
    late = rosters.today_page(MANAGER, "B01", HALF_PAST_SEVEN)
    assert late.names.staff["T203"].zh
    assert late.names.branches["B02"].zh


def test_nobodys_own_shift_is_taken_from_them() -> None:
    morning(work("T203", MONDAY, 540, 600, code="W3", branch_code="B02"))
    assert set(candidates()) == {"T103"}


EIGHT, EVENING = (HALF_PAST_SEVEN.replace(tzinfo=None, hour=hour) for hour in (8, 20))
AWAY = Absence("T203", EIGHT, EVENING, "leave", "granted")


@pytest.mark.parametrize(
    "records",
    [
        bank(travel=(Travel("B02", "B01", 75),)),
        bank(travel=()),
        bank(staff=tuple(replace(p, system_rights=()) for p in bank().staff)),
        bank(staff=tuple(replace(p, posts=("lobby_manager",)) if p.staff_no == "T203" else p for p in bank().staff)),
        bank(absences=(AWAY,)),
    ],
)
def test_who_is_too_far_has_no_rights_no_post_or_is_away_is_not_among_them(records: Bank) -> None:
    morning(records=records)
    assert "T203" not in candidates()


def at_post(staff_no: str, day: date, start: int) -> Assignment:
    """An hour in the hall of B02."""
    return work(staff_no, day, start, start + 60, kind="post", code="teller", branch_code="B02")


REST = Rule("rest_days_in_seven", 1.0, "law_control", "", "", "test")
SHORT_REST = Rule("rest_between_shifts", 1200.0, "agreement", "", "", "test")
SIX_DAYS = tuple(at_post("T203", day, 540) for day in WEEK.days()[1:])


@pytest.mark.parametrize(
    ("rule", "there"),
    [(REST, SIX_DAYS), (SHORT_REST, (at_post("T203", WEEK.days()[1], 420),))],
)
def test_whom_a_rule_of_law_or_an_agreement_keeps_at_home_is_left_out(
    rule: Rule, there: tuple[Assignment, ...]
) -> None:
    morning(*there, records=bank(rules=(rule,)))
    assert "T203" not in candidates()


def test_a_branch_without_a_published_week_lends_nobody_and_the_pool_does() -> None:
    pool = Node("P01", "branch", "R01", pool=True)
    person = Person("P1", "机动", "P01", posts=("teller",), system_rights=("B01",))
    load_bank(
        bank(
            nodes=(*bank().nodes, pool),
            staff=(*bank().staff, person),
            travel=(*bank().travel, Travel("P01", "B01", 10)),
        )
    )
    monday()
    mark()
    computed()
    assert set(candidates()) == {"T103", "P1"}
    account("regional", "P01", "region")
    account("branch_manager", "B02", "giving")
    ask("P1")
    told = Notice.objects.filter(kind="loan_wanted").values_list("recipient", flat=True)
    assert list(told) == ["region"]
    region = at("regional", "B01", "P01")
    actions.agree_loan(Loan.objects.get().code, by=region.actor, scope=region, **TOLD)
    reply(Ask.objects.get().pk, at("teller", "P01", code="p1", staff_no="P1"))
    publish(computed())
    assert Roster.objects.get(branch_code="P01").state == RosterState.PUBLISHED
    assert (
        rosters.my_roster(at("teller", "P01", code="p1", staff_no="P1"), WEEK).days[0].bars[0].at_branch_code == "B01"
    )


def test_who_restores_as_much_comes_before_who_has_a_way() -> None:
    morning()
    page = rosters.today_page(MANAGER, "B01", HALF_PAST_SEVEN)
    assert [one.staff_no for one in page.candidates] == ["T103", "T203"]


def test_asking_is_the_one_branchs_yes_and_their_home_is_told() -> None:
    account("branch_manager", "B02", "giving")
    account("branch_manager", "B03", "other")
    morning()
    ask("T203")
    loan = Loan.objects.get()
    assert (loan.state, loan.from_branch, loan.to_branch, loan.travel_minutes) == ("taking_agreed", "B02", "B01", 15)
    assert [step.step for step in loan.steps.all()] == ["agree_taking"]
    assert list(Notice.objects.filter(kind="loan_wanted").values_list("recipient", flat=True)) == ["giving"]
    assert Notice.objects.get(kind="shift_asked").recipient == "T203"
    assert rosters.my_asks(LENT, MONDAY)[0].branch_code == "B01"
    assert rosters.my_loans(LENT, on=MONDAY) == ()


@pytest.mark.parametrize("home_first", [True, False])
def test_with_both_yeses_the_person_stands_on_both_sheets(home_first: bool) -> None:
    morning()
    number = ask("T203")
    hours = Ask.objects.values_list("start", "end").get()
    steps: list[Callable[[], object]] = [agree, lambda: reply(number, LENT)]
    for step in steps if home_first else reversed(steps):
        assert not Proposal.objects.filter(state="proposed", answer=None).exists()
        step()
    row = computed()
    assert row.answer is not None
    assert not row.answer["short_after"]
    assert publish(row) == 2
    assert on_sheet("B01") == {("T203", *hours, "")}
    assert on_sheet("B02") == {("T203", *hours, "B01")}
    loan = Loan.objects.get()
    assert loan.state == LoanState.ROSTERED
    assert [step.step for step in loan.steps.all()] == ["agree_taking", "agree_giving", "acknowledge_loan"]
    assert loan.steps.get(step="acknowledge_loan").by_staff_no == "T203"
    assert "T203" in {p.staff_no for p in bank_of("B01", WEEK).staff}
    for branch in ("B01", "B02"):
        sheet = rosters.print_sheet(at("branch_manager", branch), branch, WEEK)
        assert "T203" in {line.staff_no for line in sheet.days[0].rows if line.bars}
    homes = {one.staff_no: one.home for one in rosters.today_page(MANAGER, "B01", HALF_PAST_SEVEN).people}
    assert (homes["T203"], homes["T102"]) == ("B02", "")
    seen = Acknowledgement.objects.get(staff_no="T203", roster__branch_code="B01")
    actions.acknowledge_roster(seen.pk, now=HALF_PAST_SEVEN, by=LENT.actor, scope=LENT)
    assert not Acknowledgement.objects.filter(staff_no="T203", at=None).exists()


def test_who_is_lent_here_on_another_day_of_the_week_can_come_today() -> None:
    tuesday = work("T203", WEEK.days()[1], 540, 600, code="W3")
    load_bank(bank())
    monday()
    loans.publish("B02", loans.rows("B02", "T201", "T202"))
    with writing("a test"):
        Loan.objects.create(
            code="lent", week=str(WEEK), from_branch="B02", to_branch="B01", staff_no="T203", half_hours_saved=2,
            business_date=tuesday.business_date, start=540, end=600, stretches=to_plain([tuesday]), cost_fen=1,
            saved_fen=2, post_code="teller", travel_minutes=15, made_at=HALF_PAST_SEVEN, state=LoanState.AGREED,
        )  # fmt: skip
    actions.acknowledge_loan("lent", by=LENT.actor, scope=LENT, **TOLD)
    mark()
    computed()
    assert candidates()["T203"].home == "B02"
    number = ask("T203")
    actions.agree_loan(Loan.objects.exclude(code="lent").get().code, by=GIVING.actor, scope=GIVING, **TOLD)
    reply(number, LENT)
    publish(computed())
    rows = Stretch.objects.filter(roster__branch_code="B01", roster__state=RosterState.PUBLISHED, staff_no="T203")
    assert set(rows.values_list("business_date", flat=True)) == {MONDAY, tuesday.business_date}


def test_a_yes_alone_plans_nobody_of_another_branch() -> None:
    first = morning()
    reply(ask("T203"), LENT)
    publish(first)
    assert on_sheet("B01") == on_sheet("B02") == set()


def test_who_is_missing_at_home_comes_nowhere_and_who_had_asked_them_publishes_without() -> None:
    morning()
    number = ask("T203")
    agree()
    reply(number, LENT)
    afternoon = work("T203", MONDAY, 780, 900, code="W3", branch_code="B02")
    told: dict[str, Any] = {"what": "a test", "by": SYSTEM.actor, "now": HALF_PAST_SEVEN, "reason": "a test"}
    revise("B02", WEEK, lambda _, rows: [*rows, afternoon], **told)
    mark_at_home: dict[str, Any] = {"now": HALF_PAST_SEVEN, "by": GIVING.actor, "scope": GIVING}
    late = actions.mark_missing("B02", "T203", "late", 500, **mark_at_home)
    assert Ask.objects.get(pk=number).state == AskState.ACCEPTED
    actions.take_back_missing(late, **mark_at_home)
    actions.mark_missing("B02", "T203", "sick", **mark_at_home)
    assert (Ask.objects.get(pk=number).state, Loan.objects.get().state) == (AskState.WITHDRAWN, LoanState.WITHDRAWN)
    publish(computed(Proposal.objects.get(branch_code="B01", state="proposed")))
    assert on_sheet("B01") == set()


def test_when_the_home_refuses_the_person_need_not_come_and_is_planned_with_no_more() -> None:
    account("branch_manager", "B01", "taking")
    morning()
    number = ask("T203")
    agree()
    reply(number, LENT)
    with_them = computed()
    actions.refuse_loan(Loan.objects.get().code, "needed here", by=GIVING.actor, scope=GIVING, **TOLD)
    assert Ask.objects.get().state == AskState.WITHDRAWN
    assert list(Notice.objects.filter(kind="shift_off").values_list("recipient", flat=True)) == ["T203"]
    assert "taking" in Notice.objects.filter(kind="loan_off").values_list("recipient", flat=True)
    with pytest.raises(Refused, match="proposal_overtaken"):
        publish(with_them)


def withdraw() -> None:
    actions.withdraw_ask(Ask.objects.get().pk, now=HALF_PAST_SEVEN, by=MANAGER.actor, scope=MANAGER)


def decline() -> None:
    reply(Ask.objects.get().pk, LENT, accepted=False)


def lapse() -> None:
    assert actions.lapse_asks(HALF_PAST_SEVEN.replace(hour=9)) == 1


@pytest.mark.parametrize(
    ("end", "state", "kind"),
    [(withdraw, "withdrawn", "loan_off"), (decline, "refused", "loan_off"), (lapse, "lapsed", "loan_lapsed")],
)
def test_with_the_question_ends_what_their_home_was_asked(end: Callable[[], None], state: str, kind: str) -> None:
    account("branch_manager", "B02", "giving")
    account("regional", "R01", "region")
    morning()
    ask("T203")
    end()
    assert Loan.objects.get().state == state
    told = set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))
    assert {"giving", "region"} <= told
    assert "T203" not in told


def test_the_person_answers_the_question_and_not_the_loan() -> None:
    morning()
    ask("T203")
    agree()
    code = Loan.objects.get().code
    with pytest.raises(Refused, match="loan_asked_today"):
        actions.acknowledge_loan(code, by=LENT.actor, scope=LENT, **TOLD)
    (line,) = rosters.my_loans(LENT, on=MONDAY)
    assert line.steps == ()


def test_whom_one_branch_has_asked_another_does_not_see() -> None:
    morning()
    ask("T203")
    records = bank_of("B03", WEEK)
    there = replace(records, travel=(Travel("B02", "B03", 5),))
    assert near_question("B03", WEEK, MONDAY, there) == {}


READING = ("branch_manager", "supervisor", "regional", "head_office", "risk", "auditor")


def test_the_manager_at_home_alone_agrees_that_somebody_goes() -> None:
    morning()
    ask("T203")
    for role in ROLES:
        if role != "branch_manager":
            with pytest.raises((NotAllowed, NotFound)):
                agree(at(role, "B02", code="home"))
    with pytest.raises(NotFound):
        agree(OTHER)
    assert Loan.objects.get().state == LoanState.TAKING_AGREED
    agree(at("branch_manager", "B02", code="home"))
    assert Loan.objects.get().state == LoanState.AGREED


def test_who_is_asked_today_is_seen_by_the_two_branches_and_the_region_alone() -> None:
    morning()
    ask("T203")

    def seen(scope: Scope) -> bool:
        try:
            return bool(rosters.lending_page(scope, WEEK, on=MONDAY).loans)
        except NotAllowed:
            return False

    for role in ROLES:
        assert seen(at(role, "B01")) == seen(at(role, "B02")) == (role in READING), role
        assert not seen(at(role, "B03")), role


def test_the_list_is_the_branch_managers_alone() -> None:
    morning()
    for role in ROLES:
        if role in (*READING, "lobby_manager"):
            assert bool(candidates(at(role))) == (role == "branch_manager"), role
        else:
            with pytest.raises(NotAllowed):
                candidates(at(role))


def test_nobody_of_another_branch_asks_or_answers() -> None:
    morning()
    for role in ROLES:
        with pytest.raises(NotAllowed):
            ask("T203", who=at(role, "B02"))
    number = ask("T203")
    for role in ROLES:
        with pytest.raises((NotAllowed, NotFound)):
            reply(number, at(role, "B02", code="x", staff_no="T202"))
    with pytest.raises(NotAllowed):
        reply(number, THIRD)


def test_the_page_asks_no_more_queries_for_more_neighbours() -> None:
    morning()
    with CaptureQueriesContext(connection) as first:
        candidates()
    row = Proposal.objects.get(state="proposed")
    assert row.answer is not None
    more = [one | {"staff_no": who} for one in row.answer["candidates"] for who in ("T203", "T201", "T202")]
    with writing("a test"):
        Proposal.objects.filter(pk=row.pk).update(answer=row.answer | {"candidates": more})
    with CaptureQueriesContext(connection) as second:
        candidates()
    assert len(second) == len(first)


def test_a_breach_names_who_would_mend_it() -> None:
    load_bank(bank())
    monday()
    loans.publish("B02", loans.rows("B02", "T201", "T202"))
    add_rule(law("two_person_presence", 2))
    mark()
    row = computed()
    assert row.answer is not None
    assert [one["rule_code"] for one in row.answer["law_breaches"]]
    for one in candidates().values():
        assert one.mends
        assert {breach.rule_code for breach in one.keeps} == {"two_person_presence"}
