"""Times of day as minutes from local midnight, and the slots of a day.

A slot is half open: with 30 minutes, 09:00-09:30 is slot 18. Days on which clocks change are shorter or longer than
1,440 minutes, so the number of slots is asked for, never assumed.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bankhall.kernel.errors import BadInput

MINUTES_A_DAY = 1440


def parse_minutes(text: str) -> int:
    """`09:00` -> 540; `24:00` is allowed as an end."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise BadInput("time_unreadable", text=text)
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > MINUTES_A_DAY:
        raise BadInput("time_unreadable", text=text)
    return total


def format_minutes(minutes: int) -> str:
    """540 -> `09:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def slot_of(minute: int, slot_minutes: int = 30) -> int:
    """The slot that holds a minute of the day."""
    return minute // slot_minutes


def slots_in_day(day: date, zone: str, slot_minutes: int = 30) -> int:
    """48 on an ordinary day with half hours, 46 or 50 when clocks change by an hour."""
    where = ZoneInfo(zone)
    start = datetime.combine(day, time(), where)
    end = datetime.combine(day + timedelta(days=1), time(), where)
    return int((end.timestamp() - start.timestamp()) // (slot_minutes * 60))


def overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Minutes that two half-open spans share; 0 when they only touch."""
    return max(0, min(end, other_end) - max(start, other_start))
