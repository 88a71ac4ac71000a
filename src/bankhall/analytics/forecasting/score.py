"""All measures of one series at one level, from what was issued and what came."""

from dataclasses import dataclass

import numpy as np

from bankhall.analytics.forecasting import accuracy
from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.negative_binomial import quantiles
from bankhall.analytics.forecasting.panel import Panel

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@dataclass(frozen=True, slots=True)
class Issued:
    """`means` [series, day, slot]; `slot_phi`, `day_phi` [series, day]."""

    means: Floats
    slot_phi: Floats
    day_phi: Floats


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Measures of exchange.md; nan where there was nothing to measure."""

    wape: float
    mase: float
    pinball: float
    interval_score_90: float
    coverage_80: float
    coverage_90: float
    bias: float
    poisson_floor: float


def score(issued: Issued, came: Floats, opened: Bools, series: int, *, level: str, naive: float, seed: int) -> Accuracy:
    """Of one series: open cells, or totals of the days on which it is open. `came`, `opened` [series, day, slot]."""
    open_days = opened[series].any(axis=1)
    if level == "day":
        truth, mean = came[series].sum(axis=1)[open_days], issued.means[series].sum(axis=1)[open_days]
        phi = issued.day_phi[series][open_days]
    else:
        cells = opened[series]
        truth, mean = came[series][cells], issued.means[series][cells]
        phi = np.broadcast_to(issued.slot_phi[series][:, None], cells.shape)[cells]
    return measures(truth, mean, np.asarray(phi, dtype=np.float64), naive=naive, seed=seed)


def measures(truth: Floats, mean: Floats, phi: Floats, *, naive: float, seed: int) -> Accuracy:
    """From flat arrays."""
    ranges = quantiles(mean, phi, LEVELS)
    pit = accuracy.randomised_pit(truth, mean, phi, np.random.default_rng([seed, truth.size]))
    return Accuracy(
        wape=accuracy.wape(truth, mean),
        mase=accuracy.mase(truth, mean, naive),
        pinball=accuracy.pinball(truth, ranges, LEVELS),
        interval_score_90=accuracy.interval_score(truth, ranges[..., 0], ranges[..., -1], 0.1),
        coverage_80=accuracy.coverage(pit, 0.8),
        coverage_90=accuracy.coverage(pit, 0.9),
        bias=accuracy.bias(truth, mean),
        poisson_floor=accuracy.poisson_floor(mean),
    )


def naive_errors(panel: Panel, opened: Bools, last: int) -> dict[str, Floats]:
    """Mean error of "as on the same weekday a week before" on the days before `last`: slot and day, [series] each."""
    counts = np.concatenate([panel.counts, panel.counts.sum(axis=0, keepdims=True)])
    slot_up, slot_down = np.zeros(len(counts)), np.zeros(len(counts))
    day_up, day_down = np.zeros(len(counts)), np.zeros(len(counts))
    for number in range(7):
        same = np.flatnonzero((panel.own_weekday[:last] == number) & panel.plain[:last])
        both = opened[:, same[1:]] & opened[:, same[:-1]]
        change = np.where(both, counts[:, same[1:]] - counts[:, same[:-1]], 0.0)
        slot_up += np.abs(change).sum(axis=(1, 2))
        slot_down += both.sum(axis=(1, 2))
        day_up += np.abs(change.sum(axis=2)).sum(axis=1)
        day_down += both.any(axis=2).sum(axis=1)
    return {"slot": slot_up / np.maximum(slot_down, 1), "day": day_up / np.maximum(day_down, 1)}
