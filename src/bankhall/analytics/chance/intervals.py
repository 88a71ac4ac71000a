"""Intervals of simulated figures: replications, batches of them, ratios of sums. All are Student's t.

Student's quantile comes from scipy, which is asked when an interval is made and not when this is loaded.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BATCHES = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the interval of its mean; both ends equal the value when there is nothing to judge its spread by."""

    value: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


@cache
def student_quantile(level: float, freedom: int) -> float:
    """Two-sided: |t| stays below it with chance `level`."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2))


def mean_interval(values: Floats, level: float = 0.95) -> Interval:
    """Mean of independent replications."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean, mean, mean)
    half = student_quantile(level, len(values) - 1) * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return Interval(mean, mean - half, mean + half)


def batch_means(series: Floats, batches: int = BATCHES, level: float = 0.95) -> Interval:
    """Mean of one long run whose neighbours resemble one another: cut into batches, whose means hardly do."""
    length = len(series) // batches
    if length < 1:
        return mean_interval(series, level)
    cut = mean_interval(series[: length * batches].reshape(batches, length).mean(axis=1), level)
    return Interval(float(np.mean(series)), cut.low, cut.high)


def ratio_interval(numerators: Floats, denominators: Floats, level: float = 0.95) -> Interval:
    """Σ numerators / Σ denominators over replications, by the delta method: the ratio over all customers."""
    total = float(np.sum(denominators))
    if total <= 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    ratio, days = float(np.sum(numerators)) / total, len(denominators)
    if days < 2:
        return Interval(ratio, ratio, ratio)
    errors = numerators - ratio * denominators
    half = student_quantile(level, days - 1) * float(np.std(errors, ddof=1)) * days**0.5 / total
    return Interval(ratio, ratio - half, ratio + half)
