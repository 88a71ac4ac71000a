"""The year planned: as many of the due as can be placed, each close to a month before the due date, by CP-SAT.

Whoever is overdue comes as early as possible. Who cannot be placed is told with what stands in the way, week by week.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bankhall.analytics.rostering.year_problem import Due, Placed, YearProblem
from bankhall.kernel.week import Week

SLACK_WEEKS = 4
"""So many weeks before the due date is best: leave taken much earlier is due again earlier, later leaves no reserve."""
TICKS = 8.0
"""Deterministic time of the search; what is found by then stands."""
EACH = 10_000
"""Placing one more person outweighs any closeness."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Who found no week up to the due date: how many weeks each reason takes, and who are in the way."""

    due: Due
    weeks: Mapping[str, int] = field(default_factory=dict)
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The answer: new weeks (what was fixed is not repeated) and those who found none."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]


def plan_year(problem: YearProblem) -> YearPlan:
    """The best answer; the same one every time."""
    board = _Board(problem)
    open_dues = [due for due in problem.dues if (due.staff_no, due.kind) not in board.fixed_keys]
    free = {due: [w for w in board.weeks_of(due) if not board.hindrance(due.staff_no, w)] for due in open_dues}
    chosen = _search(problem, {due: weeks for due, weeks in free.items() if weeks})
    placed = tuple(Placed(due.staff_no, due.kind, chosen[due]) for due in open_dues if due in chosen)
    after = _Board(problem, placed)
    return YearPlan(placed, tuple(after.unplaced(due) for due in open_dues if due not in chosen))


def free_weeks(problem: YearProblem, staff_no: str) -> tuple[Week, ...]:
    """The weeks in which nothing stands in one person's way, `fixed` being what stands besides."""
    board = _Board(problem)
    return tuple(week for week in problem.weeks if board.hindrance(staff_no, week) is None)


def hindrance_of(problem: YearProblem, staff_no: str, week: Week) -> str:
    """The code of what stands in the way of one person's week; empty: nothing."""
    found = _Board(problem).hindrance(staff_no, week)
    return found[0] if found else ""


def collisions(problem: YearProblem, placed: tuple[Placed, ...]) -> tuple[tuple[Placed, Placed], ...]:
    """Pairs in one week that may not be: what never happens in an answer."""
    return tuple(
        (a, b)
        for n, a in enumerate(placed)
        for b in placed[n + 1 :]
        if a.week == b.week and (a.staff_no == b.staff_no or _key(a.staff_no, b.staff_no) in problem.apart)
    )


def _key(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


class _Board:
    """Who is away when: what is fixed, what is granted besides, and what is placed."""

    def __init__(self, problem: YearProblem, placed: tuple[Placed, ...] = ()) -> None:
        self.problem = problem
        self.fixed_keys = {(one.staff_no, one.kind) for one in problem.fixed}
        self.out: dict[Week, set[str]] = defaultdict(set)
        for one in (*problem.fixed, *placed):
            self.out[one.week].add(one.staff_no)
        for name, weeks in problem.away.items():
            for week in weeks:
                self.out[week].add(name)
        self.near: dict[str, set[str]] = defaultdict(set)
        for a, b in problem.apart:
            self.near[a].add(b)
            self.near[b].add(a)

    def weeks_of(self, due: Due) -> list[Week]:
        """Weeks that begin by the due date; every week for whom all are too late."""
        return [w for w in self.problem.weeks if w.first_day() <= due.due] or list(self.problem.weeks)

    def hindrance(self, staff_no: str, week: Week) -> tuple[str, tuple[str, ...]] | None:
        """What stands in the way of one week, and who; None: nothing."""
        out = self.out.get(week, set())
        if staff_no in out:
            return "away_anyway", ()
        if week in self.problem.barred:
            return self.problem.barred[week], ()
        if others := out & self.near.get(staff_no, set()):
            return "other_away", tuple(sorted(others))
        for group, most in self.problem.limits:
            if staff_no in group and len(group & out) >= most:
                return "post_full", tuple(sorted(group & out))
        return None

    def unplaced(self, due: Due) -> Unplaced:
        """Every week's hindrance, counted."""
        found = [self.hindrance(due.staff_no, week) or ("", ()) for week in self.weeks_of(due)]
        counted = Counter(code for code, _ in found if code)
        people = sorted({name for _, names in found for name in names})
        return Unplaced(due, dict(sorted(counted.items())), tuple(people))


def _search(problem: YearProblem, free: Mapping[Due, list[Week]]) -> dict[Due, Week]:
    """The weeks of as many as possible."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = {(due, week): model.new_bool_var("") for due, weeks in free.items() for week in weeks}
    for due, weeks in free.items():
        model.add_at_most_one(taken[due, week] for week in weeks)
    together = _together(problem)
    for week in problem.weeks:
        asked = [(due.staff_no, x) for (due, when), x in taken.items() if when == week]
        out = _others_out(problem, week)
        for people, most in together:
            there = [x for name, x in asked if name in people]
            room = most - len(people & out)
            if len(there) > room:
                model.add(sum(there) <= max(0, room))
    model.maximize(sum((EACH - _cost(problem, due, week)) * x for (due, week), x in taken.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 0
    solver.parameters.max_deterministic_time = TICKS
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    return {due: week for (due, week), x in taken.items() if solver.value(x)}


def _together(problem: YearProblem) -> list[tuple[frozenset[str], int]]:
    """Sets of people of whom so many may be away in one week: oneself once, pairs apart, groups of a post."""
    alone = [(frozenset([due.staff_no]), 1) for due in problem.dues]
    return [*dict.fromkeys(alone), *((frozenset(pair), 1) for pair in sorted(problem.apart)), *problem.limits]


def _others_out(problem: YearProblem, week: Week) -> frozenset[str]:
    fixed = {one.staff_no for one in problem.fixed if one.week == week}
    return frozenset(fixed | {name for name, weeks in problem.away.items() if week in weeks})


def _cost(problem: YearProblem, due: Due, week: Week) -> int:
    """Weeks away from the best one; for the overdue the weeks until it."""
    best = Week.of(due.due).plus(-SLACK_WEEKS).first_day()
    return abs((week.first_day() - max(best, problem.weeks[0].first_day())).days) // 7
