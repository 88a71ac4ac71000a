"""Days with a name of their own (payday, pension day, quarter end): rules that a bank sets for its city."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bankhall.kernel.business_calendar import CalendarDay

Shift = Literal["none", "before", "after"]
EVERY_MONTH = tuple(range(1, 13))
MARKERS_SOURCE = "markers: Bankhall's defaults, to be set by the bank"


@dataclass(frozen=True, slots=True)
class MarkerRule:
    """A marker on days of the month (-1 is the last), in some months; on a day off it may move to a workday."""

    marker: str
    days: tuple[int, ...]
    months: tuple[int, ...] = EVERY_MONTH
    shift: Shift = "none"


# Cities differ: these are a start, edited in the calendar. Tax is declared by the 15th, later when that is a day off.
DEFAULT_MARKERS = (
    MarkerRule("payday", (10,), shift="before"),
    MarkerRule("pension_day", (1,)),
    MarkerRule("quarter_end", (-1,), (3, 6, 9, 12)),
    MarkerRule("tax_deadline", (15,), shift="after"),
)


def with_markers(days: Sequence[CalendarDay], rules: Iterable[MarkerRule]) -> tuple[CalendarDay, ...]:
    """The days with the rules' markers added. A shifted marker that would leave the given days stays where it is."""
    by_date = {day.date: day for day in days}
    marked: dict[date, list[str]] = {}
    for rule in rules:
        for day in days:
            if day.date.month in rule.months and _of_month(day.date) & set(rule.days):
                marked.setdefault(_shifted(day, rule.shift, by_date.get), []).append(rule.marker)
    return tuple(_marked(day, marked[day.date]) if day.date in marked else day for day in days)


def _marked(day: CalendarDay, markers: Sequence[str]) -> CalendarDay:
    """The kind of day has its own source; that of the markers stands beside it."""
    source = "; ".join(filter(None, (day.source, MARKERS_SOURCE)))
    return replace(day, markers=_joined(day, markers), source=source)


def _of_month(day: date) -> set[int]:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return {day.day, day.day - 1 - (following - timedelta(days=1)).day}


def _joined(day: CalendarDay, more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*day.markers, *more)))


def _shifted(day: CalendarDay, shift: Shift, find: Callable[[date], CalendarDay | None]) -> date:
    step = {"none": 0, "before": -1, "after": 1}[shift]
    there: CalendarDay | None = day
    while step and there is not None and there.kind not in ("workday", "makeup_workday"):
        there = find(there.date + timedelta(days=step))
    return there.date if there else day.date
