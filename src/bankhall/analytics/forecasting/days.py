"""The days of a branch: which dates, what kind, what is special, and when each service is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools
from bankhall.analytics.forecasting.marks import marks_of
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.bank.opening import open_spans
from bankhall.kernel.business_calendar import BusinessCalendar, DayKind

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Days:
    """Consecutive dates of one branch, closed ones too.

    `slots`: slot numbers from local midnight that the arrays' last axis stands for. `service_open`: bool
    [day, service, slot], True where a customer of the service can come. `opening_known` False: there were no opening
    hours, `service_open` is all True and history takes them from the counts. `assumed`: the calendar did not know the
    date.
    """

    branch_code: str
    dates: tuple[date, ...]
    kinds: tuple[DayKind, ...]
    marks: tuple[tuple[str, ...], ...]
    assumed: tuple[bool, ...]
    services: tuple[str, ...]
    slot_minutes: int
    slots: range
    service_open: Bools
    opening_known: bool = True

    @property
    def open(self) -> Bools:
        """Any service open: bool [day, slot]."""
        return np.asarray(self.service_open.any(axis=1))

    def between(self, first: int, last: int) -> "Days":
        """The days at positions first ≤ i < last."""
        cut = slice(first, last)
        return replace(
            self,
            dates=self.dates[cut],
            kinds=self.kinds[cut],
            marks=self.marks[cut],
            assumed=self.assumed[cut],
            service_open=self.service_open[cut],
        )


def days_between(
    first: date,
    last: date,
    *,
    branch_code: str,
    services: Sequence[Service],
    calendar: BusinessCalendar,
    opening: Iterable[OpeningSpan],
    region_code: str = "",
    slot_minutes: int = 30,
) -> Days:
    """The days first..last, both included, by calendar and opening hours. Services in the order given."""
    dates = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    known = tuple(calendar.day(when, region_code) for when in dates)
    rows = tuple(row for row in opening if row.branch_code in ("", branch_code))
    segments = tuple(service.segment for service in services)
    spans: list[dict[str, Spans]] = [
        {seg: open_spans(rows, branch_code, seg, day) for seg in dict.fromkeys(segments)} for day in known
    ]
    slots = _slot_range(spans, slot_minutes) if rows else range(1440 // slot_minutes)
    open_cells = np.ones((len(dates), len(services), len(slots)), dtype=np.bool_)
    if rows:
        for at, by_segment in enumerate(spans):
            cells = {seg: _open_slots(by_segment[seg], slots, slot_minutes) for seg in by_segment}
            for place, segment in enumerate(segments):
                open_cells[at, place] = cells[segment]
    return Days(
        branch_code=branch_code,
        dates=dates,
        kinds=tuple(day.kind for day in known),
        marks=tuple(marks_of(when, calendar, region_code) for when in dates),
        assumed=tuple(day.assumed for day in known),
        services=tuple(service.service_code for service in services),
        slot_minutes=slot_minutes,
        slots=slots,
        service_open=open_cells,
        opening_known=bool(rows),
    )


def _slot_range(spans: list[dict[str, Spans]], slot_minutes: int) -> range:
    edges = [edge for day in spans for parts in day.values() for edge in parts]
    if not edges:
        return range(0)
    first = min(start for start, _ in edges) // slot_minutes
    return range(first, -(-max(end for _, end in edges) // slot_minutes))


def _open_slots(spans: Spans, slots: range, slot_minutes: int) -> Bools:
    starts = np.arange(slots.start, slots.stop) * slot_minutes
    cells = np.zeros(len(slots), dtype=np.bool_)
    for start, end in spans:
        cells |= (starts < end) & (starts + slot_minutes > start)
    return cells
