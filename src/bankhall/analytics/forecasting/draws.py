"""Days drawn from a forecast: what planning's simulation lets come."""

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats, Ints
from bankhall.analytics.forecasting.forecast import Forecast
from bankhall.analytics.forecasting.spread import blocks_of


def draw_days(forecast: Forecast, day_index: int, n: int, rng: np.random.Generator) -> Ints:
    """Counts [n, service, slot] of one day: Poisson about its mean times gamma levels of the day, the two-hour block
    and the slot, each in a part that all services share and a part of the service's own."""
    mean, spread = forecast.mean[day_index], forecast.spread[day_index]
    services, slots = mean.shape
    blocks = blocks_of(forecast.slots, forecast.slot_minutes)
    shared = _steps(spread.shared)
    own = (1.0 + _steps(spread.series[:-1])) / (1.0 + shared) - 1.0
    places = (np.zeros(slots, dtype=np.int64), blocks, np.arange(slots))
    level = np.ones((n, services, slots))
    for at, place in enumerate(places):
        groups = int(place.max(initial=0)) + 1
        level *= _levels(rng, shared[at : at + 1], (n, 1, groups))[:, :, place]
        if services > 1:
            level *= _levels(rng, own[:, at], (n, services, groups))[:, :, place]
    return np.asarray(rng.poisson(level * mean), dtype=np.int64)


def _steps(c: Floats) -> Floats:
    """Variance of each level's own factor from c₁ ≤ c₂ ≤ c₃ (last axis): products of independent factors multiply."""
    before = np.concatenate([np.zeros((*c.shape[:-1], 1)), c[..., :-1]], axis=-1)
    return np.asarray((1.0 + c) / (1.0 + before) - 1.0)


def _levels(rng: np.random.Generator, variance: Floats, shape: tuple[int, int, int]) -> Floats:
    """Gamma factors of mean 1 and this variance by service; 1 where it is nothing."""
    v = np.maximum(variance, 1e-9)[None, :, None]
    drawn = rng.gamma(np.broadcast_to(1.0 / v, shape)) * v
    return np.asarray(np.where(variance[None, :, None] > 1e-8, drawn, 1.0))
