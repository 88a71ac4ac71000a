"""The job that finds a region's loans of a week: plain question in, plain answer out, no Django.

The rosters and the requirement come with the question (the product's versions) or lie in the folder beside the records.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bankhall.analytics.lending.balance import part_balances, slot_balances
from bankhall.analytics.lending.lend import lend
from bankhall.analytics.lending.problem import BranchWeek, LendingProblem
from bankhall.analytics.planning.loan_savings import LoanSaving, loan_savings
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.data.planning.question import PlanRequest, requirement_of
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.week import Week

Plain = dict[str, Any]
Report = Callable[[int, str], None]
PROOF_DAYS = 400


def _silent(per_cent: int, step: str) -> None:
    pass


def lend_region_job(question: Mapping[str, Any], progress: Report = _silent) -> Plain:
    """Question: lake and version or folder, week, seed, bank (of the region), branches `{code: {"rosters": rows,
    "requirement": rows, "past": rows}}`, proof_days (0 = no proof). Answer: loans, balances by branch, totals."""
    progress(1, "records")
    request = LendRequest(question)
    problem = request.problem()
    progress(10, "lending")
    answer = lend(problem)
    progress(30, "proof")
    savings = loan_savings(problem, answer.loans, request.questions({x for n in answer.loans for x in _ends(n)}))
    progress(100, "done")
    return {
        "week": str(problem.week),
        "loans": [loan_row(saving) for saving in savings],
        "balances": balances_of(problem),
        "totals": _totals(problem, savings),
        "rejected": answer.rejected,
    }


def _ends(loan: Any) -> tuple[str, str]:
    return loan.from_branch, loan.to_branch


@dataclass(frozen=True)
class LendRequest:
    """A plain question, read."""

    plain: Mapping[str, Any]

    @cached_property
    def bank(self) -> Bank:
        """The records of the region."""
        return from_plain(Bank, self.plain["bank"])

    def problem(self) -> LendingProblem:
        """The science's question."""
        weeks = tuple(self._branch_week(code, told) for code, told in sorted(self.plain["branches"].items()))
        return LendingProblem(Week.parse(self.plain["week"]), self.bank, weeks)

    def _branch_week(self, code: str, told: Mapping[str, Any]) -> BranchWeek:
        rosters = tuple(from_plain(Assignment, row) for row in told.get("rosters") or ())
        required = tuple(requirement_of(row) for row in told.get("requirement") or ())
        past = tuple(from_plain(Assignment, row) for row in told.get("past") or ())
        week = Week.parse(self.plain["week"])
        return BranchWeek(RosterProblem(code, week, self.bank.for_branch(code), required, past), rosters)

    def questions(self, codes: set[str]) -> dict[str, PlanQuestion]:
        """What the proof is asked of each branch that has records enough; none when no proof is wanted."""
        days = int(self.plain.get("proof_days", PROOF_DAYS))
        found: dict[str, PlanQuestion | None] = {}
        first: PlanRequest | None = None
        for code in sorted(codes) if days else ():
            request = self._request(code, first)
            first = first or request
            found[code] = _read(request)
        effort = Effort(proof_days=days)
        return {code: replace(asked, effort=effort) for code, asked in found.items() if asked is not None}

    def _request(self, code: str, like: PlanRequest | None) -> PlanRequest:
        kept = ("lake", "version", "folder", "week", "seed", "as_of", "regions_branches")
        plain = {key: self.plain[key] for key in kept if self.plain.get(key) is not None}
        return PlanRequest(
            plain | {"branch_code": code, "bank": to_plain(self.bank.for_branch(code)), "past": []}, like
        )


def _read(request: PlanRequest) -> PlanQuestion | None:
    try:
        return request.read()
    except BankhallError:  # too short a history: there is nothing to prove with, and the row says so by a dash
        return None


def loan_row(saving: LoanSaving) -> Plain:
    """A loan with what it saves."""
    row: Plain = to_plain(saving.loan)
    waits = {name: getattr(saving, name) for name in ("taker_before", "taker_after", "giver_before", "giver_after")}
    row |= {f"wait_p90_{name}": _rounded(value) for name, value in waits.items()}
    return row | {"wait_p90_saved": _rounded(saving.minutes_saved)}


def balances_of(problem: LendingProblem) -> list[Plain]:
    """Half hours short and spare by branch, date, post and part, before any loan."""
    step = problem.bank.slot_minutes
    return [
        {"branch_code": week.branch_code, **to_plain(part)}
        for week in problem.branches
        for part in part_balances(slot_balances(week.branch_code, week.problem.requirement, week.assignments, step))
    ]


def _totals(problem: LendingProblem, savings: tuple[LoanSaving, ...]) -> Plain:
    short = sum(len(row["short_slots"]) for row in balances_of(problem)) * problem.bank.slot_minutes // 30
    minutes = [s.minutes_saved for s in savings if s.minutes_saved is not None]
    return {
        "loans": len(savings),
        "unmet_half_hours_before": short,
        "half_hours_saved": sum(s.loan.half_hours_saved for s in savings),
        "cost_fen": sum(s.loan.cost_fen for s in savings),
        "saved_fen": sum(s.loan.saved_fen for s in savings),
        "wait_p90_minutes_saved": _rounded(sum(minutes)) if minutes else None,
        "wait_p90_branch_days": len({(s.loan.to_branch, _day(s.loan.business_date)) for s in savings}),
    }


def _day(value: date) -> str:
    return value.isoformat()


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
