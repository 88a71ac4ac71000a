"""Mainland China's days, holidays 法定节假日 and make-up workdays 调休上班日, by the State Council's yearly notices.

The package `chinesecalendar` holds the notices; next year's appears in November. A year that it does not know is an
error that says so: weekdays alone would be wrong on a tenth of the days.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bankhall.data.calendars.markers import DEFAULT_MARKERS, MarkerRule, with_markers
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay, DayKind
from bankhall.kernel.errors import BadInput


def china_years() -> tuple[int, ...]:
    """The years whose notices are known."""
    from chinese_calendar import constants

    return tuple(sorted({day.year for day in constants.holidays}))


def china_days(years: Iterable[int], markers: Sequence[MarkerRule] = DEFAULT_MARKERS) -> tuple[CalendarDay, ...]:
    """Every day of the years with its kind, name, markers and source. Raises BadInput for a year without a notice."""
    wanted = sorted(set(years))
    for year in wanted:
        if year not in china_years():
            raise BadInput("calendar_year_unknown", year=year)
    return with_markers([_day(day) for year in wanted for day in _dates(year)], markers)


def _dates(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _day(day: date) -> CalendarDay:
    from chinese_calendar import constants

    kind: DayKind = "weekend" if day.isoweekday() > 5 else "workday"
    name = constants.holidays.get(day) or constants.workdays.get(day)
    if day in constants.workdays:
        kind = "makeup_workday"
    elif day in constants.holidays:
        kind = "holiday"
    return CalendarDay(day, kind, _name(name, kind), source=_source(day.year))


def _name(english: str | None, kind: DayKind) -> Bilingual:
    from chinese_calendar import Holiday

    if english is None:
        return Bilingual()
    holiday = Bilingual(Holiday(english).chinese, english)
    if kind == "makeup_workday":
        return Bilingual(f"{holiday.zh}调休上班", f"make-up workday for {holiday.en}")
    return holiday


def _source(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"
