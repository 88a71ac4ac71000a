"""Counts of mean m and variance m + φm² (φ = 0: Poisson): distribution and quantiles, many cells at once.

P(0) = (1 + φm)^(−1/φ); P(k+1)/P(k) = m (1 + φk) / ((k + 1)(1 + φm)). Summed in logarithms, in groups of like size.
"""

from collections.abc import Iterator

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats, Ints

_CELLS = 2_000_000


def quantiles(mean: Floats, dispersion: Floats, levels: tuple[float, ...]) -> Floats:
    """Smallest count k with P(X ≤ k) ≥ level: [..., level]. Shapes of mean and dispersion are the same."""
    flat, phi = mean.ravel(), dispersion.ravel()
    out = np.zeros((flat.size, len(levels)))
    for rows, table in _tables(flat, phi):
        for place, level in enumerate(levels):
            out[rows, place] = (table < level - 1e-12).sum(axis=1)
    return out.reshape(*mean.shape, len(levels))


def distribution(counts: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """P(X ≤ count) for each cell; counts below 0 give 0. All three of one shape."""
    wanted, flat = counts.ravel(), mean.ravel()
    out = np.zeros(flat.size)
    for rows, table in _tables(flat, dispersion.ravel(), wanted):
        at = np.minimum(wanted[rows], table.shape[1] - 1).astype(np.int64)
        below = table[np.arange(len(rows)), np.maximum(at, 0)]
        out[rows] = np.where(at < 0, 0.0, below)
    return out.reshape(mean.shape)


def _tables(mean: Floats, phi: Floats, reach: Floats | None = None) -> Iterator[tuple[Ints, Floats]]:
    """Cells of like size with their distribution table [cell, k]."""
    need = _reach(mean, phi)
    if reach is not None:
        need = np.maximum(need, np.minimum(reach, 4 * need) + 1)
    size = np.ceil(np.log2(need + 2)).astype(np.int64)
    for power in np.unique(size):
        rows = np.flatnonzero(size == power)
        width = 2 ** int(power)
        step = max(1, _CELLS // width)
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            yield part, _table(mean[part], phi[part], width)


def _reach(mean: Floats, phi: Floats) -> Floats:
    """A count that is hardly ever passed: eight standard deviations above, more where the tail is long."""
    spread = np.sqrt(mean + phi * mean**2)
    return np.asarray(mean + 8.0 * spread * (1.0 + np.minimum(phi, 4.0)) + 10.0)


def _table(mean: Floats, phi: Floats, width: int) -> Floats:
    k = np.arange(width - 1)[None, :]
    m, f = np.maximum(mean, 1e-12)[:, None], np.maximum(phi, 0.0)[:, None]
    steps = np.log(m) + np.log1p(f * k) - np.log(k + 1.0) - np.log1p(f * m)
    small = f[:, 0] < 1e-9
    start = np.where(small, -m[:, 0], -np.log1p(f[:, 0] * m[:, 0]) / np.where(small, 1.0, f[:, 0]))
    logs = np.concatenate([start[:, None], start[:, None] + np.cumsum(steps, axis=1)], axis=1)
    return np.asarray(np.minimum(np.cumsum(np.exp(logs), axis=1), 1.0))
