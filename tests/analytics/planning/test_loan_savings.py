"""What a loan saves is proved on the same days with and without it."""

from dataclasses import replace

from bankhall.analytics.lending.lend import lend
from bankhall.analytics.lending.problem import BranchWeek, LendingProblem
from bankhall.analytics.planning.loan_savings import loan_savings
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.branch import Node, Travel
from bankhall.kernel.bank.people import Certificate, Person
from bankhall.kernel.bank.roster import Assignment, Price, Requirement
from tests.analytics.planning.small_bank import BANK, WEEK, question

TUESDAY = WEEK.days()[1]


def short_of_one() -> LendingProblem:
    """One cash teller where two are needed, and a pool that has another."""
    bank = replace(
        BANK,
        rules=(),
        nodes=(*BANK.nodes, Node("P", "branch", "R", pool=True)),
        staff=(*BANK.staff, Person("P1", "P1", "P", posts=("teller",), system_rights=("B",))),
        certificates=(*BANK.certificates, Certificate("P1", "counterfeit")),
        travel=(Travel("P", "B", 10),),
        prices=(Price("hour", 4000), Price("missing_half_hour", 9000), Price("lent_day", 9000)),
    )
    rows = (Assignment("B", "T0", TUESDAY, 540, 1020, "window", "1", "teller"),)
    needed = tuple(Requirement("B", TUESDAY, slot, "teller", 2) for slot in range(540, 1020, 30))
    return LendingProblem(
        WEEK, bank,
        (BranchWeek(RosterProblem("B", WEEK, bank.for_branch("B"), needed), rows),
         BranchWeek(RosterProblem("P", WEEK, bank.for_branch("P")), ())),
    )  # fmt: skip


def test_a_second_window_takes_minutes_off_the_long_waits() -> None:
    problem = short_of_one()
    loans = lend(problem).loans
    (saving,) = loan_savings(problem, loans, {"B": question()})
    assert saving.taker_before is not None
    assert saving.taker_after is not None
    assert saving.taker_after < saving.taker_before
    assert saving.giver_before is None  # a pool's base has no hall
    assert saving.minutes_saved == saving.taker_before - saving.taker_after


def test_the_figures_hang_on_nothing_but_the_question() -> None:
    problem = short_of_one()
    loans = lend(problem).loans
    assert loan_savings(problem, loans, {"B": question()}) == loan_savings(problem, loans, {"B": question()})


def test_a_branch_without_a_forecast_says_nothing_of_waits() -> None:
    problem = short_of_one()
    (saving,) = loan_savings(problem, lend(problem).loans, {})
    assert saving.minutes_saved is None
