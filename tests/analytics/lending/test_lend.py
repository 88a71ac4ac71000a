"""Loans save more than they cost and break nothing at either end."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankhall.analytics.lending.balance import part_balances, slot_balances
from bankhall.analytics.lending.flow import Arc, best_pairs
from bankhall.analytics.lending.guests import guest_of, with_guests
from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.lend import lend
from bankhall.analytics.lending.problem import BranchWeek, LendingProblem
from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.costs import unmet_of
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, Travel
from bankhall.kernel.bank.people import Absence, Certificate, Person
from bankhall.kernel.bank.roster import Duty
from tests.analytics.lending.two_branches import SLOTS, asked, bank, needed, teller
from tests.factories.bank import MONDAY, WEEK, agreed, law

TUESDAY = WEEK.days()[1]


def test_the_spare_teller_fills_the_gap() -> None:
    loan = lend(asked()).loans[0]
    assert (loan.from_branch, loan.to_branch, loan.business_date) == ("B02", "B01", MONDAY)
    assert (loan.start, loan.end, loan.part, loan.half_hours_saved) == (540, 1020, "whole", len(SLOTS))
    assert loan.window_code in ("W2", "W3")


def test_a_loan_costs_the_lent_day_and_the_way_there_and_back() -> None:
    loan = lend(asked()).loans[0]
    assert loan.cost_fen == 12000 + 6000 * 2 * 15 // 60
    assert loan.saved_fen == len(SLOTS) * 12000


def test_both_rosters_say_where_the_person_is() -> None:
    answer = lend(asked())
    who = answer.loans[0].staff_no
    at_home = [a for a in answer.rosters["B02"] if a.staff_no == who]
    there = [a for a in answer.rosters["B01"] if a.staff_no == who]
    assert {a.at_branch_code for a in at_home} == {"B01"}
    assert [(a.start, a.end, a.code) for a in at_home] == [(a.start, a.end, a.code) for a in there]


def test_nobody_goes_who_is_needed_at_home() -> None:
    assert lend(asked(need_there=needed("B02", 3))).loans == ()


def test_nobody_goes_who_is_idle_where_somebody_is_missing() -> None:
    two = (teller("T201", "W1", "B02"), teller("T202", "W2", "B02"))
    assert [loan.staff_no for loan in lend(asked(there=two)).loans] == ["T203"]
    assert lend(asked(there=two, need_there=needed("B02", 3))).loans == ()


@pytest.mark.parametrize(
    "records",
    [
        bank(rights=()),
        bank(minutes=61),
        replace(bank(), staff=tuple(replace(p, posts=("adviser",)) for p in bank().staff)),
        replace(bank(), services=tuple(replace(s, certificates=("counterfeit",)) for s in bank().services)),
    ],
    ids=["no system rights", "too far", "another post", "no certificate"],
)
def test_nobody_goes_where_they_may_not_work(records: Bank) -> None:
    assert lend(asked(records)).loans == ()


def test_the_certificate_of_the_window_opens_the_way() -> None:
    told = replace(
        bank(),
        services=tuple(replace(s, certificates=("counterfeit",)) for s in bank().services),
        certificates=(Certificate("T203", "counterfeit"), Certificate("T101", "counterfeit")),
    )
    assert [loan.staff_no for loan in lend(asked(told)).loans] == ["T203"]


def test_a_gap_that_is_cheaper_than_a_lent_day_stays() -> None:
    short = needed("B01", 1) + needed("B01", 1, slots=range(540, 570, 30))
    some = tuple(replace(row, people=2 if row.slot_start == 540 else 1) for row in short[: len(SLOTS)])
    assert lend(asked(need_here=some)).loans == ()


def test_a_duty_or_a_lock_or_an_absence_keeps_a_person() -> None:
    rows = tuple(teller(f"T20{n}", f"W{n}", "B02") for n in (1, 2, 3))
    duty = replace(rows[0], kind="duty", code="D")
    told = replace(
        bank(), duties=(Duty("D", "B02"),),
        absences=(Absence("T202", datetime(2026, 11, 30), datetime(2026, 12, 1), "sick", "granted"),),
    )  # fmt: skip
    kept = (duty, rows[1], replace(rows[2], locked=True))
    assert lend(asked(told, there=kept, need_there=needed("B02", 0))).loans == ()


def test_two_persons_stay_where_two_must_be_present() -> None:
    told = replace(bank(), rules=(law("two_person_presence", 2), law("closing_pair", 2)))
    told = replace(told, staff=tuple(p for p in told.staff if p.staff_no != "T203"))
    rows = tuple(teller(f"T20{n}", f"W{n}", "B02") for n in (1, 2))
    answer = lend(asked(told, there=rows, need_there=needed("B02", 1)))
    assert answer.loans == ()
    assert answer.rejected > 0


def test_a_whole_day_has_its_break_where_fewest_are_short() -> None:
    told = replace(
        bank(),
        rules=(agreed("break_after", 360), agreed("break_minutes", 60), agreed("break_earliest", 660),
               agreed("break_latest", 840)),
    )  # fmt: skip
    calm = tuple(replace(r, people=1) if r.slot_start in (780, 810) else r for r in needed("B01", 2))
    loan = lend(asked(told, need_here=calm)).loans[0]
    assert [(s.start, s.end) for s in loan.stretches if s.kind == "break"] == [(780, 840)]
    assert loan.half_hours_saved == len(SLOTS) - 2


def test_a_half_day_is_lent_where_only_the_afternoon_is_spare() -> None:
    need = tuple(replace(r, people=3 if r.slot_start < 720 else 2) for r in needed("B02", 2))
    loan = lend(asked(need_there=need)).loans[0]
    assert loan.part == "afternoon"
    assert loan.start - loan.travel_minutes >= 720 or loan.start >= 720
    giver = lend(asked(need_there=need)).rosters["B02"]
    mine = [a for a in giver if a.staff_no == loan.staff_no and a.at_branch_code != "B01"]
    assert all(a.end <= loan.start - loan.travel_minutes for a in mine)


def test_the_pool_lends_people_who_have_no_hall() -> None:
    pool = Node("P01", "branch", "R01", pool=True)
    told = bank(rights=())
    told = replace(
        told,
        nodes=(*told.nodes, pool),
        staff=(*told.staff, Person("P1", "机动", "P01", posts=("teller",), system_rights=("B01",))),
        travel=(*told.travel, Travel("P01", "B01", 10)),
        rules=(law("hours_day", 480), law("rest_days_in_seven", 1)),
        duties=(Duty("vault", weekdays=(1, 2), relative_to="clock", earliest=600, latest=600, people=2),),
    )
    problem = asked(told)
    base = BranchWeek(RosterProblem("P01", WEEK, told.for_branch("P01")), ())
    answer = lend(replace(problem, branches=(*problem.branches, base)))
    assert [loan.staff_no for loan in answer.loans] == ["P1"]
    assert answer.loans[0].cost_fen == 12000 + 6000 * (20 + 480) // 60
    assert not find_breaches(base.problem, answer.rosters["P01"])


def test_the_pools_people_go_no_further_than_their_hours() -> None:
    pool = Node("P01", "branch", "R01", pool=True)
    told = bank(rights=())
    told = replace(
        told,
        nodes=(*told.nodes, pool),
        staff=(*told.staff, Person("P1", "机动", "P01", posts=("teller",), system_rights=("B01",), hours_week=8.0)),
        travel=(*told.travel, Travel("P01", "B01", 10)),
    )
    need = (*needed("B01", 2), *needed("B01", 1, TUESDAY))
    problem = asked(told, need_here=need)
    base = BranchWeek(RosterProblem("P01", WEEK, told.for_branch("P01")), ())
    assert len(lend(replace(problem, branches=(*problem.branches, base))).loans) == 1


def test_a_guest_is_at_hand_in_the_time_of_the_loan_alone() -> None:
    told = bank()
    here = with_guests(told.for_branch("B01"), [guest_of(told, "T203", [(MONDAY, 540, 1020)])], WEEK)
    problem = RosterProblem("B01", WEEK, here)
    assert not find_breaches(problem, [teller("T203", "W2", "B01")])
    found = find_breaches(problem, [teller("T203", "W2", "B01", 540, 1050)])
    assert "absence" in {breach.rule_code for breach in found}


def test_why_a_guest_is_away_is_not_told() -> None:
    told = replace(bank(), absences=(Absence("T203", datetime(2026, 12, 3), datetime(2026, 12, 4), "sick", "granted"),))
    guest = with_guests(told.for_branch("B01"), [guest_of(told, "T203", [(MONDAY, 540, 1020)])], WEEK)
    assert {a.kind for a in guest.absences} == {"elsewhere"}


def test_who_is_lent_on_one_day_is_offered_on_another_and_not_twice_on_one() -> None:
    first = lend(asked()).loans[0]
    first = replace(first, stretches=tuple(replace(s, start=540, end=720) for s in first.stretches), end=720)
    tuesday = tuple(replace(row, business_date=TUESDAY) for row in asked().branches[1].assignments)
    here = (teller("T101", "W1", "B01"), *first.stretches)
    there = (*(t for t in tuesday), *Home(asked().branches[1]).lending(first))
    need = (*needed("B01", 2), *needed("B01", 1, TUESDAY))
    home_need = (*needed("B02", 2), *needed("B02", 2, TUESDAY))
    loans = lend(asked(here=here, there=there, need_here=need, need_there=home_need)).loans
    assert (first.staff_no, MONDAY) not in {loan.key for loan in loans}
    assert {loan.business_date for loan in loans} >= {TUESDAY}
    alone = tuple(row for row in there if (row.staff_no, row.business_date) == (first.staff_no, TUESDAY) or
                  row.business_date == MONDAY)  # fmt: skip
    only = lend(asked(here=here, there=alone, need_here=need, need_there=needed("B02", 0))).loans
    assert (first.staff_no, TUESDAY) in {loan.key for loan in only}


def test_the_same_question_has_the_same_answer() -> None:
    assert lend(asked()) == lend(asked())


def test_parts_of_the_day_count_each_missing_person() -> None:
    rows = slot_balances("B01", needed("B01", 3), (teller("T101", "W1", "B01", 540, 720),), 30)
    morning, afternoon = part_balances(rows)
    assert (len(morning.short_slots), len(afternoon.short_slots)) == (2 * 6, 3 * 10)


def test_the_flow_takes_the_pairing_that_gains_most() -> None:
    arcs = [Arc(0, 0, 10), Arc(0, 1, 9), Arc(1, 0, 8)]
    assert best_pairs(arcs, 2, 2) == [arcs[1], arcs[2]]


def test_nothing_is_paired_when_there_is_nothing_to_pair() -> None:
    assert best_pairs([], 0, 0) == []


@settings(max_examples=40, deadline=None)
@given(
    here=st.lists(st.integers(0, 3), min_size=16, max_size=16),
    there=st.lists(st.integers(0, 3), min_size=16, max_size=16),
)
def test_no_loan_breaks_a_law_or_leaves_the_giver_shorter(here: list[int], there: list[int]) -> None:
    told = replace(bank(), rules=(law("two_person_presence", 2), law("hours_day", 480), law("hours_week", 2400)))
    need = {c: tuple(replace(r, people=n) for r, n in zip(needed(c, 0), counts, strict=True))
            for c, counts in (("B01", here), ("B02", there))}  # fmt: skip
    rows = (teller("T101", "W1", "B01"), teller("T102", "W2", "B01"))
    problem = asked(told, here=rows, need_here=need["B01"], need_there=need["B02"])
    answer = lend(problem)
    for week in problem.branches:
        law_before = _law(week.problem, week.assignments)
        after = answer.rosters[week.branch_code]
        guests = [guest_of(told, x.staff_no, [(x.business_date, x.start, x.end)]) for x in answer.loans
                  if x.to_branch == week.branch_code]  # fmt: skip
        problem_after = replace(week.problem, bank=with_guests(week.problem.bank, guests, WEEK))
        assert _law(problem_after, after) <= law_before
        assert _short(problem_after, after) <= _short(week.problem, week.assignments)
    assert all(loan.saved_fen > loan.cost_fen for loan in answer.loans)


def _law(problem: RosterProblem, rows: tuple) -> set[tuple[str, str, date | None]]:  # type: ignore[type-arg]
    found = find_breaches(problem, rows)
    return {(b.rule_code, b.staff_no, b.business_date) for b in found if b.rule_class == "law_control"}


def _short(problem: RosterProblem, rows: tuple) -> int:  # type: ignore[type-arg]
    return sum(row.people_short for row in unmet_of(problem, rows))


def test_loans_leave_what_they_were_given_untouched() -> None:
    problem: LendingProblem = asked()
    before = problem.branches[0].assignments
    lend(problem)
    assert problem.branches[0].assignments == before
