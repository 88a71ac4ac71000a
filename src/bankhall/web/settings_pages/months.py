"""A year as twelve small months: weeks from Monday, each day with its kind."""

from calendar import Calendar
from dataclasses import dataclass

from bankhall.apps.network.queries import CalendarYear
from bankhall.wording.figures import MONTHS, WEEKDAYS, side

SHAPES = {"holiday": "is-holiday", "makeup_workday": "is-makeup", "weekend": "is-weekend"}


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a month; number 0 is a gap."""

    number: int
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month."""

    name: str
    head: tuple[str, ...]
    weeks: tuple[tuple[DayCell, ...], ...]


def months_of(year: CalendarYear, language: str) -> tuple[Month, ...]:
    """Twelve months; a year that is not loaded shows its weekdays only."""
    known = {day.date: day for day in year.days if not day.region_code}
    head = tuple(name[-1] if side(language) == "zh" else name[0] for name in WEEKDAYS[side(language)])
    found = []
    for month in range(1, 13):
        weeks = []
        for week in Calendar().monthdatescalendar(year.year, month):
            cells = []
            for day in week:
                row = known.get(day)
                css = SHAPES.get(row.kind, "") if row else "is-weekend" if day.isoweekday() > 5 else ""
                mark = " is-marked" if row and row.markers else ""
                title = row.name.read(language) if row else ""
                cells.append(DayCell(day.day, css + mark, title) if day.month == month else DayCell(0, "", ""))
            weeks.append(tuple(cells))
        name = f"{month} 月" if side(language) == "zh" else MONTHS[month - 1]
        found.append(Month(name, head, tuple(weeks)))
    return tuple(found)
