"""The world's calendar: mainland China's days with the paydays, pension days and tax deadlines of an invented city."""

from datetime import date, timedelta

from bankhall.kernel.business_calendar import CalendarDay

PENSION_DAY, PAYDAY, TAX_DEADLINE = 1, 10, 15


def world_calendar(first: date, last: date) -> tuple[CalendarDay, ...]:
    """Every date of the years between, as far as the published holidays reach; later years are left out."""
    days: list[CalendarDay] = []
    for year in range(first.year, last.year + 1):
        days += _year(year)
    return tuple(days)


def _year(year: int) -> list[CalendarDay]:
    """The days of one year, or none when the holidays of that year are not published yet."""
    from bankhall.data.calendars import china_days
    from bankhall.kernel.errors import BadInput

    try:
        known = china_days([year], markers=())
    except BadInput:
        return []
    return [
        CalendarDay(day.date, day.kind, day.name, markers_of(day.date), day.region_code, day.source) for day in known
    ]


def markers_of(day: date) -> tuple[str, ...]:
    """Paydays, pension days, tax deadlines and quarter ends by the date alone."""
    marks = {PENSION_DAY: "pension_day", PAYDAY: "payday", TAX_DEADLINE: "tax_deadline"}
    found = (marks[day.day],) if day.day in marks else ()
    return (*found, "quarter_end") if day.month % 3 == 0 and (day + timedelta(days=1)).day == 1 else found
