"""The rest of the day from what has come of it, by the weight that the branch's own spread gives to it.

Of all levels that are linear in what was seen the one with the least error: 1 + Z (seen / expected − 1), with
Z = c₁ / (1 / expected + φ), c₁ the variance of the day's level and φ that of all that was seen together. Where the
day's level is all that varies this is the posterior of a gamma level, (κ + seen) / (κ + expected) with κ = 1 / c₁;
what blocks and slots add of their own makes the seen tell less. No setting: what a branch's past days showed decides.
"""

from dataclasses import replace

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.forecast import Forecast, with_ranges
from bankhall.analytics.forecasting.spread import Spread, blocks_of, with_branch


def weight_of_seen(spread: Spread, expected: Floats, done: Bools, slots: range, slot_minutes: int) -> float:
    """Z for the `expected` [service, slot] of the slots that are `done`: from 0, nothing learnt, to below 1."""
    total = float(expected[:, done].sum())
    if total <= 0:
        return 0.0
    blocks = blocks_of(slots, slot_minutes)[done]
    seen = float(spread.of_total(with_branch(expected[:, done]), blocks)[-1])
    return float(spread.series[-1, 0]) / (1.0 / total + seen)


def level_after(seen: float, expected: float, weight: float) -> float:
    """The day's level after `seen` came where `expected` were to come; never below nothing."""
    return max(0.0, 1.0 + weight * (seen / expected - 1.0)) if expected > 0 else 1.0


def update_during_day(forecast: Forecast, day_index: int, seen: Floats, until_slot: int) -> Forecast:
    """The forecast with one day's slots before `until_slot` replaced by what came [service, slot of the forecast] and
    the rest multiplied by the level of the whole branch; what was learnt of the level no longer spreads."""
    done = np.arange(forecast.slots.start, forecast.slots.stop) < until_slot
    day, spread = forecast.mean[day_index], forecast.spread[day_index]
    weight = weight_of_seen(spread, day, done, forecast.slots, forecast.slot_minutes)
    level = level_after(float(seen[:, done].sum()), float(day[:, done].sum()), weight)
    mean, spreads = forecast.mean.copy(), list(forecast.spread)
    mean[day_index] = np.where(done, seen, day * level)
    spreads[day_index] = _narrowed(spread, weight * float(spread.series[-1, 0]))
    return _known(with_ranges(replace(forecast, mean=mean, spread=tuple(spreads))), day_index, seen, done)


def _narrowed(spread: Spread, learnt: float) -> Spread:
    """Variance that the seen explains is gone from every c; what blocks and slots add of their own stays."""
    series, shared = (np.maximum(c - learnt, 1e-4) for c in (spread.series, spread.shared))
    return replace(spread, series=series, shared=shared)


def _known(forecast: Forecast, day_index: int, seen: Floats, done: Bools) -> Forecast:
    """Slots that are over have no range, and the day's total varies only in what is left of it."""
    series = with_branch(seen)
    rest = forecast.mean.copy()
    rest[day_index] = np.where(done, 0.0, rest[day_index])
    left = with_ranges(replace(forecast, mean=rest))
    quantiles = forecast.quantiles.copy()
    quantiles[day_index] = np.where(done[None, :, None], series[:, :, None], quantiles[day_index])
    totals = forecast.day_quantiles.copy()
    totals[day_index] = left.day_quantiles[day_index] + series[:, done].sum(axis=1)[:, None]
    return replace(forecast, quantiles=quantiles, day_quantiles=totals)
