"""A loan: offered, agreed by two, acknowledged by the person, in both rosters; seen by two branches and the region."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.apps.access.queries import MAY
from bankhall.apps.audit import bases
from bankhall.apps.audit.queries import trail
from bankhall.apps.rosters import actions, rules
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.models import Change, Loan, LoanStep, Proposal, Roster
from bankhall.apps.rosters.problems import plan_question, problem_of
from bankhall.apps.rosters.queries.records import assignments_of, bank_of
from bankhall.apps.rosters.states import BINDING, LOAN_MOVES, LOAN_STEPS, LoanState
from bankhall.data.lake import Lake
from bankhall.kernel.bank.branch import Node, Travel
from bankhall.kernel.bank.people import Person
from bankhall.kernel.errors import BadInput, BankhallError, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import ROLES, Scope
from tests.factories.bank import MONDAY, WEEK, law
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.loans import (
    GIVING,
    LENT,
    OTHER,
    REGION,
    TAKING,
    agree,
    agreed,
    lending_bank,
    looked_for,
    offered,
    publish,
    rostered,
    rows,
    suggested,
    two_weeks,
)
from tests.factories.rosters import NOW, TODAY, at, work
from tests.factories.today import HALF_PAST_SEVEN, NOON, computed

pytestmark = pytest.mark.django_db


@pytest.fixture
def _weeks() -> None:
    two_weeks()


def state_of(code: str) -> str:
    return Loan.objects.get(code=code).state


def published_of(branch_code: str) -> Roster:
    return Roster.objects.select_related("plan").get(branch_code=branch_code, state="published")


ACTS: dict[str, Callable[[str, Scope], None]] = {
    "offer_loan": lambda code, s: actions.offer_loan(code, by=s.actor, scope=s, now=NOW, on=TODAY),
    "agree_giving": lambda code, s: actions.agree_loan(code, by=s.actor, scope=s, now=NOW, on=TODAY),
    "agree_taking": lambda code, s: actions.agree_loan(code, by=s.actor, scope=s, now=NOW, on=TODAY),
    "refuse_loan": lambda code, s: actions.refuse_loan(code, "no", by=s.actor, scope=s, now=NOW, on=TODAY),
    "withdraw_loan": lambda code, s: actions.withdraw_loan(code, "no", by=s.actor, scope=s, now=NOW, on=TODAY),
    "decline_loan": lambda code, s: actions.decline_loan(code, "no", by=s.actor, scope=s, now=NOW, on=TODAY),
    "acknowledge_loan": lambda code, s: actions.acknowledge_loan(code, by=s.actor, scope=s, now=NOW, on=TODAY),
}
ENDS = {"agree_giving": ("B02",), "agree_taking": ("B01",)}


@pytest.mark.usefixtures("_weeks")
def test_a_loan_stands_in_both_rosters_once_the_person_has_read_it() -> None:
    before = {code: published_of(code).version for code in ("B01", "B02")}
    code = rostered()
    home, there = published_of("B02"), published_of("B01")
    assert (home.version, there.version) == (before["B02"] + 1, before["B01"] + 1)
    away = [a for a in assignments_of(home) if a.staff_no == "T203"]
    assert [(a.start, a.end, a.at_branch_code) for a in away] == [(540, 600, "B01")]
    assert [(a.start, a.end) for a in assignments_of(there) if a.staff_no == "T203"] == [(540, 600)]
    assert there.unmet_half_hours == 0
    reasons = [step.reason for roster in (home, there) for step in roster.steps.all()]
    assert reasons == [f"loan {code}"] * 2


@pytest.mark.usefixtures("_weeks")
def test_the_old_versions_are_superseded_and_the_lake_knows() -> None:
    rostered()
    assert set(Roster.objects.filter(version=1).values_list("state", flat=True)) == {"superseded"}
    from django.conf import settings

    table = Lake(settings.LAKE).snapshot().table("rosters", branch_code="B01", first=MONDAY, last=MONDAY)
    told = {(row["staff_no"], row["state"]) for row in table.to_pylist()}
    assert ("T203", "published") in told


@pytest.mark.usefixtures("_weeks")
def test_nothing_changes_before_the_person_has_read_it() -> None:
    agreed()
    assert {r.version for r in Roster.objects.all()} == {1}


@pytest.mark.usefixtures("_weeks")
def test_every_step_leaves_its_line() -> None:
    rostered()
    names = [line.name for line in trail(at("auditor", "B01", "B02")).lines]
    wanted = {"offer_loan", "agree_giving", "agree_taking", "acknowledge_loan", "revise"}
    assert {f"rosters.{name}" for name in wanted} <= set(names)


def test_steps_and_moves_are_one_table() -> None:
    by_steps = {(source, target) for step in LOAN_STEPS.values() for source, target in step.moves.items()}
    by_moves = {(source, target) for source, targets in LOAN_MOVES.items() for target in targets}
    assert by_steps <= by_moves
    assert {target for _, target in by_moves - by_steps} == {LoanState.LAPSED}
    assert not LOAN_MOVES[LoanState.ROSTERED] | LOAN_MOVES[LoanState.REFUSED] | LOAN_MOVES[LoanState.LAPSED]


@pytest.mark.usefixtures("_weeks")
@pytest.mark.parametrize("state", list(LoanState))
def test_each_role_in_each_state_may_what_the_tables_say(state: LoanState) -> None:
    code = suggested()
    for role, name in product(ROLES, ACTS):
        with transaction.atomic(), bases.writing("a test"):
            LoanStep.objects.all().delete()
            Loan.objects.update(state=state)
        step = LOAN_STEPS[name]
        scope = at(role, *ENDS.get(name, ("B01", "B02")), code="somebody", staff_no="T203")
        if step.action == "agree_loan":  # nobody agrees to their own loan: these ask as another person
            scope = at(role, *ENDS.get(name, ("B01", "B02")), code="somebody")
        sid = transaction.savepoint()
        if role in MAY[step.action] and state in step.moves:
            ACTS[name](code, scope)
            assert state_of(code) == step.moves[state], (role, name)
        else:
            with pytest.raises(BankhallError):
                ACTS[name](code, scope)
            assert state_of(code) == state, (role, name)
        transaction.savepoint_rollback(sid)


@pytest.mark.usefixtures("_weeks")
def test_two_different_people_agree() -> None:
    code = offered()
    both = at("branch_manager", "B01", "B02", code="both")
    agree(code, both)
    with pytest.raises(NotAllowed, match="loan_agreed_by_same"):
        agree(code, both)


@pytest.mark.usefixtures("_weeks")
def test_two_accounts_of_one_person_are_one_person() -> None:
    code = offered()
    agree(code, at("branch_manager", "B02", code="wang", staff_no="T999"))
    with pytest.raises(NotAllowed, match="loan_agreed_by_same"):
        agree(code, at("branch_manager", "B01", code="wang-2", staff_no="T999"))


@pytest.mark.usefixtures("_weeks")
def test_nobody_agrees_to_their_own_loan() -> None:
    code = offered()
    with pytest.raises(NotAllowed, match="own_loan"):
        agree(code, at("branch_manager", "B02", code="self", staff_no="T203"))


@pytest.mark.usefixtures("_weeks")
def test_nobody_acknowledges_for_another() -> None:
    code = agreed()
    somebody = at("teller", "B02", code="somebody", staff_no="T202")
    with pytest.raises(NotFound):
        actions.acknowledge_loan(code, by=somebody.actor, scope=somebody, now=NOW, on=TODAY)
    with pytest.raises(NotAllowed, match="loan_of_another"):
        actions.acknowledge_loan(code, by=GIVING.actor, scope=GIVING, now=NOW, on=TODAY)


@pytest.mark.usefixtures("_weeks")
def test_of_two_who_answer_at_once_the_second_is_told() -> None:
    code = offered()
    stale = Loan.objects.get(code=code)
    agree(code, GIVING)
    from bankhall.apps.rosters.actions.moving_loans import move_loan

    with pytest.raises(Refused, match="loan_changed_meanwhile"), bases.writing("a test"):
        move_loan(stale, "agree_taking", by=TAKING.actor, now=NOW, reason="")
    assert state_of(code) == "giving_agreed"


@pytest.mark.usefixtures("_weeks")
def test_who_refuses_or_withdraws_says_why() -> None:
    code = offered()
    with pytest.raises(BadInput, match="reason_wanted"):
        actions.refuse_loan(code, " ", by=GIVING.actor, scope=GIVING, now=NOW, on=TODAY)
    actions.refuse_loan(code, "a course", by=GIVING.actor, scope=GIVING, now=NOW, on=TODAY)
    assert LoanStep.objects.get(loan__code=code, step="refuse_loan").reason == "a course"


@pytest.mark.usefixtures("_weeks")
def test_a_loan_that_nobody_answered_lapses_when_the_day_has_come() -> None:
    code = offered()
    assert actions.lapse_due(TODAY) == 0
    assert actions.lapse_due(MONDAY) == 1
    assert state_of(code) == "lapsed"


@pytest.mark.usefixtures("_weeks")
def test_a_person_is_lent_once_a_day() -> None:
    loan = Loan.objects.get(code=offered())
    twin = {f.name: getattr(loan, f.name) for f in Loan._meta.fields if f.name not in ("id", "code")}
    with pytest.raises(IntegrityError), transaction.atomic(), bases.writing("a test"):
        Loan.objects.create(code="twin", **twin)
    assert loan.state in BINDING


@pytest.mark.usefixtures("_weeks")
def test_an_offer_that_todays_rosters_no_longer_bear_is_refused() -> None:
    code = suggested()
    add_rule(law("two_person_presence", 3))
    with pytest.raises(Refused, match="loan_stale"):
        actions.offer_loan(code, by=REGION.actor, scope=REGION, now=NOW, on=TODAY)


@pytest.mark.usefixtures("_weeks")
def test_a_roster_that_would_break_the_law_is_refused_whole() -> None:
    code = agreed()
    add_rule(law("two_person_presence", 3))
    with pytest.raises(Refused, match="roster_breaches_law"):
        actions.acknowledge_loan(code, by=LENT.actor, scope=LENT, now=NOW, on=TODAY)
    assert state_of(code) == "agreed"
    assert {r.version for r in Roster.objects.all()} == {1}


@pytest.mark.usefixtures("_weeks")
@pytest.mark.parametrize(("branch", "ill"), [("B01", "T101"), ("B02", "T202")])
def test_a_loan_waits_until_the_day_is_published_without_who_is_missing(branch: str, ill: str) -> None:
    code, boss = agreed(), at("branch_manager", branch, code=f"boss{branch}")
    go = partial(actions.acknowledge_loan, code, by=LENT.actor, scope=LENT, now=HALF_PAST_SEVEN, on=MONDAY)
    actions.mark_missing(branch, ill, "sick", now=HALF_PAST_SEVEN, by=boss.actor, scope=boss)
    proposal = computed()
    with pytest.raises(Refused, match="missing_not_mended") as refused:
        go()
    assert refused.value.facts == {"branch_code": branch, "count": 1}
    assert (state_of(code), Roster.objects.count()) == ("agreed", 2)
    actions.publish_today(proposal.pk, "so", now=HALF_PAST_SEVEN, by=boss.actor, scope=boss)
    go()
    assert state_of(code) == "rostered"
    assert unlawful("B01") == unlawful("B02") == set()


def unlawful(branch_code: str) -> set[tuple[str, str]]:
    """Whose work breaks which law or control by today's rows."""
    roster = published_of(branch_code)
    found = find_breaches(problem_of(roster), assignments_of(roster))
    return {(one.rule_code, one.staff_no) for one in found if one.rule_class == "law_control"}


def again(branch_code: str) -> None:
    """Another version of the same rows."""
    told = {"what": "a test", "by": SYSTEM.actor, "now": HALF_PAST_SEVEN, "reason": "a test"}
    revise(branch_code, WEEK, lambda _, rows: rows, **told)  # type: ignore[arg-type]


@pytest.mark.usefixtures("_weeks")
def test_who_is_missing_while_lent_is_missing_there_and_home_goes_on() -> None:
    rostered()
    actions.mark_missing("B01", "T203", "sick", now=HALF_PAST_SEVEN, by=TAKING.actor, scope=TAKING)
    assert unlawful("B01") == {("absence", "T203")}
    assert unlawful("B02") == set()
    again("B02")
    with pytest.raises(Refused, match="missing_not_mended"):
        again("B01")
    assert list(Proposal.objects.values_list("branch_code", flat=True)) == ["B01"]
    actions.publish_today(computed().pk, "so", now=HALF_PAST_SEVEN, by=TAKING.actor, scope=TAKING)
    assert "T203" not in standing_at("B01")
    again("B01")


@pytest.mark.usefixtures("_weeks")
@pytest.mark.parametrize(("marks", "other"), [("B01", "B02"), ("B02", "B01")])
def test_who_is_missing_at_two_branches_is_mended_at_both(marks: str, other: str) -> None:
    rostered()
    home_in_the_afternoon()
    bosses = {"B01": TAKING, "B02": GIVING}
    boss = bosses[marks]
    number = actions.mark_missing(marks, "T203", "sick", now=HALF_PAST_SEVEN, by=boss.actor, scope=boss)
    assert unlawful("B01") == unlawful("B02") == {("absence", "T203")}
    for code, row in {row.branch_code: row for row in Proposal.objects.filter(state="proposed")}.items():
        scope = bosses[code]
        page = rosters.today_page(scope, code, HALF_PAST_SEVEN)
        (line,) = [one for one in page.people if one.staff_no == "T203"]
        assert (line.state, line.number) == ("missing", number if code == marks else None)
        assert line.kind == ("sick" if code == marks else "")
        actions.publish_today(computed(row).pk, "so", now=HALF_PAST_SEVEN, by=scope.actor, scope=scope)
        assert "T203" not in standing_at(code)
        again(code)
    assert set(Proposal.objects.values_list("branch_code", "state")) >= {(marks, "published"), (other, "published")}
    mark = partial(actions.mark_missing, "B02", "T202", "sick", now=HALF_PAST_SEVEN)
    assert away_hours() == [(540, 600)]
    mark(by=GIVING.actor, scope=GIVING)
    told = computed(Proposal.objects.get(branch_code="B02", state="proposed")).answer
    assert told is not None
    assert "T203" not in {one["staff_no"] for one in told["candidates"]}
    assert "T203" not in {one["staff_no"] for one in told["assignments"] if not one["at_branch_code"]}


def home_in_the_afternoon() -> None:
    """T203 works at home too, after the loan."""
    afternoon = work("T203", MONDAY, 780, 900, code="W3", branch_code="B02")
    told = {"what": "a test", "by": SYSTEM.actor, "now": NOW, "reason": "a test"}
    revise("B02", WEEK, lambda _, rows: [*rows, afternoon], **told)  # type: ignore[arg-type]


def standing_at(branch_code: str) -> set[str]:
    """Who works at the branch itself by its roster."""
    found = assignments_of(published_of(branch_code))
    return {one.staff_no for one in found if one.kind != "break" and one.at_branch_code in ("", branch_code)}


def away_hours() -> list[tuple[int, int]]:
    """When T203 is lent to B01 by home's roster."""
    home = assignments_of(published_of("B02"))
    return [(one.start, one.end) for one in home if one.staff_no == "T203" and one.at_branch_code == "B01"]


@pytest.mark.usefixtures("_weeks")
def test_who_is_lent_for_the_whole_day_is_mended_there_alone_and_stays_lent() -> None:
    rostered()
    number = actions.mark_missing("B02", "T203", "sick", now=HALF_PAST_SEVEN, by=GIVING.actor, scope=GIVING)
    assert list(Proposal.objects.values_list("branch_code", flat=True)) == ["B01"]
    actions.publish_today(computed().pk, "so", now=HALF_PAST_SEVEN, by=TAKING.actor, scope=TAKING)
    again("B01")
    again("B02")
    actions.take_back_missing(number, now=HALF_PAST_SEVEN, by=GIVING.actor, scope=GIVING)
    assert away_hours() == [(540, 600)]


@pytest.mark.usefixtures("_weeks")
def test_who_is_late_at_home_alone_is_not_late_where_they_are_lent() -> None:
    rostered()
    home_in_the_afternoon()
    actions.mark_missing("B02", "T203", "late", 810, now=NOON, by=GIVING.actor, scope=GIVING)
    assert list(Proposal.objects.values_list("branch_code", flat=True)) == ["B02"]
    assert seen_at("B01", TAKING, NOON) == ("ended", 540, 600)
    assert seen_at("B02", GIVING, NOON) == ("late", 540, 900)


def seen_at(branch_code: str, scope: Scope, now: datetime = HALF_PAST_SEVEN) -> tuple[str, int, int]:
    """How T203 stands on a branch's page of today."""
    page = rosters.today_page(scope, branch_code, now)
    (line,) = [one for one in page.people if one.staff_no == "T203"]
    return line.state, line.start, line.end


@pytest.mark.usefixtures("_weeks")
def test_the_hours_of_who_is_missing_are_those_at_the_branch_that_looks() -> None:
    rostered()
    home_in_the_afternoon()
    actions.mark_missing("B01", "T203", "sick", now=HALF_PAST_SEVEN, by=TAKING.actor, scope=TAKING)
    assert (seen_at("B01", TAKING), seen_at("B02", GIVING)) == (("missing", 540, 600), ("missing", 780, 900))


@pytest.mark.usefixtures("_weeks")
def test_a_loan_that_comes_in_while_somebody_is_marked_is_not_missed() -> None:
    code, began = agreed(), list[bool]()

    def meanwhile(execute: Callable[..., object], sql: str, *rest: object) -> object:
        """Acknowledged between the first look at where they stand and the hold on the week."""
        if 'FROM "rosters_ask"' in sql and not began:
            began.append(True)
            actions.acknowledge_loan(code, by=LENT.actor, scope=LENT, now=NOW, on=TODAY)
        return execute(sql, *rest)

    mark = partial(actions.mark_missing, "B02", "T203", "sick", now=HALF_PAST_SEVEN, by=GIVING.actor, scope=GIVING)
    with connection.execute_wrapper(meanwhile), pytest.raises(Refused, match="today_changed_meanwhile"):
        mark()
    mark()


@pytest.mark.usefixtures("_weeks")
def test_a_lent_person_is_visible_to_exactly_the_two_branches_and_the_region() -> None:
    rostered()

    def seen(scope: Scope) -> set[str]:
        return {line.staff_no for line in rosters.lending_page(scope, WEEK, on=TODAY).loans}

    assert seen(REGION) == seen(GIVING) == seen(TAKING) == {"T203"}
    assert seen(OTHER) == set()
    assert seen(at("regional", "B03")) == set()
    assert "T203" in {p.staff_no for p in bank_of("B01", WEEK).staff}
    assert "T203" not in {p.staff_no for p in bank_of("B03", WEEK).staff}
    assert "T203" not in {p.staff_no for p in bank_of("B01", WEEK.plus(1)).staff}


@pytest.mark.usefixtures("_weeks")
def test_what_is_offered_is_not_suggested_a_second_time() -> None:
    offered()
    assert looked_for() == 0


@pytest.mark.usefixtures("_weeks")
def test_a_suggestion_is_the_regions_own_thought() -> None:
    suggested()
    assert rosters.lending_page(REGION, WEEK, on=TODAY).loans
    assert not rosters.lending_page(GIVING, WEEK, on=TODAY).loans


@pytest.mark.usefixtures("_weeks")
def test_another_branch_finds_no_such_loan() -> None:
    code = offered()
    with pytest.raises(NotFound):
        agree(code, OTHER)


@pytest.mark.usefixtures("_weeks")
def test_the_person_reads_of_it_when_both_have_agreed() -> None:
    code = offered()
    assert rosters.my_loans(LENT, on=TODAY) == ()
    agree(code, GIVING)
    agree(code, TAKING)
    (mine,) = rosters.my_loans(LENT, on=TODAY)
    assert mine.code == code
    assert set(mine.steps) == {"acknowledge_loan", "decline_loan"}


@pytest.mark.usefixtures("_weeks")
def test_the_own_roster_says_at_which_branch() -> None:
    rostered()
    monday = rosters.my_roster(LENT, WEEK).days[0]
    assert [(bar.start, bar.end, bar.at_branch_code) for bar in monday.bars] == [(540, 600, "B01")]


@pytest.mark.usefixtures("_weeks")
def test_the_person_stands_on_both_sheets() -> None:
    rostered()
    for branch in ("B01", "B02"):
        sheet = rosters.print_sheet(at("branch_manager", branch), branch, WEEK)
        assert "T203" in {row.staff_no for row in sheet.days[0].rows if row.bars}


@pytest.mark.usefixtures("_weeks")
def test_a_new_plan_keeps_the_loan() -> None:
    rostered()
    question = plan_question("B01", WEEK, as_of=TODAY, seed=7, draft=None)
    assert "T203" in {row["staff_no"] for row in question["locked"]}
    assert "T203" in {row["staff_no"] for row in question["bank"]["staff"]}


@pytest.mark.usefixtures("_weeks")
def test_a_lent_day_is_neither_offered_nor_given_free() -> None:
    rostered()
    with pytest.raises(Refused, match="lent_that_day"):
        rules.check_not_lent("T203", MONDAY, MONDAY)
    rules.check_not_lent("T203", WEEK.days()[1], WEEK.days()[1])
    rules.check_not_lent("T202", MONDAY, MONDAY)


@pytest.mark.usefixtures("_weeks")
def test_what_changed_a_published_week_is_kept_with_its_source() -> None:
    code = rostered()
    told = {(c.roster.branch_code, c.replaces, c.source) for c in Change.objects.select_related("roster")}
    assert told == {("B01", 1, f"loan:{code}"), ("B02", 1, f"loan:{code}")}


@pytest.mark.usefixtures("_weeks")
def test_a_guests_hours_are_settled_at_home_alone() -> None:
    rostered()
    from bankhall.apps.rosters.actions.settling import _bookings

    assert "T203" not in {booking.staff_no for booking in _bookings(published_of("B01"))}
    assert "T203" in {booking.staff_no for booking in _bookings(published_of("B02"))}


def test_the_region_speaks_for_the_pool() -> None:
    pool = Node("P01", "branch", "R01", pool=True)
    bank = lending_bank()
    bank = replace(
        bank,
        nodes=(*bank.nodes, pool),
        staff=(*bank.staff, Person("P1", "机动", "P01", posts=("teller",), system_rights=("B01",))),
        travel=(Travel("P01", "B01", 10),),
        prices=tuple(replace(p, amount=20000.0) if p.item == "missing_half_hour" else p for p in bank.prices),
    )
    load_bank(bank)
    publish("B01", rows("B01", "T101"))
    region = at("regional", "B01", "P01")
    from bankhall.apps.rosters.problems import lend_question
    from bankhall.data.lend_jobs import lend_region_job

    question = lend_question(region, "R01", WEEK, now=NOW) | {"proof_days": 0}
    assert actions.take_suggestions(question, lend_region_job(question), by=SYSTEM.actor, scope=SYSTEM, now=NOW) == 1
    code = Loan.objects.get().code
    actions.offer_loan(code, by=region.actor, scope=region, now=NOW, on=TODAY)
    agree(code, region)
    agree(code, TAKING)
    lent = at("teller", "P01", code="p1", staff_no="P1")
    actions.acknowledge_loan(code, by=lent.actor, scope=lent, now=NOW, on=TODAY)
    assert published_of("P01").version == 1
    assert rosters.my_roster(lent, WEEK).days[0].bars[0].at_branch_code == "B01"


def test_a_branch_whose_plan_found_no_roster_neither_lends_nor_borrows() -> None:
    two_weeks()
    with bases.writing("a test"):
        Roster.objects.filter(branch_code="B02").update(state="draft", status="infeasible")
    assert looked_for() == 0
    page = rosters.lending_page(REGION, WEEK, on=TODAY)
    assert {line.branch_code for line in page.lines} == {"B01"}
    assert (page.branches, page.planned, page.balanced) == (3, 1, False)


def test_a_roster_with_nobody_short_or_to_spare_is_a_roster() -> None:
    load_bank(lending_bank())
    publish("B01", rows("B01", "T101", "T102"))
    page = rosters.lending_page(REGION, WEEK, on=TODAY)
    assert (page.lines, page.planned, page.balanced) == ((), 1, True)


def test_of_two_who_begin_the_roster_of_one_base_the_second_is_told() -> None:
    from bankhall.apps.rosters.actions.revising import _successor

    load_bank(lending_bank())
    with bases.writing("a test"):
        _successor("B03", WEEK, None, NOW)
        with pytest.raises(Refused, match="roster_changed_meanwhile"):
            _successor("B03", WEEK, None, NOW)
