"""Was the plan kept, was the promise kept, and which of the two was at fault: half hour by half hour.

A half hour keeps its plan when no more than a third of a person fewer stood at windows than were planned. It keeps the
promise when the share of its arrivals that was promised waited no longer than promised; below five arrivals nobody can
say. A line outlives its half hour: a broken promise is attendance's fault when the plan was not kept in it or in the
one before, the plan's when it was; both when the plan was not kept and had asked for fewer people than were needed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bankhall.analytics.rostering.spans import Span, common, length, union

TOLERANCE = 0.334
"""A third of a person, as figures are kept to thousandths."""
FEW_ARRIVALS = 5
FEW_HALF_HOURS = 20
"""Judged half hours below which a stretch of days says nothing."""
FEW_BROKEN = 5
"""Broken promises below which nobody can say whose fault they mostly were."""
Fault = Literal["", "plan", "attendance", "both", "unknown"]


@dataclass(frozen=True, slots=True)
class SlotAttended:
    """One half hour. People are means over it; `planned`, `stood` and `needed` are those at windows, `came` everybody
    there. `arrivals` that came beside `expected` with its range; `judged` arrivals of which `kept` got what was
    promised to the share `share`. None is not known."""

    start: int
    planned: float
    stood: float | None = None
    came: float | None = None
    needed: int | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    arrivals: int = 0
    judged: int = 0
    kept: int = 0
    share: float | None = None

    @property
    def plan_kept(self) -> bool | None:
        """Whether as many stood at windows as were planned; None where that was not recorded."""
        return None if self.stood is None else self.planned - self.stood <= TOLERANCE

    @property
    def promise_kept(self) -> bool | None:
        """Whether the promise was kept; None where too few came to say, or nothing was promised."""
        if self.share is None or self.judged < FEW_ARRIVALS:
            return None
        return self.kept >= self.share * self.judged

    @property
    def more_than_expected(self) -> bool:
        """More came than nine days in ten."""
        return self.high is not None and self.arrivals > self.high


@dataclass(frozen=True, slots=True)
class DayAttended:
    """One open date of a branch."""

    day: date
    slots: tuple[SlotAttended, ...]

    def faults(self) -> tuple[Fault, ...]:
        """Of each half hour: who is at fault for its broken promise; empty where it was kept or cannot be judged."""
        before: tuple[SlotAttended | None, ...] = (None, *self.slots[:-1])
        return tuple(_fault(slot, last) for slot, last in zip(self.slots, before, strict=True))


def _fault(slot: SlotAttended, before: SlotAttended | None) -> Fault:
    if slot.promise_kept is not False:
        return ""
    here = [one for one in (before, slot) if one is not None]
    if any(one.plan_kept is False for one in here):
        asked_too_few = any(one.needed is not None and one.planned + TOLERANCE < one.needed for one in here)
        return "both" if asked_too_few else "attendance"
    return "plan" if slot.plan_kept else "unknown"


@dataclass(frozen=True, slots=True)
class AttendanceAccount:
    """Half hours of some days: judged for the promise and broken, recorded for the plan and broken, faults, and those
    at the plan's fault in which more came than nine days in ten."""

    days: int
    judged: int
    promise_broken: int
    recorded: int
    plan_broken: int
    plan: int
    attendance: int
    both: int
    unknown: int
    unexpected: int

    @property
    def verdict(self) -> str:
        """`too_few`, `kept`, `seldom` broken, or whose fault most are (`plan`, `attendance`, `both`, `unknown`)."""
        if self.judged < FEW_HALF_HOURS:
            return "too_few"
        if not self.promise_broken:
            return "kept"
        if self.promise_broken < FEW_BROKEN:
            return "seldom"
        return max(("plan", "attendance", "both", "unknown"), key=lambda name: int(getattr(self, name)))


def account_of(days: Iterable[DayAttended]) -> AttendanceAccount:
    """The days put together."""
    known = tuple(days)
    slots = [slot for day in known for slot in day.slots]
    faults = [(slot, fault) for day in known for slot, fault in zip(day.slots, day.faults(), strict=True)]
    by = Counter(fault for _, fault in faults)
    return AttendanceAccount(
        days=len(known), judged=sum(slot.promise_kept is not None for slot in slots),
        promise_broken=sum(slot.promise_kept is False for slot in slots),
        recorded=sum(slot.plan_kept is not None for slot in slots),
        plan_broken=sum(slot.plan_kept is False for slot in slots),
        plan=by["plan"], attendance=by["attendance"], both=by["both"], unknown=by["unknown"],
        unexpected=sum(fault == "plan" and slot.more_than_expected for slot, fault in faults),
    )  # fmt: skip


def people_by_slot(spans: Mapping[str, Iterable[Span]], starts: Iterable[int], slot_minutes: int) -> dict[int, float]:
    """Mean number of people there in each slot, from the spans of each; a person who overlaps himself counts once."""
    merged = [union(own) for own in spans.values()]
    return {
        start: sum(length(common(own, (start, start + slot_minutes))) for own in merged) / slot_minutes
        for start in starts
    }
