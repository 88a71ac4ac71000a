"""Edits by hand as pure functions: each gives the new assignments with their breaches and cost, and changes nothing.

A stretch that grows or arrives over others of the same person trims them; nothing else moves. Locked stretches refuse.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.problem import Cost, RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import outside
from bankhall.kernel.bank.roster import Assignment, AssignmentKind
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Edited:
    """A roster after an edit, and what the rules and the price list say of it."""

    assignments: tuple[Assignment, ...]
    breaches: tuple[Breach, ...]
    cost: Cost


def move(
    problem: RosterProblem,
    assignments: Iterable[Assignment],
    which: Assignment,
    *,
    start: int | None = None,
    end: int | None = None,
    business_date: date | None = None,
    staff_no: str | None = None,
) -> Edited:
    """A stretch at other times, on another date, or with another person. Not given = as it was."""
    new = replace(
        which,
        start=which.start if start is None else start,
        end=which.end if end is None else end,
        business_date=business_date or which.business_date,
        staff_no=staff_no or which.staff_no,
    )
    return _judge(problem, _over(_without(assignments, which), new))


def retype(
    problem: RosterProblem,
    assignments: Iterable[Assignment],
    which: Assignment,
    *,
    kind: AssignmentKind,
    code: str = "",
    post_code: str = "",
) -> Edited:
    """A stretch made a window, a post, a duty or a break."""
    new = replace(which, kind=kind, code=code, post_code=post_code)
    return _judge(problem, _over(_without(assignments, which), new))


def swap(
    problem: RosterProblem, assignments: Iterable[Assignment], staff_no: str, other_no: str, *, day: date
) -> Edited:
    """Two people change a date's work; refused where any of it is locked."""
    names = {staff_no: other_no, other_no: staff_no}
    rows = [_unlocked(row) if row.business_date == day and row.staff_no in names else row for row in assignments]
    swapped = (
        replace(row, staff_no=names[row.staff_no]) if row.business_date == day and row.staff_no in names else row
        for row in rows
    )
    return _judge(problem, swapped)


def lock(
    problem: RosterProblem, assignments: Iterable[Assignment], which: Assignment, *, locked: bool = True
) -> Edited:
    """A stretch that the next search must keep, or one that it may change again."""
    rest = [row for row in _known(assignments, which) if row != which]
    return _judge(problem, [*rest, replace(which, locked=locked)])


def remove(problem: RosterProblem, assignments: Iterable[Assignment], which: Assignment) -> Edited:
    """The roster without a stretch."""
    return _judge(problem, _without(assignments, which))


def add(problem: RosterProblem, assignments: Iterable[Assignment], new: Assignment) -> Edited:
    """The roster with a new stretch."""
    return _judge(problem, _over(tuple(assignments), new))


def _known(assignments: Iterable[Assignment], which: Assignment) -> tuple[Assignment, ...]:
    rows = tuple(assignments)
    if which not in rows:
        raise NotFound("assignment_unknown", staff_no=which.staff_no, business_date=which.business_date.isoformat())
    return rows


def _unlocked(row: Assignment) -> Assignment:
    if row.locked:
        raise Refused("assignment_locked", staff_no=row.staff_no, business_date=row.business_date.isoformat())
    return row


def _without(assignments: Iterable[Assignment], which: Assignment) -> tuple[Assignment, ...]:
    rows = _known(assignments, which)
    _unlocked(which)
    return tuple(row for row in rows if row != which)


def _over(rows: tuple[Assignment, ...], new: Assignment) -> list[Assignment]:
    """The rows with a new one laid over what the same person does then."""
    if new.start >= new.end:
        raise Refused("span_empty", start=new.start, end=new.end)
    kept: list[Assignment] = []
    for row in rows:
        same = (row.staff_no, row.business_date) == (new.staff_no, new.business_date)
        if same and row.start < new.end and new.start < row.end:
            _unlocked(row)
            parts = outside((row.start, row.end), [(new.start, new.end)])
            kept += [replace(row, start=start, end=end) for start, end in parts]
        else:
            kept.append(row)
    return [*kept, new]


def _judge(problem: RosterProblem, rows: Iterable[Assignment]) -> Edited:
    ordered = tuple(sorted(rows, key=lambda a: (a.business_date, a.staff_no, a.start, a.end, a.kind, a.code)))
    situation = Situation(problem)
    return Edited(ordered, tuple(breaches_of(situation, ordered)), roster_cost(situation, ordered))
