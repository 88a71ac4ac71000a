"""Saturdays and lunches shared fairly over the quarter, the published weeks before counted.

A lunch cover is a date on which a person works, without a break, all of 12:00-13:00 while the branch is open then.
Only people whom this week gives one more can be in breach: a roster cannot undo what was worked before.
"""

from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, outside
from bankhall.analytics.rostering.timesheet import Timesheet, WorkDay
from bankhall.kernel.breach import Breach

NOON: Span = (720, 780)
"""12:00 to 13:00."""


def is_saturday(_situation: Situation, workday: WorkDay) -> bool:
    """Work on a Saturday."""
    return workday.day.isoweekday() == 6 and workday.minutes > 0


def is_lunch_cover(situation: Situation, workday: WorkDay) -> bool:
    """Work through the noon hour while the branch is open."""
    return noon_is_open(situation, workday.day) and not outside(NOON, workday.work)


def is_late_closing(situation: Situation, workday: WorkDay) -> bool:
    """Work up to closing or past it."""
    opening = situation.open_spans(workday.day)
    return bool(opening and workday.minutes) and workday.end >= opening[-1][1]


def noon_is_open(situation: Situation, day: date) -> bool:
    """Whether the branch stays open through the noon hour."""
    return not outside(NOON, situation.open_spans(day))


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter."""
    return day.year, (day.month - 1) // 3


def fairness_people(situation: Situation) -> tuple[str, ...]:
    """Whose counts make the branch's median: home staff employed at the end of the week."""
    last = situation.days[-1]
    return tuple(
        p.staff_no
        for p in situation.people.values()
        if p.branch_code == situation.branch and situation.employed(p, last)
    )


def counts_of(
    situation: Situation,
    sheet: Timesheet,
    quarter: tuple[int, int],
    counted: Callable[[Situation, WorkDay], bool],
    *,
    with_week: bool = True,
) -> dict[str, int]:
    """How many such days everyone of the branch has in a quarter, up to the end of the week (or before it)."""
    counts = dict.fromkeys(fairness_people(situation), 0)
    for book in (sheet.past, sheet.now) if with_week else (sheet.past,):
        for (staff_no, day), workday in book.items():
            if staff_no in counts and quarter_of(day) == quarter and counted(situation, workday):
                counts[staff_no] += 1
    return counts


def saturdays_quarter(situation: Situation, sheet: Timesheet) -> Iterator[Breach]:
    """More Saturdays than the branch's median plus the value. Facts: found, median."""
    yield from _unfair(situation, sheet, "saturdays_quarter", is_saturday)


def lunches_quarter(situation: Situation, sheet: Timesheet) -> Iterator[Breach]:
    """More lunch covers than the branch's median plus the value. Facts: found, median."""
    yield from _unfair(situation, sheet, "lunches_quarter", is_lunch_cover)


def _unfair(
    situation: Situation, sheet: Timesheet, code: str, counted: Callable[[Situation, WorkDay], bool]
) -> Iterator[Breach]:
    for quarter in sorted({quarter_of(day) for day in situation.days}):
        days = [day for day in situation.days if quarter_of(day) == quarter]
        limit = situation.value(code, days[0])
        counts = counts_of(situation, sheet, quarter, counted) if limit is not None else {}
        middle = median(counts.values()) if counts else 0
        for staff_no, found in sorted(counts.items()):
            added = [d for d in days if (wd := sheet.now.get((staff_no, d))) and counted(situation, wd)]
            if added and limit is not None and found > middle + limit:
                yield situation.breach(code, day=added[-1], staff_no=staff_no, found=found, median=middle)
