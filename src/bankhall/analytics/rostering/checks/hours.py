"""Hours of work: overtime by day and month, the average over weeks, nursing hour, protected states.

Overtime of a day is its work beyond `hours_day`, and of the rest what lies beyond `hours_week` when the week is added
up from Monday. The part of one day alone binds the person-day; the rest needs the week.
"""

from collections.abc import Iterator
from datetime import date

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import common, length
from bankhall.analytics.rostering.timesheet import Timesheet, WorkDay, week_overtime
from bankhall.kernel.breach import Breach
from bankhall.kernel.minutes import MINUTES_A_DAY
from bankhall.kernel.week import Week

NIGHT = ((0, 360), (1320, MINUTES_A_DAY))
"""22:00 to 06:00."""


def daily_overtime(situation: Situation, workday: WorkDay) -> int:
    """Minutes beyond `hours_day`, 0 when the rule does not apply."""
    limit = situation.value("hours_day", workday.day)
    return max(0, workday.minutes - limit) if limit is not None else 0


def overtime_day(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work beyond `hours_day` above the value. Facts: found (minutes)."""
    limit = situation.value("overtime_day", workday.day)
    found = daily_overtime(situation, workday)
    if limit is not None and found > limit:
        yield situation.breach("overtime_day", day=workday.day, staff_no=workday.staff_no, found=found)


def overtime_day_by_week(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """The same where only the week's hours make it overtime."""
    for day, spent in zip(situation.days, week_overtime(situation, sheet, staff_no, situation.days), strict=True):
        limit = situation.value("overtime_day", day)
        if limit is not None and spent.daily <= limit < spent.minutes:
            yield situation.breach("overtime_day", day=day, staff_no=staff_no, found=spent.minutes)


def overtime_month(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """The month's balance plus overtime planned since above the value. Facts: found, balance."""
    planned = week_overtime(situation, sheet, staff_no, situation.days)
    for first in _months(situation.days):
        limit = situation.value("overtime_month", first)
        inside = [(d, o) for d, o in zip(situation.days, planned, strict=True) if _same_month(d, first) and o.minutes]
        if limit is None or not inside:
            continue
        balance = month_balance(situation, sheet, staff_no, first)
        found = balance + sum(spent.minutes for _, spent in inside)
        if found > limit:
            yield situation.breach("overtime_month", day=inside[-1][0], staff_no=staff_no, found=found, balance=balance)


def month_balance(situation: Situation, sheet: Timesheet, staff_no: str, first: date) -> int:
    """Overtime of a month before the planned week: the balance of its date, and what published rosters added since."""
    person = situation.people.get(staff_no)
    known_on = person.balances_on if person else None
    holds = person is not None and (known_on is None or _same_month(known_on, first))
    start = person.overtime_minutes_month if person is not None and holds else 0
    if holds and known_on is None:
        return start
    return start + sum(
        spent.minutes
        for week in sorted(sheet.weeks)
        for day, spent in zip(week.days(), week_overtime(situation, sheet, staff_no, week.days()), strict=True)
        if _same_month(day, first) and (known_on is None or day > known_on)
    )


def hours_week_average(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """Mean of the weeks that end with this one above the value. Facts: found (minutes), weeks."""
    limit = situation.week_value("hours_week_average")
    weeks = average_weeks(situation, sheet, staff_no)
    total = sum(sheet.minutes(staff_no, day) for week in weeks for day in week.days())
    planned = any(sheet.minutes(staff_no, day) for day in situation.days)
    if limit is not None and planned and total > limit * len(weeks):
        yield situation.breach(
            "hours_week_average",
            day=situation.days[-1],
            staff_no=staff_no,
            found=round(total / len(weeks)),
            weeks=len(weeks),
        )


def average_weeks(situation: Situation, sheet: Timesheet, staff_no: str) -> tuple[Week, ...]:
    """The weeks of the average: this one, and those before it in the period that have a roster of the branch.

    Weeks that ended before the person was employed have none for them.
    """
    this, period = situation.problem.week, situation.week_value("average_weeks") or 1
    person = situation.people.get(staff_no)
    since = (person.employed_from if person else None) or date.min
    before = (this.plus(-back) for back in range(1, period))
    return (this, *(week for week in before if week in sheet.weeks and week.days()[-1] >= since))


def nursing_minutes(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A day's work above `hours_day` less the value, while nursing. Facts: found, most."""
    value, day_limit = situation.value("nursing_minutes", workday.day), situation.value("hours_day", workday.day)
    if value is None or day_limit is None or "nursing" not in situation.protected(workday.staff_no, workday.day):
        return
    if workday.minutes > day_limit - value:
        yield situation.breach(
            "nursing_minutes",
            day=workday.day,
            staff_no=workday.staff_no,
            found=workday.minutes,
            most=day_limit - value,
        )


def may_not_overwork(situation: Situation, staff_no: str, day: date) -> bool:
    """Late pregnancy or a no-overtime state, where the rule applies."""
    states = situation.protected(staff_no, day)
    return (
        bool(states & {"late_pregnancy", "no_overtime"}) and situation.value("no_overtime_protected", day) is not None
    )


def no_overtime_protected(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Overtime of the day, or work at night, in a protected state. Facts: found, night (minutes)."""
    if not may_not_overwork(situation, workday.staff_no, workday.day):
        return
    night = sum(length(common(workday.work, span)) for span in NIGHT)
    found = daily_overtime(situation, workday)
    if found or night:
        yield situation.breach(
            "no_overtime_protected", day=workday.day, staff_no=workday.staff_no, found=found, night=night
        )


def no_overtime_protected_by_week(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """The same where only the week's hours make it overtime."""
    for day, spent in zip(situation.days, week_overtime(situation, sheet, staff_no, situation.days), strict=True):
        if spent.weekly and may_not_overwork(situation, staff_no, day):
            yield situation.breach("no_overtime_protected", day=day, staff_no=staff_no, found=spent.minutes, night=0)


def _months(days: tuple[date, ...]) -> list[date]:
    return sorted({day.replace(day=1) for day in days})


def _same_month(day: date, other: date) -> bool:
    return (day.year, day.month) == (other.year, other.month)
