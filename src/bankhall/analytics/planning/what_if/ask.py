"""Answers a what-if: the difference beside the plan, the same customers on both sides. Same question, same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.planning.halls import manned_services
from bankhall.analytics.planning.plan import roster_problem
from bankhall.analytics.planning.question import Effort, PlanNote, PlanQuestion, Progress
from bankhall.analytics.planning.requirement import Arrivals, day_requirement, expected_arrivals, week_requirement
from bankhall.analytics.planning.what_if.answer import Difference, WhatIfAnswer
from bankhall.analytics.planning.what_if.changes import (
    Change,
    Demand,
    Hours,
    Ill,
    Moved,
    Promised,
    check_windows,
    checked,
)
from bankhall.analytics.planning.what_if.demand import Counts, changed_counts
from bankhall.analytics.planning.what_if.measuring import drawn_days, side_hours, simulated
from bankhall.analytics.planning.what_if.opening import moved_counts
from bankhall.analytics.planning.what_if.sides import Side, dates_of, under
from bankhall.analytics.planning.what_if.tally import differences, tally
from bankhall.analytics.planning.what_if.windows import Extra, extra_fen, extra_minutes, extras, more_windows, raised
from bankhall.analytics.rostering.around import MOVES_A_DATE, solve_around
from bankhall.analytics.rostering.compare import compare
from bankhall.kernel.bank.roster import Assignment


def _silent(share: float, step: str) -> None:
    pass


FEW_DATES = 2
MANY = Effort(requirement_days=60, proof_days=150)
"""For a question about the whole week: each date tells less, the week as much."""


def _effort(effort: Effort, dates: tuple[date, ...]) -> Effort:
    if len(dates) <= FEW_DATES:
        return effort
    days = min(effort.requirement_days, MANY.requirement_days), min(effort.proof_days, MANY.proof_days)
    return replace(effort, requirement_days=days[0], proof_days=days[1])


@dataclass(frozen=True, slots=True)
class _Case:
    """One question being answered."""

    changes: tuple[Change, ...]
    dates: tuple[date, ...]
    now: Side
    then: Side
    extra: tuple[Extra, ...] = ()


def what_if(
    question: PlanQuestion, standing: Iterable[Assignment], changes: Iterable[Change], progress: Progress = _silent
) -> WhatIfAnswer:
    """The answer to one or several changes at once. `question.effort` says how many days are simulated."""
    asked = checked(changes)
    check_windows(asked, question.bank)
    progress(0.0, "requirement")
    dates = dates_of(question, asked)
    question = replace(question, effort=_effort(question.effort, dates))
    required = question.required or week_requirement(question).rows
    now = Side(replace(question, required=required), tuple(standing))
    then, notes = under(now, asked)
    case = _Case(asked, dates, now, then)
    case = replace(case, then=_required_then(case))
    progress(0.4, "roster")
    unmoved = _differences(case) if any(isinstance(change, Ill) for change in asked) else ()
    case = _with_roster(case)
    progress(0.7, "proof")
    found = _differences(case)
    progress(1.0, "done")
    return replace(_answer(case, found, notes), unmoved=unmoved)


def _required_then(case: _Case) -> Side:
    """The other side with what it requires: found anew on the touched dates, where the question changes it."""
    then, question = case.then, case.then.question
    if not any(isinstance(change, Demand | Moved | Hours | Promised) for change in case.changes):
        return then
    rows = [row for row in question.required if row.business_date not in case.dates]
    for day in case.dates:
        index = question.week.days().index(day)
        hours = side_hours(then, day)
        drawn = _days_then(case, day, expected_arrivals(case.now.question, index, side_hours(case.now, day)).days)
        rows += day_requirement(question, hours, Arrivals(drawn.mean(axis=0), drawn)).rows
    return replace(then, question=replace(question, required=tuple(rows)))


def _days_then(case: _Case, day: date, counts: Counts) -> Counts:
    """The drawn days of the plan as the question has them."""
    question = case.now.question
    rng = stream(question.seed, question.branch_code, str(question.week), "what if", day.toordinal())
    codes = tuple(service.service_code for service in manned_services(question.bank))
    changed = changed_counts(counts, codes, day, case.changes, rng)
    if not any(isinstance(change, Hours) for change in case.changes):
        return changed
    return moved_counts(changed, side_hours(case.now, day), side_hours(case.then, day), rng)


def _with_roster(case: _Case) -> _Case:
    """The roster solved again around what stands, where the question moves people; and who would have to be found."""
    if not _solves(case.changes):
        return case
    question = case.then.question
    required = raised(question.required, case.now, case.changes)
    problem = roster_problem(question, required)
    rows = solve_around(problem, case.then.assignments, set(case.dates), seed=question.seed, moves=MOVES_A_DATE)
    then = replace(case.then, assignments=rows)
    return replace(case, then=then, extra=extras(case.now, then, case.changes))


def _solves(changes: tuple[Change, ...]) -> bool:
    """More customers are met by the roster as it stands, and closed windows are what was asked for; the others move
    people."""
    return bool(more_windows(changes)) or any(isinstance(change, Ill | Hours | Promised) for change in changes)


def _differences(case: _Case) -> tuple[Difference, ...]:
    now, then = [], []
    for day in case.dates:
        counts = drawn_days(case.now, day)
        spans = tuple(one.span for one in case.extra if one.day == day)
        now.append(simulated(case.now, day, counts))
        then.append(simulated(case.then, day, _days_then(case, day, counts), spans))
    return differences(tally(now), tally(then), now[0].hall.codes(), case.now.question.effort.proof_days)


def _answer(case: _Case, found: tuple[Difference, ...], notes: tuple[PlanNote, ...]) -> WhatIfAnswer:
    question = case.then.question
    was, problem = (roster_problem(q, q.required) for q in (case.now.question, question))
    roster = compare(problem, case.now.assignments, case.then.assignments, was=was)
    outside = extra_minutes(case.extra)
    if outside:
        notes = (*notes, PlanNote("extra_people", {"minutes": outside}))
    then = replace(
        roster.after,
        cost_fen=roster.after.cost_fen + extra_fen(case.then, case.extra),
        work_minutes=roster.after.work_minutes + outside,
    )
    return WhatIfAnswer(
        dates=case.dates,
        replications=question.effort.proof_days,
        differences=found,
        now=roster.before,
        then=then,
        extra_minutes=outside,
        roster=roster,
        assignments=case.then.assignments,
        notes=notes,
    )
