"""Other opening hours: the branch's rows for a date, and where the customers of closed half hours go.

Nobody is lost and nobody is won: customers of a closed half hour come in the next open one (after the last: in the
last), and one newly opened takes its part of the customers of the two that follow (at the end of the day: before it).
"""

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.planning.hours import DayHours, hours_on
from bankhall.analytics.planning.what_if.changes import Hours
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import OpeningSpan, Segment
from bankhall.kernel.bank.opening import Span
from bankhall.kernel.errors import BadInput

Counts = NDArray[np.int64]
SEGMENTS: tuple[Segment, ...] = ("personal", "corporate")
DONORS = 2


def with_hours(bank: Bank, branch_code: str, day: date, change: Hours) -> Bank:
    """The bank with the branch's opening of one date changed. A segment keeps its own times where it opens later or
    closes earlier than the branch."""
    now = hours_on(bank, branch_code, day)
    if not now.spans:
        return bank
    by_segment = {"personal": now.personal, "corporate": now.corporate}
    rows = [
        OpeningSpan(branch_code, segment, date=day, opens=start, closes=end)
        for segment in SEGMENTS
        for start, end in _spans(by_segment[segment], now.spans, change)
    ]
    if not rows:
        raise BadInput("what_if_never_open")
    shut = [
        OpeningSpan(branch_code, segment, date=day)
        for segment in SEGMENTS
        if not any(row.segment == segment for row in rows)
    ]
    kept = (row for row in bank.opening_hours if not (row.date == day and row.branch_code == branch_code))
    return replace(bank, opening_hours=(*kept, *rows, *shut))


def _spans(spans: tuple[Span, ...], whole: tuple[Span, ...], change: Hours) -> list[Span]:
    if not spans:
        return []
    first, last = spans[0][0], spans[-1][1]
    opens = change.opens if change.opens is not None and first == whole[0][0] else first
    closes = change.closes if change.closes is not None and last == whole[-1][1] else last
    edges = [(max(start, opens), min(end, closes)) for start, end in spans]
    edges[0] = (opens, edges[0][1])
    edges[-1] = (edges[-1][0], closes)
    return [part for span in edges for part in _around_lunch(span, change) if part[0] < part[1]]


def _around_lunch(span: Span, change: Hours) -> list[Span]:
    if change.lunch_from is None or change.lunch_until is None:
        return [span]
    return [(span[0], min(span[1], change.lunch_from)), (max(span[0], change.lunch_until), span[1])]


def moved_counts(counts: Counts, now: DayHours, then: DayHours, rng: np.random.Generator) -> Counts:
    """Counts [day, service, slot] of one opening as those of another: the same customers at other times."""
    slot = now.slot_minutes
    first = min(now.starts[0], then.starts[0])
    until = max(now.starts[-1], then.starts[-1]) + slot
    wide = np.zeros((*counts.shape[:2], (until - first) // slot), dtype=np.int64)
    at = (now.starts[0] - first) // slot
    wide[:, :, at : at + counts.shape[2]] = counts
    starts = range(first, until, slot)
    was, will = ([hours.open_in(start) for start in starts] for hours in (now, then))
    for place in range(len(starts)):
        if was[place] and not will[place]:
            wide[:, :, _nearest(place, will)] += wide[:, :, place]
            wide[:, :, place] = 0
    for run in _runs([new and not old for new, old in zip(will, was, strict=True)]):
        _fill(wide, run, will, rng)
    at = (then.starts[0] - first) // slot
    return np.ascontiguousarray(wide[:, :, at : at + len(then.starts)])


def _nearest(place: int, will: list[bool]) -> int:
    """The next open slot, else the last one."""
    later = [n for n in range(place + 1, len(will)) if will[n]]
    return later[0] if later else max(n for n in range(len(will)) if will[n])


def _runs(marks: list[bool]) -> list[range]:
    """Runs of marked places."""
    edges = np.flatnonzero(np.diff(np.array([False, *marks, False]).astype(int)))
    return [range(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _fill(wide: Counts, run: range, will: list[bool], rng: np.random.Generator) -> None:
    """Newly opened slots take even parts of their neighbours' customers."""
    after = [n for n in range(run.stop, len(will)) if will[n]][:DONORS]
    donors = after or [n for n in range(run.start) if will[n]][-DONORS:]
    share = len(run) / (len(run) + len(donors)) if donors else 0.0
    for donor in donors:
        leaving = rng.binomial(wide[:, :, donor], share)
        wide[:, :, donor] -= leaving
        for nth, place in enumerate(run):
            part = rng.binomial(leaving, 1 / (len(run) - nth))
            wide[:, :, place] += part
            leaving = leaving - part
