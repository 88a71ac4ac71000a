"""Work in the hall: people busy at each moment if nobody had to wait, m' = λ(t) − m / (mean minutes).

What began in one slot is still being served in the next: that carry-over is what "arrivals times minutes" misses.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def offered_load(arrivals: Sequence[float], mean_minutes: float, slot_minutes: float, *, before: float = 0.0) -> Floats:
    """Mean load of each slot, exact for a rate that is constant within a slot; `before` is the load at the start."""
    load, means = before, []
    kept = math.exp(-slot_minutes / mean_minutes)
    for count in arrivals:
        steady = count / slot_minutes * mean_minutes
        means.append(steady + (load - steady) * (1 - kept) * mean_minutes / slot_minutes)
        load = steady + (load - steady) * kept
    return np.array(means)


def plain_load(arrivals: Sequence[float], mean_minutes: float, slot_minutes: float) -> Floats:
    """Each slot on its own (stationary, independent, period by period): the baseline without carry-over."""
    return np.asarray(arrivals, dtype=np.float64) / slot_minutes * mean_minutes
