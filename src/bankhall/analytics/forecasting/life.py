"""From when to when a service lives: a long run of zeros that its rate makes impossible is not demand of zero."""

from dataclasses import dataclass

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats, Ints

_EXPECTED_IN_RUN = 12.0
_LEAST_RUN = 5
_RECENT = 60


@dataclass(frozen=True, slots=True)
class Life:
    """`first`: first day of a service's life in the panel, `alive` at the end of it. Both [service]."""

    first: Ints
    alive: Bools


def life_of(totals: Floats) -> Life:
    """From day totals [service, day]. A run of at least 5 zero days in which 12 customers or more were to be expected
    lies outside the life of the service (by chance it would happen once in 160,000 times). Never seen = not alive."""
    services, days = totals.shape
    first = np.zeros(services, dtype=np.int64)
    alive = np.zeros(services, dtype=np.bool_)
    for at in range(services):
        seen = np.flatnonzero(totals[at] > 0)
        if len(seen):
            first[at] = seen[0] if _too_long(seen[0], totals[at, seen[0] : seen[0] + _RECENT]) else 0
            recent = totals[at, max(seen[0], seen[-1] - _RECENT) : seen[-1] + 1]
            alive[at] = not _too_long(days - 1 - seen[-1], recent)
    return Life(first, alive)


def _too_long(run: int, busy: Floats) -> bool:
    return bool(run >= _LEAST_RUN and run * busy.mean() > _EXPECTED_IN_RUN)
