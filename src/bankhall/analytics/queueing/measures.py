"""The words of the answers, read off simulated days: per service, per slot, for the day and for the hall as a whole.

An arrival's time in line runs to the call, to the seen leaving, or to the call that found nobody. `kept_share` is over
all arrivals whatever became of them, `left_share` counts those who left, did not come when called, or went at the sight
of the line; `wait_…` counts only who was called and came. `value` is over all customers of all days, `low` and `high`
the 95 % interval of that, `p05` to `p95` the range over days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.intervals import BATCHES
from bankhall.analytics.queueing.outcomes import ABSENT, BALKED, LEFT, SERVED
from bankhall.analytics.queueing.segments import row_quantiles, row_spread_of_mean, sorted_quantiles
from bankhall.analytics.queueing.simulate import Records

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Measure = Literal[
    "arrivals", "served", "left_share", "wait_mean", "wait_p50", "wait_p90", "kept_share", "delay_probability"
]
MEASURES: tuple[Measure, ...] = get_args(Measure)
QUANTILES = {"wait_p50": 0.5, "wait_p90": 0.9}
RANGE = (0.05, 0.10, 0.90, 0.95)


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure with the interval of its value and its range over days; None = there was nobody to measure."""

    value: float | None
    low: float | None
    high: float | None
    p05: float | None
    p10: float | None
    p90: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """One service (empty = the whole hall) in one slot (None = the day)."""

    service_code: str
    slot: int | None
    start_minute: float | None
    measures: Mapping[str, Spread]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What is measured of each customer, on which of how many days. `by_wait` are the rows of those served, the
    shortest wait first, and `waits` their waits."""

    day: Ints
    days: int
    wait: Floats
    served: Bools
    left: Bools
    promised: Bools
    kept: Bools
    delayed: Bools
    by_wait: Ints
    waits: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """The rows in so many groups; `cell` is a row's group and day as one number."""

    rows: Rows
    group: Ints
    groups: int
    cell: Ints

    def by_day(self, what: Bools | None = None) -> Floats:
        """Customers [group, day], of all or of those for whom `what` holds."""
        return self.sum_by_day(self.cell if what is None else self.cell[what])

    def sum_by_day(self, cell: Ints, values: Floats | None = None) -> Floats:
        """Sums [group, day] of values; without them, numbers."""
        found = np.bincount(cell, values, self.groups * self.rows.days).reshape(self.groups, self.rows.days)
        return found.astype(np.float64)


def measure(records: Records) -> tuple[Measured, ...]:
    """Every service and the whole hall, for the day and for each slot."""
    rows = _rows(records)
    return tuple(
        measured
        for by_service in (False, True)
        for by_slot in (False, True)
        for measured in _measure_groups(records, rows, by_service=by_service, by_slot=by_slot)
    )


def _measure_groups(records: Records, rows: Rows, *, by_service: bool, by_slot: bool) -> list[Measured]:
    hall = records.hall
    codes = hall.codes() if by_service else ("",)
    slots: list[int | None] = list(range(hall.slots)) if by_slot else [None]
    spreads = _spreads(_grouped(records, rows, by_service=by_service, by_slot=by_slot))
    found = []
    for place, (code, slot) in enumerate((code, slot) for code in codes for slot in slots):
        start = None if slot is None else hall.start_minute + slot * hall.slot_minutes
        found.append(Measured(code, slot, start, {name: _spread(spreads[name][place]) for name in MEASURES}))
    return found


def _rows(records: Records) -> Rows:
    hall, customers, outcome = records.hall, records.customers, records.outcome
    limit = np.array([s.promise.wait_minutes if s.promise else np.nan for s in hall.services])[customers.service]
    served = outcome == SERVED
    by_wait = np.flatnonzero(served)
    by_wait = by_wait[np.argsort(records.wait[by_wait])]
    return Rows(
        day=customers.day.astype(np.int64),
        days=records.days,
        wait=records.wait,
        served=served,
        left=(outcome == LEFT) | (outcome == ABSENT) | (outcome == BALKED),
        promised=~np.isnan(limit),
        kept=records.wait <= limit,
        delayed=(records.wait > 0) | (outcome == BALKED),
        by_wait=by_wait,
        waits=records.wait[by_wait],
    )


def _grouped(records: Records, rows: Rows, *, by_service: bool, by_slot: bool) -> Grouped:
    services = len(records.hall.services) if by_service else 1
    slots = records.hall.slots if by_slot else 1
    group = np.zeros(len(rows.day), dtype=np.int64)
    if by_service:
        group += records.customers.service * slots
    if by_slot:
        group += records.customers.slot
    return Grouped(rows, group, services * slots, group * rows.days + rows.day)


def _spreads(grouped: Grouped) -> dict[str, list[list[float]]]:
    """By measure, [group, (value, low, high, range…)]."""
    rows = grouped.rows
    spreads = {"arrivals": _of_counts(grouped.by_day()), "served": _of_counts(grouped.by_day(rows.served))}
    spreads |= _shares(grouped) | _waits(grouped)
    return {name: spread.tolist() for name, spread in spreads.items()}


def _of_counts(by_day: Floats) -> Floats:
    """[group, (value, low, high, range…)] of a number a day."""
    value, half = by_day.mean(axis=1), np.nan_to_num(row_spread_of_mean(by_day))
    return np.column_stack([value, value - half, value + half, row_quantiles(by_day, RANGE)])


def _shares(grouped: Grouped) -> dict[str, Floats]:
    rows, everybody = grouped.rows, grouped.by_day()
    return {
        "left_share": _of_ratio(grouped.by_day(rows.left), everybody),
        "kept_share": _of_ratio(grouped.by_day(rows.kept), grouped.by_day(rows.promised)),
        "delay_probability": _of_ratio(grouped.by_day(rows.delayed), everybody),
    }


def _of_ratio(part: Floats, whole: Floats) -> Floats:
    """The same of Σ part / Σ whole; the interval by the delta method over days."""
    total = whole.sum(axis=1)
    known = np.where(total > 0, total, np.nan)
    value = part.sum(axis=1) / known
    half = np.nan_to_num(row_spread_of_mean(part - np.nan_to_num(value)[:, None] * whole)) * whole.shape[1] / known
    daily = np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
    return np.column_stack([value, value - half, value + half, row_quantiles(daily, RANGE)])


def _waits(grouped: Grouped) -> dict[str, Floats]:
    came = grouped.rows.served
    total = grouped.sum_by_day(grouped.cell[came], grouped.rows.wait[came])
    return {"wait_mean": _of_ratio(total, grouped.by_day(came)), **_quantiles(grouped)}


def _quantiles(grouped: Grouped) -> dict[str, Floats]:
    """The same of the quantiles of the wait; their intervals from batches of days."""
    rows = grouped.rows
    group, day, batches = grouped.group[rows.by_wait], rows.day[rows.by_wait], min(BATCHES, rows.days)
    value = _quantiles_by(rows, group, grouped.groups)
    batched = _quantiles_by(rows, group * batches + day * batches // rows.days, grouped.groups * batches)
    daily = _quantiles_by(rows, group * rows.days + day, grouped.groups * rows.days)
    shape = (grouped.groups, -1)
    return {
        name: _of_quantile(value[n], batched[n].reshape(shape), daily[n].reshape(shape))
        for n, name in enumerate(QUANTILES)
    }


def _quantiles_by(rows: Rows, cell: Ints, cells: int) -> Floats:
    """[quantile, cell] of those served."""
    return sorted_quantiles(rows.waits, cell, cells, tuple(QUANTILES.values())).T


def _of_quantile(value: Floats, batched: Floats, daily: Floats) -> Floats:
    half = np.nan_to_num(row_spread_of_mean(batched))
    return np.column_stack([value, value - half, value + half, row_quantiles(daily, RANGE)])


def _spread(numbers: list[float]) -> Spread:
    return Spread(*(None if isnan(number) else number for number in numbers))
