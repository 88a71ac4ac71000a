"""Two sides with the same customers: measures of each, and the interval of their difference from the replications."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.intervals import BATCHES, student_quantile
from bankhall.analytics.planning.what_if.answer import Difference
from bankhall.analytics.queueing.outcomes import ABSENT, BALKED, LEFT, SERVED
from bankhall.analytics.queueing.simulate import Records

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
LEVEL = 0.90
QUANTILES = {"wait_p50": 0.5, "wait_p90": 0.9}


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """One row a customer of all dates: service, replication, minute of the slot, time in line, what became of them."""

    service: NDArray[np.int64]
    day: NDArray[np.int64]
    minute: NDArray[np.int64]
    wait: Floats
    served: Bools
    left: Bools
    promised: Bools
    kept: Bools


def tally(dates: Iterable[Records]) -> Tally:
    """The customers of several dates; the n-th replication of each date makes the n-th week."""
    parts = [_of_date(records) for records in dates]
    return Tally(*(np.concatenate([getattr(part, name) for part in parts]) for name in Tally.__slots__))


def _of_date(records: Records) -> Tally:
    hall, customers, outcome = records.hall, records.customers, records.outcome
    limits = np.array([s.promise.wait_minutes if s.promise else np.nan for s in hall.services])[customers.service]
    return Tally(
        service=np.asarray(customers.service, dtype=np.int64),
        day=np.asarray(customers.day, dtype=np.int64),
        minute=np.asarray(hall.start_minute + customers.slot * hall.slot_minutes, dtype=np.int64),
        wait=records.wait,
        served=outcome == SERVED,
        left=(outcome == LEFT) | (outcome == ABSENT) | (outcome == BALKED),
        promised=~np.isnan(limits),
        kept=records.wait <= limits,
    )


def differences(now: Tally, then: Tally, codes: tuple[str, ...], days: int) -> tuple[Difference, ...]:
    """Every measure for the whole hall and for each service."""
    found: list[Difference] = []
    for place, code in enumerate(("", *codes)):
        one, other = (side if not code else _of_service(side, place - 1) for side in (now, then))
        found += [of_quantile(name, code, one, other, days) for name in QUANTILES]
        kept: Sides = ((one.kept, one.promised, one), (other.kept, other.promised, other))
        left: Sides = ((one.left, None, one), (other.left, None, other))
        found += [of_share("kept_share", code, kept, days), of_share("left_share", code, left, days)]
    return (*found, _at_the_peak(now, then, days))


def _of_service(side: Tally, place: int) -> Tally:
    return only(side, side.service == place)


def only(side: Tally, mask: Bools) -> Tally:
    """Those of a side's customers who are meant."""
    return Tally(*(getattr(side, name)[mask] for name in Tally.__slots__))


def of_quantile(name: str, code: str, now: Tally, then: Tally, days: int) -> Difference:
    """A quantile of the waits of those who were called and came; its interval from batches of days."""
    level, batches = QUANTILES[name.replace("_peak", "")], min(BATCHES, days)
    values = [_quantile(side.wait[side.served], level) for side in (now, then)]
    parts = []
    for batch in range(batches):
        one, other = (
            _quantile(side.wait[side.served & (side.day * batches // days == batch)], level) for side in (now, then)
        )
        if one is not None and other is not None:
            parts.append(other - one)
    half = None
    if len(parts) > 1:
        half = student_quantile(LEVEL, len(parts) - 1) * float(np.std(parts, ddof=1)) / len(parts) ** 0.5
    return _difference(name, code, values[0], values[1], half)


def _quantile(waits: Floats, level: float) -> float | None:
    return float(np.quantile(waits, level)) if len(waits) else None


Share = tuple[Bools, Bools | None, Tally]
"""Those counted, those of whom (None = everybody), and the side."""
Sides = tuple[Share, Share]


def of_share(name: str, code: str, sides: Sides, days: int) -> Difference:
    """Σ part / Σ whole on both sides; the interval of the difference by the delta method over paired days."""
    values: list[float | None] = []
    errors: list[Floats] = []
    for part, whole, side in sides:
        counted = part if whole is None else part & whole
        top = np.bincount(side.day, counted.astype(float), days)
        bottom = np.bincount(side.day, None if whole is None else whole.astype(float), days).astype(float)
        total = float(bottom.sum())
        value = float(top.sum()) / total if total > 0 else None
        values.append(value)
        errors.append((top - (value or 0.0) * bottom) * days / total if total > 0 else np.zeros(days))
    half = None
    if days > 1:
        half = student_quantile(LEVEL, days - 1) * float(np.std(errors[1] - errors[0], ddof=1)) / days**0.5
    return _difference(name, code, values[0], values[1], half)


def _at_the_peak(now: Tally, then: Tally, days: int) -> Difference:
    """The wait of those who come in the half hour in which it is longest now."""
    longest, peak = -1.0, None
    for minute in np.unique(now.minute):
        waits = now.wait[now.served & (now.minute == minute)]
        value = _quantile(waits, 0.9) if len(waits) >= days else None
        if value is not None and value > longest:
            longest, peak = value, int(minute)
    if peak is None:
        return _difference("wait_p90_peak", "", None, None, None)
    return of_quantile("wait_p90_peak", "", only(now, now.minute == peak), only(then, then.minute == peak), days)


def _difference(name: str, code: str, now: float | None, then: float | None, half: float | None) -> Difference:
    if now is None or then is None:
        return Difference(name, code, now, then, None, None, None)
    change = then - now
    return Difference(
        name, code, now, then, change, *((None, None) if half is None else (change - half, change + half))
    )
