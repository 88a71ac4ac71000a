"""When a branch is open to customers, by segment: a date beats a kind of day, that beats a weekday."""

from collections.abc import Iterable

from bankhall.kernel.bank.branch import OpeningSpan, Segment
from bankhall.kernel.business_calendar import CalendarDay

Span = tuple[int, int]


def open_spans(hours: Iterable[OpeningSpan], branch_code: str, segment: Segment, day: CalendarDay) -> tuple[Span, ...]:
    """Half-open spans in minutes from local midnight, in order; empty = closed.

    A branch's own rows beat the rows of every branch. A make-up workday whose weekday has no rows opens as a Monday.
    """
    valid = [
        row
        for row in hours
        if row.segment == segment and row.branch_code in ("", branch_code) and row.validity.holds(day.date)
    ]
    own = [row for row in valid if row.branch_code == branch_code] or valid
    return _spans(_most_specific(own, day))


def open_at_all(hours: Iterable[OpeningSpan], branch_code: str, day: CalendarDay) -> tuple[Span, ...]:
    """The union of the segments' spans."""
    rows = tuple(hours)
    spans = [*open_spans(rows, branch_code, "personal", day), *open_spans(rows, branch_code, "corporate", day)]
    return _union(spans)


def _most_specific(rows: list[OpeningSpan], day: CalendarDay) -> list[OpeningSpan]:
    by_date = [row for row in rows if row.date == day.date]
    by_kind = [row for row in rows if row.date is None and row.day_kind == day.kind]
    plain = [row for row in rows if row.date is None and row.day_kind is None]
    by_weekday = [row for row in plain if row.weekday in (None, day.date.isoweekday())]
    if not by_weekday and day.kind == "makeup_workday":
        by_weekday = [row for row in plain if row.weekday == 1]
    return by_date or by_kind or by_weekday


def _spans(rows: list[OpeningSpan]) -> tuple[Span, ...]:
    return _union([(row.opens, row.closes) for row in rows if row.opens is not None and row.closes is not None])


def _union(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
