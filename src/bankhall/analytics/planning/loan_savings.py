"""What loans save in waits: each day proved with and without, on the same simulated days (common random numbers).

Loans are taken one after another in the answer's order, so that the savings of two at one branch add up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.lend import homes_with
from bankhall.analytics.lending.problem import LendingProblem, Loan
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.proof import prove_day
from bankhall.analytics.planning.question import PlanQuestion


@dataclass(frozen=True, slots=True)
class LoanSaving:
    """P90 of the wait of the day's customers, minutes, at both ends before and after a loan. None: nobody waited to be
    measured, or the branch has no forecast."""

    loan: Loan
    taker_before: float | None
    taker_after: float | None
    giver_before: float | None
    giver_after: float | None

    @property
    def minutes_saved(self) -> float | None:
        """What the taking branch's P90 falls by, less what the giving branch's rises by."""
        if self.taker_before is None or self.taker_after is None:
            return None
        given = (self.giver_after or 0.0) - (self.giver_before or 0.0)
        return self.taker_before - self.taker_after - given


def loan_savings(
    problem: LendingProblem, loans: tuple[Loan, ...], questions: Mapping[str, PlanQuestion]
) -> tuple[LoanSaving, ...]:
    """The savings of loans in their order. `questions` are those of the branches that have a forecast."""
    homes = {week.branch_code: Home(week) for week in problem.branches}
    found = []
    for loan in loans:
        before = homes[loan.from_branch], homes[loan.to_branch]
        after = homes_with(problem.bank, *before, loan)
        giver = [_wait_p90(questions.get(loan.from_branch), home, loan.business_date) for home in (before[0], after[0])]
        taker = [_wait_p90(questions.get(loan.to_branch), home, loan.business_date) for home in (before[1], after[1])]
        found.append(LoanSaving(loan, *taker, *giver))
        homes[loan.from_branch], homes[loan.to_branch] = after
    return tuple(found)


def _wait_p90(question: PlanQuestion | None, home: Home, day: date) -> float | None:
    if question is None:
        return None
    hours = hours_on(question.bank, question.branch_code, day)
    if not hours.spans:
        return None
    asked = replace(question, bank=home.problem.bank)
    today = tuple(a for a in home.assignments if a.business_date == day)
    rows = prove_day(asked, question.week.days().index(day), hours, today)
    hall = (r for r in rows if not r.service_code and r.slot_start is None)
    return next((r.value for r in hall if r.measure == "wait_p90"), None)
