"""How good a forecast was: sums of errors, ranges, and the floor that nobody gets under.

All take arrays of one shape; nan where nothing was forecast must be left out before. Ratios of nothing are nan.
"""

import math

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.analytics.forecasting.negative_binomial import distribution


def _ratio(up: float, down: float) -> float:
    return up / down if down > 0 else math.nan


def wape(came: Floats, mean: Floats) -> float:
    """Sum of absolute errors over the sum of what came."""
    return _ratio(float(np.abs(came - mean).sum()), float(came.sum()))


def bias(came: Floats, mean: Floats) -> float:
    """Sum of (forecast − came) over the sum of what came: 0.02 = two per cent too many were forecast."""
    return _ratio(float((mean - came).sum()), float(came.sum()))


def mase(came: Floats, mean: Floats, naive_error: float) -> float:
    """Mean absolute error over `naive_error`, that of "as on the same weekday a week before" on earlier days."""
    return _ratio(float(np.abs(came - mean).mean()), naive_error) if came.size else math.nan


def pinball(came: Floats, quantiles: Floats, levels: tuple[float, ...]) -> float:
    """Mean quantile loss over cells and levels; `quantiles` [..., level]."""
    above = came[..., None] - quantiles
    level = np.array(levels)
    return float(np.maximum(level * above, (level - 1.0) * above).mean()) if came.size else math.nan


def interval_score(came: Floats, low: Floats, high: Floats, alpha: float) -> float:
    """Mean width plus 2/α times how far outside (Gneiting and Raftery 2007); a 90 % range has α = 0.1."""
    outside = np.maximum(low - came, 0.0) + np.maximum(came - high, 0.0)
    return float((high - low + 2.0 / alpha * outside).mean()) if came.size else math.nan


def randomised_pit(came: Floats, mean: Floats, dispersion: Floats, rng: np.random.Generator) -> Floats:
    """A point drawn between P(X < came) and P(X ≤ came): uniform when the negative binomial is right."""
    upper = distribution(came, mean, dispersion)
    lower = distribution(came - 1.0, mean, dispersion)
    return np.asarray(lower + rng.random(came.shape) * (upper - lower))


def coverage(pit: Floats, share: float) -> float:
    """Share of randomised PIT values within the central range of that share."""
    return float((np.abs(pit - 0.5) <= share / 2.0).mean()) if pit.size else math.nan


def poisson_floor(mean: Floats) -> float:
    """WAPE of someone who knows the true means when counts are Poisson: Σ E|X − m| / Σ m, with
    E|X − m| = 2 e^(−m) m^(⌊m⌋+1) / ⌊m⌋!."""
    m = np.maximum(mean.ravel(), 1e-12)
    whole = np.floor(m)
    factorial = np.array([math.lgamma(k + 1.0) for k in whole.tolist()])
    deviation = 2.0 * np.exp((whole + 1.0) * np.log(m) - m - factorial)
    return _ratio(float(deviation.sum()), float(mean.sum()))
