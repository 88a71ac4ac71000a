"""Simple forecasts: what every better one must beat, and two that are hard to beat some days ahead."""

from typing import Literal, get_args

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.panel import Panel

Baseline = Literal["seasonal_naive", "last_8_same_weekday", "all_same_weekday"]
BASELINES: tuple[Baseline, ...] = get_args(Baseline)
_DAYS_BACK: dict[Baseline, int] = {"seasonal_naive": 1, "last_8_same_weekday": 8, "all_same_weekday": 100_000}


def baseline(panel: Panel, origin: int, targets: range, name: Baseline) -> Floats:
    """Means [service, target, slot] from the days before `origin`, raw counts, no calendar effects."""
    active: Bools = np.asarray(panel.open[:, :origin].any(axis=2))
    means = weekday_means(panel, panel.counts, origin, active, _DAYS_BACK[name])
    return np.asarray((panel.weekdays[targets] @ means) * panel.open[:, targets])


def weekday_means(panel: Panel, counts: Floats, origin: int, active: Bools, days_back: int) -> Floats:
    """Mean of the last so many ordinary days of each weekday before `origin`: [service, 7, slot].

    Holidays and make-up workdays are not comparable and left out; so are closed cells. A weekday never seen gets the
    mean of all days. `active` [service, day < origin].
    """
    chosen = np.zeros((7, origin))
    for number in range(7):
        same = np.flatnonzero((panel.own_weekday[:origin] == number) & panel.plain[:origin])
        chosen[number, same[-days_back:]] = 1.0
    seen = panel.open[:, :origin] * active[:, :, None]
    values = counts[:, :origin] * seen
    overall = values.sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    number_seen = chosen @ seen
    return np.asarray(np.where(number_seen > 0, (chosen @ values) / np.maximum(number_seen, 1), overall[:, None]))


def slow_smoothing(
    panel: Panel, origin: int, targets: range, active: Bools, *, means: Floats, smoothing: float
) -> Floats:
    """Exponentially smoothed level (α = `smoothing`) times the weekdays' profiles `means`: [service, target, slot].

    The level is the ratio of smoothed totals to smoothed expectations, which a day of few customers cannot upset.
    `active` [service, day < origin].
    """
    adjusted = panel.adjusted
    seen = panel.open[:, :origin] * active[:, :, None]
    expected = ((panel.weekdays[:origin] @ means) * seen).sum(axis=2)
    came = (adjusted[:, :origin] * seen).sum(axis=2)
    age = np.arange(origin, 0, -1) - 1.0
    weight = (1.0 - smoothing) ** age
    level = ((came * weight).sum(axis=1) + 1e-9) / ((expected * weight).sum(axis=1) + 1e-9)
    return np.asarray(level[:, None, None] * (panel.weekdays[targets] @ means))
