"""Kiefer and Wolfowitz: the waits of one line before some equal windows, first come first served, without events.

It is the witness that the event loop is checked against.
"""

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.compiling import compiled

Floats = NDArray[np.float64]


@compiled
def first_come_waits(arrived: Floats, work: Floats, people: int) -> Floats:
    """Wait of each arrival. The workloads of the windows are kept sorted; the smallest is the next one's wait."""
    loads = np.zeros(people)
    waits = np.empty(len(arrived))
    before = arrived[0]
    for i in range(len(arrived)):
        gap = arrived[i] - before
        before = arrived[i]
        for k in range(people):
            loads[k] = max(0.0, loads[k] - gap)
        waits[i] = loads[0]
        grown = loads[0] + work[i]
        k = 1
        while k < people and loads[k] < grown:
            loads[k - 1] = loads[k]
            k += 1
        loads[k - 1] = grown
    return waits
