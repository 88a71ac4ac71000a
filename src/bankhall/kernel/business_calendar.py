"""Kinds of day: workday, weekend, holiday, make-up workday 调休上班日, and named markers such as payday.

The table is data with its source. A date that the table does not know is *assumed* from its weekday, and says so: that
never stops a forecast, it stops publishing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bankhall.kernel.bilingual import Bilingual

DayKind = Literal["workday", "weekend", "holiday", "makeup_workday"]
DAY_KINDS: tuple[DayKind, ...] = get_args(DayKind)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One date's kind and markers, for a region or (empty region) for all."""

    date: date
    kind: DayKind
    name: Bilingual = Bilingual()
    markers: tuple[str, ...] = ()
    region_code: str = ""
    source: str = ""
    assumed: bool = False


class BusinessCalendar:
    """Looks a date up: the region's own row first, then everybody's, then the weekday's assumption."""

    def __init__(self, days: Iterable[CalendarDay]) -> None:
        self._days = {(day.region_code, day.date): day for day in days}

    def day(self, when: date, region_code: str = "") -> CalendarDay:
        """What the calendar says of a date."""
        known = self._days.get((region_code, when)) or self._days.get(("", when))
        return known or CalendarDay(when, "weekend" if when.isoweekday() > 5 else "workday", assumed=True)

    def knows_year(self, year: int, region_code: str = "") -> bool:
        """A year is known when the table says what its first day is.

        A whole year has that row, and so has a list of exceptions alone: the first of January is a holiday in nearly
        every country. A single date set by hand does not make a year known.
        """
        return not self.day(date(year, 1, 1), region_code).assumed

    def all_days(self) -> tuple[CalendarDay, ...]:
        """Every row, by date."""
        return tuple(sorted(self._days.values(), key=lambda day: (day.date, day.region_code)))
