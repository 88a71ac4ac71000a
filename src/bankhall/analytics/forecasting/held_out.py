"""Errors as they would have been made: each past day forecast from the days before its origin, at each horizon."""

from collections.abc import Callable, Iterable

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats, Ints
from bankhall.analytics.forecasting.blend import blended
from bankhall.analytics.forecasting.panel import Panel
from bankhall.analytics.forecasting.setting import Setting
from bankhall.analytics.forecasting.simple import Baseline, baseline
from bankhall.analytics.forecasting.spread import Spread, day_moments, spread_from

Method = Callable[[Panel, int, range], Floats]
LEAST_DAYS = 10
HORIZONS = (1, 2, 4, 7, 10)


def blend_method(setting: Setting) -> Method:
    """The forecast itself."""
    return lambda panel, origin, targets: blended(panel, origin, targets, setting)


def baseline_method(name: Baseline) -> Method:
    """One of the simple ones."""
    return lambda panel, origin, targets: baseline(panel, origin, targets, name)


def step_of(horizon: int) -> int:
    """The horizon that stands for one: 1, 2, 4 for 3 and 4, 7 for 5 to 7, 10 for all further."""
    return next((step for step in HORIZONS if horizon <= step), HORIZONS[-1])


def held_out_means(panel: Panel, method: Method, horizons: Iterable[int], targets: range) -> dict[int, Floats]:
    """Means [service, target, slot] by horizon: each from an origin so many open days earlier.

    A target whose origin would have fewer than ten days before it is not a number.
    """
    wanted = sorted(set(horizons))
    out = {h: np.full((panel.counts.shape[0], len(targets), len(panel.slots)), np.nan) for h in wanted}
    if not len(targets):
        return out
    for origin in range(max(LEAST_DAYS, targets.start - max(wanted) + 1), targets.stop):
        made = method(panel, origin, range(origin, min(origin + wanted[-1], targets.stop)))
        for horizon in wanted:
            target = origin + horizon - 1
            if target in targets:
                out[horizon][:, target - targets.start] = made[:, horizon - 1]
    return out


def spread_of(panel: Panel, means: Floats, targets: range, blocks: Ints, prior_days: float) -> Spread:
    """The spread that held-out means of these targets show; targets without a number are left out."""
    above, below = moments_of(panel, means, targets, blocks)
    return spread_from(above, below, prior_days)


def moments_of(panel: Panel, means: Floats, targets: range, blocks: Ints) -> tuple[Floats, Floats]:
    """Moments of the targets that have a number: [series, day, 3] twice."""
    made = np.isfinite(means).all(axis=(0, 2))
    return day_moments(panel.counts[:, targets][:, made], means[:, made], blocks)
