"""The rest of the day from what has come of it: the posterior of a gamma level."""

from dataclasses import replace

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.analytics.forecasting.forecast import Forecast, with_ranges
from bankhall.analytics.forecasting.spread import Spread

KAPPA = 200.0


def level_after(seen: float, expected: float, kappa: float = KAPPA) -> float:
    """Posterior mean of the day's level, prior Gamma(κ, κ), after `seen` came where `expected` were to come."""
    return (seen + kappa) / (expected + kappa)


def update_during_day(
    forecast: Forecast, day_index: int, seen: Floats, until_slot: int, kappa: float = KAPPA
) -> Forecast:
    """The forecast with one day's slots before `until_slot` replaced by what came [service, slot of the forecast] and
    the rest multiplied by the level of the whole branch; of the day's own spread κ / (κ + seen) remains."""
    done = np.arange(forecast.slots.start, forecast.slots.stop) < until_slot
    day = forecast.mean[day_index]
    came = float(seen[:, done].sum())
    level = level_after(came, float(day[:, done].sum()), kappa)
    mean = forecast.mean.copy()
    mean[day_index] = np.where(done, seen, day * level)
    spread = list(forecast.spread)
    spread[day_index] = _narrowed(spread[day_index], kappa / (kappa + came))
    updated = with_ranges(replace(forecast, mean=mean, spread=tuple(spread)))
    return _known(updated, day_index, seen, done)


def _narrowed(spread: Spread, left: float) -> Spread:
    """The day's level is partly known now; what blocks and slots add of their own stays."""
    return replace(spread, series=_less(spread.series, left), shared=_less(spread.shared, left))


def _less(c: Floats, left: float) -> Floats:
    return np.asarray((1.0 + c) / (1.0 + c[..., :1]) * (1.0 + left * c[..., :1]) - 1.0)


def _known(forecast: Forecast, day_index: int, seen: Floats, done: np.ndarray) -> Forecast:
    """Slots that are over have no range, and the day's total varies only in what is left of it."""
    series = np.concatenate([seen, seen.sum(axis=0, keepdims=True)])
    rest = forecast.mean.copy()
    rest[day_index] = np.where(done, 0.0, rest[day_index])
    left = with_ranges(replace(forecast, mean=rest))
    quantiles = forecast.quantiles.copy()
    quantiles[day_index] = np.where(done[None, :, None], series[:, :, None], quantiles[day_index])
    totals = forecast.day_quantiles.copy()
    totals[day_index] = left.day_quantiles[day_index] + series[:, done].sum(axis=1)[:, None]
    return replace(forecast, quantiles=quantiles, day_quantiles=totals)
