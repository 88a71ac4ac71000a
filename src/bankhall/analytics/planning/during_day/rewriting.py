"""One person's day rewritten: a break or a duty at another time, a window opened or given up for a while."""

from collections.abc import Iterable
from dataclasses import replace

from bankhall.analytics.rostering.spans import outside
from bankhall.kernel.bank.roster import Assignment

Rows = tuple[Assignment, ...]
STANDING = ("window", "post")


def moved(day: Rows, stretch: Assignment, start: int) -> Rows | None:
    """The person's day with a stretch at another start; where it lay, the neighbour on that side works on. None where
    that neighbour is no work at a window or post, or where another duty or break would be cut."""
    end, later = start + stretch.end - stretch.start, start > stretch.start
    beside = next((row for row in day if (row.end == stretch.start if later else row.start == stretch.end)), None)
    if beside is None or beside.kind not in STANDING:
        return None
    grown = replace(beside, end=start) if later else replace(beside, start=end)
    gap = (stretch.start, end) if later else (start, stretch.end)
    others = [row for row in day if row not in (stretch, beside)]
    cut = list(_without(others, gap))
    if grown.start >= grown.end or not _covered(others, stretch, start, end) or cut is None:
        return None
    if any(row.kind not in STANDING or row.locked for row in others if row.start < gap[1] and gap[0] < row.end):
        return None
    return tuple(sorted([*cut, grown, replace(stretch, start=start, end=end)], key=lambda row: row.start))


def _covered(others: Iterable[Assignment], stretch: Assignment, start: int, end: int) -> bool:
    """Whether the person works throughout the time to which the stretch moves."""
    inside = sum(max(0, min(row.end, end) - max(row.start, start)) for row in others)
    own = max(0, min(stretch.end, end) - max(stretch.start, start))
    return inside + own == end - start


def _without(rows: Iterable[Assignment], gap: tuple[int, int]) -> Iterable[Assignment]:
    for row in rows:
        for start, end in outside((row.start, row.end), [gap]):
            yield replace(row, start=start, end=end)


def reseated(day: Rows, stretch: Assignment, span: tuple[int, int], to: Assignment) -> Rows | None:
    """The person's day with `to` in place of a part of a stretch; None where the stretch does not cover the span."""
    if not stretch.start <= span[0] < span[1] <= stretch.end or stretch.locked:
        return None
    others = [row for row in day if row != stretch]
    kept = _without([stretch], span)
    placed = replace(to, start=span[0], end=span[1])
    return tuple(sorted([*others, *kept, placed], key=lambda row: row.start))
