"""One person more or less for good 定岗定编: weeks sampled over the year, each planned twice, with the same customers.

Every sampled week is forecast for its own season, its requirement found once, and its roster solved with the people of
today and with the changed ones. What the difference says of a year is its mean; how far weeks differ is its range.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from bankhall.analytics.chance.intervals import mean_interval
from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.analytics.planning.plan import roster_problem
from bankhall.analytics.planning.question import PlanNote, PlanQuestion, Progress
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.analytics.planning.what_if.answer import ForGoodAnswer, YearFigure
from bankhall.analytics.planning.what_if.changes import ForGood
from bankhall.analytics.planning.what_if.measuring import simulated_week
from bankhall.analytics.planning.what_if.sides import Side, open_dates
from bankhall.analytics.planning.what_if.tally import Tally, differences, tally
from bankhall.analytics.rostering.around import MOVES_A_DATE, solve_around
from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.costs import cost_of
from bankhall.analytics.rostering.question import ask
from bankhall.analytics.rostering.solve import Infeasible, search
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Certificate, Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput

LEVEL = 0.90
MEASURES = ("wait_p50", "wait_p90", "kept_share", "left_share")


@dataclass(frozen=True, slots=True)
class _Week:
    """One sampled week on one side."""

    figures: dict[str, float]
    tally: Tally


def with_people(bank: Bank, branch_code: str, change: ForGood) -> Bank:
    """The branch's records with so many people of the post more; fewer: those with the highest numbers go."""
    if change.post_code not in {post.post_code for post in bank.posts}:
        raise BadInput("what_if_unknown", kind=change.post_code)
    if change.people < 0:
        holders = sorted(p.staff_no for p in bank.staff if p.posts[:1] == (change.post_code,))
        gone = set(holders[change.people :])
        return replace(bank, staff=tuple(p for p in bank.staff if p.staff_no not in gone))
    names = [f"+{n}" for n in range(1, change.people + 1)]
    people = tuple(Person(name, name, branch_code, posts=(change.post_code,)) for name in names)
    codes = sorted({*_certificates(bank, change.post_code), *change.certificates})
    held = tuple(Certificate(name, code) for name in names for code in codes)
    return replace(bank, staff=(*bank.staff, *people), certificates=(*bank.certificates, *held))


def _certificates(bank: Bank, post_code: str) -> set[str]:
    """What the windows of the post ask for."""
    services = next((g.services for g in posts_with_windows(bank) if g.post.post_code == post_code), ())
    return {code for s in bank.services if s.service_code in services for code in s.certificates}


def for_good(weeks: Sequence[PlanQuestion], change: ForGood, progress: Progress) -> ForGoodAnswer:
    """The answer over the sampled weeks; the questions differ by week and forecast alone."""
    pairs: list[tuple[_Week, _Week]] = []
    missing = [0, 0]
    for nth, question in enumerate(weeks):
        progress(nth / len(weeks), "what_if_weeks")
        required = replace(question, required=week_requirement(question).rows)
        changed = replace(required, bank=with_people(question.bank, question.branch_code, change))
        now = _solved(required)
        then = _around(changed, now) if now else _solved(changed)
        missing[0] += now is None
        missing[1] += then is None
        if now is not None and then is not None:
            pairs.append((_week(required, now), _week(changed, then)))
    progress(1.0, "done")
    notes = (PlanNote("for_good_weeks", {"weeks": len(pairs), "sampled": len(weeks)}),)
    figures = tuple(_figures(pairs)) if pairs else ()
    mondays = tuple(question.week.first_day() for question in weeks)
    return ForGoodAnswer(mondays, missing[0], missing[1], figures, notes)


Rows = tuple[Assignment, ...]


def _solved(question: PlanQuestion) -> Rows | None:
    """The week's roster; None when none keeps law and control."""
    found = search(ask(roster_problem(question, question.required)), seed=question.seed, moves=question.effort.moves)
    return None if isinstance(found, Infeasible) else found


def _around(question: PlanQuestion, rows: Rows) -> Rows | None:
    """The roster of today with the changed people: searched from where it stands, so that luck tells no difference."""
    problem, here = roster_problem(question, question.required), {p.staff_no for p in question.bank.staff}
    kept = tuple(row for row in rows if row.staff_no in here)
    found = solve_around(problem, kept, set(open_dates(question)), seed=question.seed, moves=MOVES_A_DATE)
    lawful = all(breach.rule_class != "law_control" for breach in find_breaches(problem, found))
    return found if lawful else _solved(question)


def _week(question: PlanQuestion, found: Rows) -> _Week:
    """The week's figures, and its customers simulated."""
    cost = cost_of(roster_problem(question, question.required), found)
    worked = sum(row.end - row.start for row in found if row.kind != "break")
    counted = tally(simulated_week(Side(question, found), open_dates(question)))
    figures = {
        "unmet_half_hours": float(cost.unmet_half_hours),
        "cost_fen": float(cost.cost_fen),
        "work_minutes": float(worked),
    }
    return _Week(figures, counted)


def _figures(pairs: Iterable[tuple[_Week, _Week]]) -> Iterable[YearFigure]:
    rows: dict[str, list[tuple[float, float]]] = {}
    for now, then in pairs:
        days = int(now.tally.day.max(initial=0)) + 1
        for one in differences(now.tally, then.tally, (), days):
            if one.measure in MEASURES and one.now is not None and one.then is not None:
                rows.setdefault(one.measure, []).append((one.now, one.then))
        for name, value in now.figures.items():
            rows.setdefault(name, []).append((value, then.figures[name]))
    for name, values in rows.items():
        change = np.array([then - now for now, then in values])
        low, high = (float(value) for value in np.quantile(change, (0.1, 0.9)))
        mean = mean_interval(change, LEVEL)
        yield YearFigure(
            name, fmean(now for now, _ in values), fmean(then for _, then in values), mean.value, low, high,
            mean.low, mean.high,
        )  # fmt: skip
