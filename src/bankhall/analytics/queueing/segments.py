"""Statistics of many groups at once: rows are sorted once, each group is a segment of the sorted rows."""

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.compiling import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def segment_quantiles(values: Floats, group: Ints, groups: int, levels: tuple[float, ...]) -> Floats:
    """Quantiles [group, level] of the values of each group, by linear interpolation; NaN for an empty group."""
    order = np.argsort(values)
    return sorted_quantiles(values[order], group[order], groups, levels)


def sorted_quantiles(values: Floats, group: Ints, groups: int, levels: tuple[float, ...]) -> Floats:
    """The same of values that ascend: whoever groups them in several ways sorts them once."""
    sizes = np.bincount(group, minlength=groups)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    ordered = np.empty_like(values)
    lay_out(values, group, starts.copy(), ordered)
    return _interpolate(ordered, starts, sizes, levels)


@compiled
def lay_out(values: Floats, group: Ints, place: Ints, laid: Floats) -> None:
    """Puts each value at the next place of its group."""
    for row in range(len(values)):
        laid[place[group[row]]] = values[row]
        place[group[row]] += 1


def row_quantiles(matrix: Floats, levels: tuple[float, ...]) -> Floats:
    """Quantiles [row, level] of each row's numbers, NaN left out."""
    rows, columns = matrix.shape
    ordered = np.sort(matrix, axis=1)
    sizes = columns - np.isnan(ordered).sum(axis=1)
    return _interpolate(ordered.ravel(), np.arange(rows) * columns, sizes, levels)


def row_means(matrix: Floats) -> Floats:
    """Mean of each row's numbers, NaN left out; NaN where there are none."""
    known = ~np.isnan(matrix)
    size = known.sum(axis=1)
    total = np.where(known, matrix, 0.0).sum(axis=1)
    return np.where(size > 0, total / np.maximum(size, 1), np.nan)


def row_spread_of_mean(matrix: Floats) -> Floats:
    """Half the 95 % interval of each row's mean (Student's t over the numbers of the row), NaN below two numbers."""
    from scipy.special import stdtrit

    known = ~np.isnan(matrix)
    size = known.sum(axis=1)
    centred = np.where(known, matrix - row_means(matrix)[:, None], 0.0)
    freedom = np.maximum(size - 1, 1)
    deviation = np.sqrt((centred**2).sum(axis=1) / freedom)
    half = stdtrit(freedom, 0.975) * deviation / np.sqrt(np.maximum(size, 1))
    return np.where(size > 1, half, np.nan)


def _interpolate(ordered: Floats, starts: Ints, sizes: Ints, levels: tuple[float, ...]) -> Floats:
    position = np.asarray(levels)[None, :] * np.maximum(sizes - 1, 0)[:, None]
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(sizes - 1, 0)[:, None])
    if len(ordered) == 0:
        return np.full(position.shape, np.nan)
    last = len(ordered) - 1
    low = ordered[np.minimum(starts[:, None] + below, last)]
    high = ordered[np.minimum(starts[:, None] + above, last)]
    return np.where(sizes[:, None] > 0, low + (position - below) * (high - low), np.nan)
