"""A roster's week: ISO, Monday to Sunday, written `2026-W49`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bankhall.kernel.errors import BadInput

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
PAST_WEEKS = 13
"""A quarter of published rosters: what fairness and averages look back on."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week of an ISO year."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Week":
        """`2026-W49`; a week that the year does not have is refused."""
        match = _WEEK.fullmatch(text.strip())
        if not match:
            raise BadInput("week_unreadable", text=text)
        week = cls(int(match[1]), int(match[2]))
        try:
            week.first_day()
        except ValueError as error:
            raise BadInput("week_unreadable", text=text) from error
        return week

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that holds a day."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    def first_day(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    def days(self) -> tuple[date, ...]:
        """Its seven dates, Monday first."""
        monday = self.first_day()
        return tuple(monday + timedelta(days=n) for n in range(7))

    def plus(self, weeks: int) -> "Week":
        """The week so many weeks later (or earlier)."""
        return Week.of(self.first_day() + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"
