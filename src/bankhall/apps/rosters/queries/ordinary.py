"""What an ordinary day of a weekday brings, so that a special one can be seen against it."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

WEEKS = 8


def ordinary_day(branch_code: str, day: date, *, before: date, slot_minutes: int) -> dict[int, float]:
    """Mean arrivals by slot start (minutes) over the same weekdays of the eight weeks before; empty without records."""
    if not Path(settings.LAKE).is_dir():
        return {}
    from bankhall.data.lake import Lake
    from bankhall.data.queries import lake_source
    from bankhall.data.queries.arrivals import count_rows

    last = min(before, day) - timedelta(days=1)
    rows = count_rows(
        lake_source(Lake(Path(settings.LAKE))), branch_code=branch_code, first=last - timedelta(weeks=WEEKS),
        last=last, slot_minutes=slot_minutes,
    )  # fmt: skip
    same = [(when, slot, count) for _, when, slot, count in rows if when.isoweekday() == day.isoweekday()]
    days = len({when for when, _, _ in same})
    sums: dict[int, float] = {}
    for _, slot, count in same:
        sums[slot * slot_minutes] = sums.get(slot * slot_minutes, 0.0) + count
    return {start: total / days for start, total in sums.items()}
