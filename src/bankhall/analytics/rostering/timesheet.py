"""Assignments read as days of work: what a person did on a date, and the overtime in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, length, union
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.week import Week


@dataclass(frozen=True)
class WorkDay:
    """One person's stretches of one date, by start. Work is what is no break; minutes from local midnight."""

    staff_no: str
    day: date
    stretches: tuple[Assignment, ...]

    @cached_property
    def work(self) -> tuple[Span, ...]:
        """Merged spans of work."""
        return union((s.start, s.end) for s in self.stretches if s.kind != "break")

    @cached_property
    def minutes(self) -> int:
        """Minutes of work."""
        return length(self.work)

    @property
    def start(self) -> int:
        """First minute of work."""
        return self.work[0][0]

    @property
    def end(self) -> int:
        """End of work."""
        return self.work[-1][1]


class Timesheet:
    """Days of work of the week (`now`) and of the published weeks before (`past`), by person and date."""

    def __init__(self, situation: Situation, assignments: Iterable[Assignment]) -> None:
        week = set(situation.days)
        monday = situation.days[0]
        self.now = workdays(a for a in assignments if a.business_date in week)
        self.past = _past_of(situation, monday)
        self.weeks = frozenset(Week.of(day) for _, day in self.past)

    def minutes(self, staff_no: str, day: date) -> int:
        """Work on a date, 0 when there is none."""
        found = self.at(staff_no, day)
        return found.minutes if found else 0

    def at(self, staff_no: str, day: date) -> WorkDay | None:
        """The day of work, with some work in it, or None."""
        found = self.now.get((staff_no, day)) or self.past.get((staff_no, day))
        return found if found and found.minutes else None

    def people(self) -> tuple[str, ...]:
        """Everyone who stands in the week."""
        return tuple(sorted({staff_no for staff_no, _ in self.now}))


_PAST: "WeakKeyDictionary[Situation, dict[tuple[str, date], WorkDay]]" = WeakKeyDictionary()
"""The past is read once a situation: a search asks for many sheets of one."""


def _past_of(situation: Situation, monday: date) -> dict[tuple[str, date], WorkDay]:
    if situation not in _PAST:
        _PAST[situation] = workdays(a for a in situation.problem.past if a.business_date < monday)
    return _PAST[situation]


def workdays(assignments: Iterable[Assignment]) -> dict[tuple[str, date], WorkDay]:
    """Assignments grouped by person and date."""
    grouped: dict[tuple[str, date], list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        grouped[(assignment.staff_no, assignment.business_date)].append(assignment)
    return {key: WorkDay(*key, tuple(sorted(rows, key=_order))) for key, rows in sorted(grouped.items())}


def _order(assignment: Assignment) -> tuple[int, int, str, str]:
    return (assignment.start, assignment.end, assignment.kind, assignment.code)


@dataclass(frozen=True, slots=True)
class Overtime:
    """Minutes beyond `hours_day`, and of the rest those beyond `hours_week` added up from Monday."""

    daily: int
    weekly: int

    @property
    def minutes(self) -> int:
        """Both."""
        return self.daily + self.weekly


def overtime_of(minutes: Sequence[int], hours_day: int | None, hours_week: int | None) -> tuple[Overtime, ...]:
    """The overtime of each day of a week, given its minutes of work by date."""
    found, total = [], 0
    for worked in minutes:
        daily = max(0, worked - hours_day) if hours_day is not None else 0
        before = total
        total += worked - daily
        weekly = max(0, total - max(before, hours_week)) if hours_week is not None else 0
        found.append(Overtime(daily, weekly))
    return tuple(found)


def week_overtime(situation: Situation, sheet: Timesheet, staff_no: str, days: Sequence[date]) -> tuple[Overtime, ...]:
    """Overtime by date of a Monday-Sunday week, past or planned, under the rules of its Monday."""
    minutes = [sheet.minutes(staff_no, day) for day in days]
    return overtime_of(minutes, situation.value("hours_day", days[0]), situation.value("hours_week", days[0]))
