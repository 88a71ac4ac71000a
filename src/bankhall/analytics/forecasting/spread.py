"""How far what came lies from what was expected, by how much of it a whole day, two hours or one slot share.

A count is Poisson about its mean times three levels: the day's, the two-hour block's and the slot's. Two cells of one
day in different blocks then have covariance c₁·m·m′, two of one block c₂·m·m′, and a cell has variance m + c₃·m², with
c₁ ≤ c₂ ≤ c₃. Each c is a ratio of sums over held-out days, so totals of any set of slots have the right range. What
services share is seen in the covariance between them.
"""

from dataclasses import dataclass

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats, Ints

PRIOR = (0.015, 0.020, 0.030)
_BLOCK_MINUTES = 120


@dataclass(frozen=True, slots=True)
class Spread:
    """`series` [service + branch last, 3]: c of day, block, slot; `shared` [3]: c between services; `days`: held-out
    days that it rests on."""

    series: Floats
    shared: Floats
    days: int

    def of_total(self, means: Floats, blocks: Ints) -> Floats:
        """φ of the sum over the last axis of `means` [series, ..., slot]: [series, ...]; slots alone give c₃."""
        parts = _sums(means, blocks)
        total = np.maximum(parts[..., 0] + parts[..., 1] + parts[..., 2], 1e-12)
        c = self.series.reshape(self.series.shape[0], *([1] * (means.ndim - 2)), 3)
        return np.asarray((parts * c).sum(axis=-1) / total)


def blocks_of(slots: range, slot_minutes: int) -> Ints:
    """Two-hour block of each slot, numbered from 0."""
    block = np.arange(slots.start, slots.stop) * slot_minutes // _BLOCK_MINUTES
    return np.asarray(block - block[:1], dtype=np.int64)


def with_branch(services: Floats) -> Floats:
    """The branch as one more series after its services: sum over axis 0."""
    return np.concatenate([services, services.sum(axis=0, keepdims=True)])


def day_moments(came: Floats, means: Floats, blocks: Ints) -> tuple[Floats, Floats]:
    """Numerators and denominators [series, day, 3] of c₁, c₂, c₃ from counts and means [service, day, slot]."""
    mean = with_branch(means)
    error = with_branch(came) - mean
    above = _sums(error, blocks)
    above[..., 2] -= mean.sum(axis=-1)
    return above, _sums(mean, blocks)


def spread_from(above: Floats, below: Floats, prior_days: float) -> Spread:
    """From the moments of held-out days [series, day, 3]. The branch leans on `PRIOR`, its services on the branch; the
    fewer come, the more days it takes to be believed: a day weighs (φ / (φ + 1/M))² of one."""
    days = above.shape[1]
    branch = _leaning(above[-1:], below[-1:], np.array(PRIOR), prior_days)
    if len(above) == 2:
        return Spread(np.concatenate([branch, branch]), branch[0], days)
    services = _leaning(above[:-1], below[:-1], branch[0], prior_days)
    between_above = above[-1:] - above[:-1].sum(axis=0, keepdims=True)
    between_below = below[-1:] - below[:-1].sum(axis=0, keepdims=True)
    shared = _leaning(between_above, between_below, branch[0] * 0.7, prior_days)[0]
    return Spread(np.concatenate([np.maximum(services, shared), branch]), shared, days)


def _sums(values: Floats, blocks: Ints) -> Floats:
    """[..., 3]: Σ over pairs of slots in different blocks, in one block, and Σ of squares."""
    member = (blocks[:, None] == np.arange(blocks.max(initial=0) + 1)[None, :]).astype(np.float64)
    squares = (values**2).sum(axis=-1)
    in_blocks = ((values @ member) ** 2).sum(axis=-1)
    whole = values.sum(axis=-1) ** 2
    return np.stack([whole - in_blocks, in_blocks - squares, squares], axis=-1)


def _leaning(above: Floats, below: Floats, prior: Floats, prior_days: float) -> Floats:
    """Ratios of sums with the prior's days added; never negative, c₁ ≤ c₂ ≤ c₃. [series, 3]."""
    days = above.shape[1]
    usual = below.mean(axis=1) if days else np.ones_like(below.sum(axis=1))
    size = np.sqrt(np.maximum(usual.sum(axis=-1, keepdims=True), 1e-12))
    weight = prior_days * (1.0 + 1.0 / np.maximum(prior * size, 1e-12)) ** 2
    ratio = (above.sum(axis=1) + weight * usual * prior) / np.maximum(below.sum(axis=1) + weight * usual, 1e-12)
    ratio = np.where(below.sum(axis=1) > 0, ratio, prior)
    return np.maximum.accumulate(np.maximum(ratio, 1e-4), axis=-1)
