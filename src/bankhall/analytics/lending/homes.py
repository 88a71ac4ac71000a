"""A branch's week made ready for lending: who stands when, who could be spared, who would fit a place here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bankhall.analytics.lending.balance import SlotBalance, slot_balances
from bankhall.analytics.lending.problem import BranchWeek, Loan
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import common, outside
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

LEAST_MINUTES = 30
"""What remains of a stretch at home is worth staying for from this length on."""


class Home:
    """One branch and its roster, indexed."""

    def __init__(self, week: BranchWeek) -> None:
        problem = week.problem
        self.problem: RosterProblem = problem
        self.assignments = week.assignments
        self.branch = problem.branch_code
        self.situation = Situation(problem)
        self.rows = slot_balances(self.branch, problem.requirement, week.assignments, problem.bank.slot_minutes)
        self._spare = {(r.business_date, r.slot_start, r.post_code): r.spare for r in self.rows}
        self._short: dict[date, dict[int, set[str]]] = {}
        for row in self.rows:
            if row.short:
                self._short.setdefault(row.business_date, {}).setdefault(row.slot_start, set()).add(row.post_code)
        self.by_day: dict[tuple[str, date], list[Assignment]] = defaultdict(list)
        self.week_minutes: dict[str, int] = defaultdict(int)
        for one in week.assignments:
            self.by_day[(one.staff_no, one.business_date)].append(one)
            if one.kind != "break":
                self.week_minutes[one.staff_no] += one.end - one.start
        self._breaches: frozenset[tuple[str, ...]] | None = None

    def people(self) -> tuple[Person, ...]:
        """Those whose home this is, by number."""
        return tuple(sorted((p for p in self.problem.bank.staff if p.branch_code == self.branch), key=_number))

    def balances(self) -> tuple[SlotBalance, ...]:
        """People standing and needed."""
        return self.rows

    def with_rows(self, assignments: Iterable[Assignment], problem: RosterProblem | None = None) -> "Home":
        """The same branch with another roster."""
        return Home(BranchWeek(problem or self.problem, tuple(assignments)))

    def may_go(self, person: Person, day: date, span: tuple[int, int], on_the_way: int) -> bool:
        """Whether nobody misses the person here from leaving to coming back: no duty, lock or absence holds them."""
        situation = self.situation
        if not situation.employed(person, day) or situation.absence_spans(person.staff_no, day):
            return False
        away = (span[0] - on_the_way, span[1] + on_the_way)
        touched = [s for s in self.by_day.get((person.staff_no, day), ()) if s.start < away[1] and away[0] < s.end]
        if any(s.kind == "duty" or s.locked or s.at_branch_code not in ("", self.branch) for s in touched):
            return False
        if self.extra_minutes(person.staff_no, day, span, on_the_way) > self._hours_left(person):
            return False
        return all(self._spared(s, away) for s in touched if s.kind != "break") and not self._wanted(person, day, away)

    def extra_minutes(self, staff_no: str, day: date, span: tuple[int, int], on_the_way: int) -> int:
        """Minutes of the span beyond the work here that it replaces."""
        away = (span[0] - on_the_way, span[1] + on_the_way)
        given = [(s.start, s.end) for s in self.by_day.get((staff_no, day), ()) if s.kind != "break"]
        replaced = sum(end - start for start, end in common(given, away))
        return max(0, span[1] - span[0] - replaced)

    def without(self, staff_no: str, day: date, span: tuple[int, int], on_the_way: int) -> list[Assignment]:
        """The roster with the person gone in that time: stretches are cut, breaks outside the loan stay."""
        kept: list[Assignment] = []
        away = (span[0] - on_the_way, span[1] + on_the_way)
        for one in self.assignments:
            if (one.staff_no, one.business_date) != (staff_no, day):
                kept.append(one)
                continue
            gone = span if one.kind == "break" else away
            rest = outside((one.start, one.end), [gone])
            whole = rest == ((one.start, one.end),)
            kept += [replace(one, start=a, end=b) for a, b in rest if whole or b - a >= LEAST_MINUTES]
        return kept

    def lending(self, loan: Loan) -> list[Assignment]:
        """The roster once the person is lent: their rows say where they are."""
        left = self.without(loan.staff_no, loan.business_date, (loan.start, loan.end), loan.travel_minutes)
        away = (replace(s, branch_code=self.branch, at_branch_code=loan.to_branch, locked=True) for s in loan.stretches)
        return [*left, *away]

    def lent(self) -> set[tuple[str, date]]:
        """Who is at another branch already, and on which dates: a person is lent once a day."""
        away = (one for one in self.assignments if one.at_branch_code not in ("", self.branch))
        return {(one.staff_no, one.business_date) for one in away}

    def breaches(self) -> frozenset[tuple[str, ...]]:
        """Every breach of law, control and agreement, by what makes it the same."""
        if self._breaches is None:
            found = breaches_of(self.situation, self.assignments)
            self._breaches = frozenset(_identity(b) for b in found if b.rule_class != "wish")
        return self._breaches

    def unmet(self) -> int:
        """Slots short."""
        return sum(row.short for row in self.rows)

    def _hours_left(self, person: Person) -> float:
        return max(0.0, person.hours_week * 60 - self.week_minutes.get(person.staff_no, 0))

    def _wanted(self, person: Person, day: date, away: tuple[int, int]) -> bool:
        """Whether they are idle here while a post of theirs is short: a branch that has no plan yet lends nobody."""
        stands = [(s.start, s.end) for s in self.by_day.get((person.staff_no, day), ())]
        return any(
            start < away[1] and away[0] < start + self.problem.bank.slot_minutes
            and not any(a <= start < b for a, b in stands)
            and any(post in person.posts for post in posts)
            for start, posts in self._short.get(day, {}).items()
        )  # fmt: skip

    def _spared(self, one: Assignment, away: tuple[int, int]) -> bool:
        step = self.problem.bank.slot_minutes
        first = max(one.start, away[0]) // step * step
        last = min(one.end, away[1])
        slots = (s for s in range(first, last, step) if one.start <= s and s + step <= one.end)
        return all(self._spare.get((one.business_date, s, one.post_code), 0) > 0 for s in slots)


def _number(person: Person) -> str:
    return person.staff_no


def _identity(breach: Breach) -> tuple[str, ...]:
    return (breach.rule_class, breach.rule_code, breach.staff_no, str(breach.business_date), str(breach.start))
