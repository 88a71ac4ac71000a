"""Who of the float pool and of the branches near by could come today: off at home, at hand after the way, and kept by
no rule there. Here they are tried as the branch's own people are.

Whoever a rule at home keeps is left out without a word: why somebody may not work is nobody's business elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.lending.guests import guest_of, spans_of, with_guests
from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.pairs import cost_of_loan
from bankhall.analytics.lending.problem import BranchWeek
from bankhall.analytics.rostering.coming import Candidate, who_can_come
from bankhall.analytics.rostering.costs import cost_lines, overtime_of
from bankhall.analytics.rostering.disruption import CALL_IN_MINUTES, Disruption
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.roster import Assignment

Rows = tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody of another branch with rights here. `home` is the week there, of this person alone."""

    staff_no: str
    home: BranchWeek
    travel_minutes: int


@dataclass(frozen=True, slots=True)
class Comer:
    """A candidate, and for one of another branch which and how far (one way)."""

    candidate: Candidate
    home: str = ""
    travel_minutes: int = 0


def all_who_can_come(
    problem: RosterProblem, standing: Rows, mended: Rows, disruption: Disruption, near: Iterable[Near]
) -> tuple[Comer, ...]:
    """The branch's own people, then those near by."""
    minute, today = disruption.now.hour * 60 + disruption.now.minute, disruption.now.date()
    here = {person.staff_no for person in problem.bank.staff if person.branch_code == problem.branch_code}
    here |= {row.staff_no for row in standing if row.business_date == today} | set(disruption.agreed or ())
    tried = {one.staff_no: one for one in near if one.staff_no not in here and _is_off(one, today)}
    guests = [
        guest_of(
            one.home.problem.bank, name,
            [*spans_of(standing, name), (today, minute + CALL_IN_MINUTES + one.travel_minutes, 24 * 60)],
        )
        for name, one in tried.items()
    ]  # fmt: skip
    asked = replace(problem, bank=with_guests(problem.bank, guests, problem.week))
    found = who_can_come(asked, standing, mended, disruption)
    comers = (
        _from_afar(tried[one.staff_no], one, problem.branch_code) if one.staff_no in tried else Comer(one)
        for one in found
    )
    return tuple(sorted((one for one in comers if one is not None), key=lambda c: (c.home, c.candidate.staff_no)))


def _is_off(near: Near, today: date) -> bool:
    home = Home(near.home)
    person = home.situation.people[near.staff_no]
    away = home.situation.absence_spans(near.staff_no, today)
    return home.situation.employed(person, today) and not away and not home.by_day.get((near.staff_no, today))


def _from_afar(near: Near, one: Candidate, branch_code: str) -> Comer | None:
    """With the hours, overtime and cost of their week at home; None where a rule of law or agreement there says no."""
    home, bank = Home(near.home), near.home.problem.bank
    away = [replace(row, branch_code=home.branch, at_branch_code=branch_code, locked=True) for row in one.rows]
    after = home.with_rows((*home.assignments, *away))
    fresh = after.breaches() - home.breaches()
    if one.against or any(kind == "law_control" or who == one.staff_no for kind, _, who, *_ in fresh):
        return None
    person, worked = home.situation.people[one.staff_no], after.week_minutes[one.staff_no]
    extra = worked - home.week_minutes[one.staff_no]
    cost = cost_of_loan(bank.prices, person, one.rows[0].business_date, near.travel_minutes, extra)
    more = max(0, _overtime(after) - _overtime(home))
    told = replace(one, week_minutes=worked, overtime_minutes=more, cost_fen=cost)
    return Comer(told, home.branch, near.travel_minutes)


def _overtime(home: Home) -> int:
    return overtime_of(cost_lines(home.problem, home.assignments))[0]
