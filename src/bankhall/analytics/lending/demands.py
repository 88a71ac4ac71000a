"""Shortages as places for helpers: by date, post and part of the day, one for each person missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from bankhall.analytics.lending.balance import NOON, SlotBalance
from bankhall.analytics.lending.problem import Demand, Part


def demands_of(
    branch_code: str, rows: Iterable[SlotBalance], slot_minutes: int, parts: tuple[Part, ...]
) -> tuple[Demand, ...]:
    """Places in the asked parts. A whole day wants something to do in both halves; spans reach from the first short
    slot to the last."""
    short: dict[tuple[date, str], dict[int, int]] = defaultdict(dict)
    for row in rows:
        if row.short:
            short[(row.business_date, row.post_code)][row.slot_start] = row.short
    return tuple(
        Demand(branch_code, day, post, part, layer, slots[0], slots[-1] + slot_minutes, slots)
        for (day, post), missing in sorted(short.items())
        for layer in range(max(missing.values()))
        for part in parts
        for slots in _slots([slot for slot, people in sorted(missing.items()) if people > layer], part)
    )


def part_of(start: int, end: int) -> Part:
    """What a span is called."""
    return "morning" if end <= NOON else "afternoon" if start >= NOON else "whole"


def _slots(slots: list[int], part: Part) -> Iterator[tuple[int, ...]]:
    morning, afternoon = [s for s in slots if s < NOON], [s for s in slots if s >= NOON]
    found = {"morning": morning, "afternoon": afternoon, "whole": slots if morning and afternoon else []}[part]
    if found:
        yield tuple(found)
