"""One branch's day: customers meet people, and the records that a queue machine would keep come of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.data.synthetic import truths
from bankhall.data.synthetic.demand import Customers
from bankhall.data.synthetic.stands import Standing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOURLY = np.array([truths.HOURLY.get(hour, 1.0) for hour in range(24)])
LEVEL = np.ones(24)


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to each customer's steps, in minutes [n, 2] (NaN = never); `who` is the stand that called."""

    customers: Customers
    standing: Standing
    queued: Floats
    called: Floats
    started: Floats
    ended: Floats
    who: Ints
    outcome: Ints


def happen(customers: Customers, standing: Standing, speeds: Mapping[str, float], *, hourly: bool) -> Happened:
    """Run the day's hall. `speeds` factors on the time at the window by staff number."""
    from bankhall.data.synthetic.hall_loop import run_day

    stands = standing.stands
    people = sorted({s.staff_no for s in stands})
    number = {name: n for n, name in enumerate(people)}
    queued, called, started, ended, who, outcome = run_day(
        customers.arrive,
        customers.pools,
        customers.minutes,
        customers.patience,
        customers.walk,
        np.array([number[s.staff_no] for s in stands], dtype=np.int64),
        np.array([s.pool for s in stands], dtype=np.int64),
        np.array([s.start for s in stands], dtype=np.float64),
        np.array([s.end for s in stands], dtype=np.float64),
        np.array([s.last for s in stands], dtype=np.int64),
        np.array([speeds.get(name, 1.0) for name in people], dtype=np.float64),
        HOURLY if hourly else LEVEL,
        truths.NO_SHOW_MINUTES,
    )
    return Happened(customers, standing, queued, called, started, ended, who, outcome)
