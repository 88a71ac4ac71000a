"""Breaks: after so long, for so long, between these times; and days torn in pieces."""

from collections.abc import Iterator

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, gaps
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.breach import Breach


def break_after(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work longer than `break_after` without a break of `break_minutes`.

    Where a break stands but is too short, the breach is of `break_minutes`. Facts: found (minutes of work), and for a
    short break `longest`.
    """
    most = situation.value("break_after", workday.day)
    least = situation.value("break_minutes", workday.day) or 0
    if most is None:
        return
    for stretch in _stretches(workday, least):
        worked = sum(end - start for start, end in stretch)
        if worked > most:
            yield _too_long(situation, workday, stretch, worked)


def _too_long(situation: Situation, workday: WorkDay, stretch: list[Span], worked: int) -> Breach:
    short = [end - start for start, end in gaps(tuple(stretch))]
    where = (workday.day, workday.staff_no, stretch[0][0], stretch[-1][1])
    day, staff_no, start, end = where
    if short:
        return situation.breach(
            "break_minutes", day=day, staff_no=staff_no, start=start, end=end, found=worked, longest=max(short)
        )
    return situation.breach("break_after", day=day, staff_no=staff_no, start=start, end=end, found=worked)


def _stretches(workday: WorkDay, least: int) -> Iterator[list[Span]]:
    """Spans of work between rests of at least so many minutes."""
    piece: list[Span] = []
    for span in workday.work:
        if piece and span[0] - piece[-1][1] >= max(least, 1):
            yield piece
            piece = []
        piece.append(span)
    if piece:
        yield piece


def break_outside(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A break that starts before `break_earliest` or ends after `break_latest` (minutes from local midnight)."""
    earliest = situation.value("break_earliest", workday.day)
    latest = situation.value("break_latest", workday.day)
    for stretch in workday.stretches:
        if stretch.kind != "break":
            continue
        where = {"day": workday.day, "staff_no": workday.staff_no, "start": stretch.start, "end": stretch.end}
        if earliest is not None and stretch.start < earliest:
            yield situation.breach("break_earliest", found=stretch.start, **where)  # type: ignore[arg-type]
        if latest is not None and stretch.end > latest:
            yield situation.breach("break_latest", found=stretch.end, **where)  # type: ignore[arg-type]


def split_shift(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """More than one gap longer than a break. Facts: found (gaps)."""
    if situation.value("split_shift", workday.day) is None:
        return
    longest = situation.value("break_minutes", workday.day) or 0
    found = sum(end - start > longest for start, end in gaps(workday.work))
    if found > 1:
        yield situation.breach("split_shift", day=workday.day, staff_no=workday.staff_no, found=found)
