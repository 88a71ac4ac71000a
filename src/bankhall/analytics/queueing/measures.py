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
    """What is measured of each customer: in which group of how many, on which of how many days. `by_wait` are the rows
    of those served, the shortest wait first."""

    group: Ints
    groups: int
    day: Ints
    days: int
    wait: Floats
    served: NDArray[np.bool_]
    left: NDArray[np.bool_]
    promised: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    delayed: NDArray[np.bool_]
    by_wait: Ints

    def by_day(self, what: NDArray[np.bool_] | None = None) -> Floats:
        """Customers [group, day], of all or of those for whom `what` holds."""
        cell = self.group * self.days + self.day
        weights = None if what is None else what.astype(np.float64)
        return np.bincount(cell, weights, self.groups * self.days).reshape(self.groups, self.days).astype(np.float64)


def measure(records: Records) -> tuple[Measured, ...]:
    """Every service and the whole hall, for the day and for each slot."""
    served = np.flatnonzero(records.outcome == SERVED)
    by_wait = served[np.argsort(records.wait[served])]
    return tuple(
        measured
        for by_service in (False, True)
        for by_slot in (False, True)
        for measured in _measure_groups(records, by_wait, by_service=by_service, by_slot=by_slot)
    )


def _measure_groups(records: Records, by_wait: Ints, *, by_service: bool, by_slot: bool) -> list[Measured]:
    hall = records.hall
    codes = hall.codes() if by_service else ("",)
    slots: list[int | None] = list(range(hall.slots)) if by_slot else [None]
    rows = _rows(records, by_wait, by_service=by_service, by_slot=by_slot)
    spreads = {"arrivals": _of_counts(rows.by_day()), "served": _of_counts(rows.by_day(rows.served))}
    spreads |= _shares(rows) | _waits(rows)
    plain: dict[str, list[list[float]]] = {name: spreads[name].tolist() for name in MEASURES}
    found = []
    for place, (code, slot) in enumerate((code, slot) for code in codes for slot in slots):
        start = None if slot is None else hall.start_minute + slot * hall.slot_minutes
        found.append(Measured(code, slot, start, {name: _spread(plain[name][place]) for name in MEASURES}))
    return found


def _rows(records: Records, by_wait: Ints, *, by_service: bool, by_slot: bool) -> Rows:
    hall, customers, outcome = records.hall, records.customers, records.outcome
    slots = hall.slots if by_slot else 1
    group = (customers.service * slots if by_service else 0) + (customers.slot if by_slot else 0)
    limit = np.array([s.promise.wait_minutes if s.promise else np.nan for s in hall.services])[customers.service]
    return Rows(
        group=np.broadcast_to(np.asarray(group, dtype=np.int64), customers.day.shape),
        groups=slots * (len(hall.services) if by_service else 1),
        day=customers.day,
        days=records.days,
        wait=records.wait,
        served=outcome == SERVED,
        left=(outcome == LEFT) | (outcome == ABSENT) | (outcome == BALKED),
        promised=~np.isnan(limit),
        kept=records.wait <= limit,
        delayed=(records.wait > 0) | (outcome == BALKED),
        by_wait=by_wait,
    )


def _of_counts(by_day: Floats) -> Floats:
    """[group, (value, low, high, range…)] of a number a day."""
    value, half = by_day.mean(axis=1), np.nan_to_num(row_spread_of_mean(by_day))
    return np.column_stack([value, value - half, value + half, row_quantiles(by_day, RANGE)])


def _shares(rows: Rows) -> dict[str, Floats]:
    everybody, promised = rows.by_day(), rows.by_day(rows.promised)
    return {
        "left_share": _of_ratio(rows.by_day(rows.left), everybody),
        "kept_share": _of_ratio(rows.by_day(rows.kept), promised),
        "delay_probability": _of_ratio(rows.by_day(rows.delayed), everybody),
    }


def _of_ratio(part: Floats, whole: Floats) -> Floats:
    """The same of Σ part / Σ whole; the interval by the delta method over days."""
    total = whole.sum(axis=1)
    known = np.where(total > 0, total, np.nan)
    value = part.sum(axis=1) / known
    half = np.nan_to_num(row_spread_of_mean(part - np.nan_to_num(value)[:, None] * whole)) * whole.shape[1] / known
    daily = np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
    return np.column_stack([value, value - half, value + half, row_quantiles(daily, RANGE)])


def _waits(rows: Rows) -> dict[str, Floats]:
    came = rows.served
    wait, cell = rows.wait[came], (rows.group * rows.days + rows.day)[came]
    total = np.bincount(cell, wait, rows.groups * rows.days).reshape(rows.groups, rows.days).astype(np.float64)
    return {"wait_mean": _of_ratio(total, rows.by_day(came)), **_quantiles(rows)}


def _quantiles(rows: Rows) -> dict[str, Floats]:
    """The same of the quantiles of the wait; their intervals from batches of days."""
    batches = min(BATCHES, rows.days)
    day = rows.day[rows.by_wait]
    value = _quantiles_by(rows, np.zeros_like(day), 1)[..., 0]
    batched = _quantiles_by(rows, day * batches // rows.days, batches)
    daily = _quantiles_by(rows, day, rows.days)
    return {name: _of_quantile(value[n], batched[n], daily[n]) for n, name in enumerate(QUANTILES)}


def _quantiles_by(rows: Rows, part: Ints, parts: int) -> Floats:
    """[quantile, group, part] of those served."""
    cell = rows.group[rows.by_wait] * parts + part
    found = sorted_quantiles(rows.wait[rows.by_wait], cell, rows.groups * parts, tuple(QUANTILES.values()))
    return found.T.reshape(len(QUANTILES), rows.groups, parts)


def _of_quantile(value: Floats, batched: Floats, daily: Floats) -> Floats:
    half = np.nan_to_num(row_spread_of_mean(batched))
    return np.column_stack([value, value - half, value + half, row_quantiles(daily, RANGE)])


def _spread(numbers: list[float]) -> Spread:
    return Spread(*(None if isnan(number) else number for number in numbers))
