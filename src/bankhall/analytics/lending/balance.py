"""Surplus and shortage of a branch's roster: people standing less people needed, by slot, post and part of the day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bankhall.analytics.rostering.spans import Span, union
from bankhall.kernel.bank.roster import Assignment, Requirement

NOON = 720
"""Where the morning ends and the afternoon begins."""


@dataclass(frozen=True, slots=True)
class SlotBalance:
    """People of a post in a slot: needed, and standing there (those lent to this branch too)."""

    business_date: date
    slot_start: int
    post_code: str
    needed: int
    standing: int

    @property
    def short(self) -> int:
        """People missing."""
        return max(0, self.needed - self.standing)

    @property
    def spare(self) -> int:
        """People more than needed."""
        return max(0, self.standing - self.needed)


@dataclass(frozen=True, slots=True)
class PartBalance:
    """A post's half hours short and spare in one part of a date, with the slots that they are."""

    business_date: date
    post_code: str
    part: str
    short_slots: tuple[int, ...]
    spare_slots: tuple[int, ...]


def slot_balances(
    branch_code: str, required: Iterable[Requirement], assignments: Iterable[Assignment], slot_minutes: int
) -> tuple[SlotBalance, ...]:
    """One row for each slot and post in which somebody is needed or stands, by date, slot and post."""
    standing = standing_people(branch_code, assignments, slot_minutes)
    needed = {(r.business_date, r.slot_start, r.post_code): r.people for r in required}
    return tuple(
        SlotBalance(day, slot, post, needed.get((day, slot, post), 0), standing[(day, slot, post)])
        for day, slot, post in sorted({*needed, *standing})
    )


def standing_people(
    branch_code: str, assignments: Iterable[Assignment], slot_minutes: int
) -> Counter[tuple[date, int, str]]:
    """Who covers a slot holds the post, at a window or in the hall, for the whole of it."""
    spans: dict[tuple[str, date, str], list[Span]] = defaultdict(list)
    for one in assignments:
        if one.kind in ("window", "post") and (one.at_branch_code or one.branch_code) == branch_code:
            spans[(one.staff_no, one.business_date, one.post_code)].append((one.start, one.end))
    people: Counter[tuple[date, int, str]] = Counter()
    for (_, day, post), held in spans.items():
        for start, end in union(held):
            first = -(-start // slot_minutes) * slot_minutes
            people.update((day, slot, post) for slot in range(first, end - slot_minutes + 1, slot_minutes))
    return people


def part_balances(rows: Iterable[SlotBalance]) -> tuple[PartBalance, ...]:
    """The same by morning and afternoon; a slot in which two are short stands there twice."""
    grouped: dict[tuple[date, str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for row in rows:
        part = "morning" if row.slot_start < NOON else "afternoon"
        short, spare = grouped[(row.business_date, row.post_code, part)]
        short += [row.slot_start] * row.short
        spare += [row.slot_start] * row.spare
    ordered = sorted(grouped.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] != "morning"))
    return tuple(
        PartBalance(day, post, part, tuple(short), tuple(spare))
        for (day, post, part), (short, spare) in ordered
        if short or spare
    )
