"""Rest: days without work in a week, days of work in a row, minutes between two days' work."""

from collections.abc import Iterator
from datetime import date, timedelta

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import Timesheet
from bankhall.kernel.breach import Breach
from bankhall.kernel.minutes import MINUTES_A_DAY

ONE_DAY = timedelta(days=1)


def rest_days_in_seven(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """Fewer than the value of days without work from Monday to Sunday. Facts: found (days)."""
    least = situation.week_value("rest_days_in_seven")
    free = sum(sheet.at(staff_no, day) is None for day in situation.days)
    if least is not None and free < least:
        yield situation.breach("rest_days_in_seven", day=situation.days[-1], staff_no=staff_no, found=free)


def days_in_a_row(sheet: Timesheet, staff_no: str, day: date) -> int:
    """Days of work in a row that end with (and hold) a date; the weeks before count."""
    count = 0
    while sheet.at(staff_no, day - count * ONE_DAY):
        count += 1
    return count


def consecutive_days(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """More days of work in a row than the value, told once for each row, at its last date. Facts: found (days)."""
    for day in situation.days:
        most = situation.value("consecutive_days", day)
        ends = day == situation.days[-1] or sheet.at(staff_no, day + ONE_DAY) is None
        if most is not None and ends and (found := days_in_a_row(sheet, staff_no, day)) > most:
            yield situation.breach("consecutive_days", day=day, staff_no=staff_no, found=found)


def rest_between_shifts(situation: Situation, sheet: Timesheet, staff_no: str) -> Iterator[Breach]:
    """Fewer minutes between the end of one date's work and the start of the next date's. Facts: found (minutes)."""
    for day in situation.days:
        least = situation.value("rest_between_shifts", day)
        before, now = sheet.at(staff_no, day - ONE_DAY), sheet.at(staff_no, day)
        if least is None or before is None or now is None:
            continue
        found = MINUTES_A_DAY - before.end + now.start
        if found < least:
            yield situation.breach("rest_between_shifts", day=day, staff_no=staff_no, start=now.start, found=found)
