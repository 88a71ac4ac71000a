"""How many: counts that vary more than Poisson's."""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


def draw_negative_binomial(rng: np.random.Generator, mean: Floats, spread: float, shape: tuple[int, ...]) -> Counts:
    """Counts with variance mean + spread·mean² (a gamma level, then Poisson); `spread` 0 is Poisson.

    `mean` must broadcast to `shape`.
    """
    level = rng.standard_gamma(1 / spread, shape) * spread if spread > 0 else np.ones(shape)
    return np.asarray(rng.poisson(level * mean), dtype=np.int64)


def negative_binomial_quantile(mean: float, spread: float, level: float) -> int:
    """The smallest count that is not passed with chance `level`, by summing the recursion of its probabilities."""
    if mean <= 0:
        return 0
    size = 1 / spread if spread > 0 else 0.0
    ratio = mean / (mean + size) if spread > 0 else mean
    chance = (1 - ratio) ** size if spread > 0 else float(np.exp(-mean))
    total, count = chance, 0
    while total < level - 1e-12 and count < 100 * (mean + 10):
        chance *= ratio * (size + count) / (count + 1) if spread > 0 else ratio / (count + 1)
        total += chance
        count += 1
    return count
