"""Small halls for tests, and the counts that bring given customers."""

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.queueing.customers import Customers
from bankhall.analytics.queueing.hall import Hall, PersonSpan, ServiceModel
from bankhall.analytics.queueing.simulate import Records, poisson_days, run_hall, simulate

LONG = 1e7


def service(code: str = "a", mean: float = 1.0, family: str = "exponential", **more: object) -> ServiceModel:
    return ServiceModel(code, Duration(family, mean, 1.0), **more)  # type: ignore[arg-type]


def equal_windows(people: int, services: tuple[str, ...] = ("a",), until: float = LONG) -> tuple[PersonSpan, ...]:
    return tuple(PersonSpan(f"p{n}", 0.0, until, services) for n in range(people))


def long_run(services: tuple[ServiceModel, ...], rates: tuple[float, ...], people: int, *, customers: int) -> Records:
    """One long day with Poisson arrivals at the given rates."""
    minutes = customers / sum(rates)
    codes = tuple(model.code for model in services)
    hall = Hall(services, equal_windows(people, codes, minutes), 0.0, minutes, 1)
    counts = poisson_days(np.array(rates)[:, None] * minutes, 1, seed=11, codes=codes)
    return simulate(hall, counts, seed=11)


def given(
    hall: Hall,
    arrived: list[float],
    work: list[float],
    *,
    patience: list[float] | None = None,
    services: list[int] | None = None,
    absent: list[bool] | None = None,
) -> Records:
    """One day with exactly these customers, in order of arrival."""
    rows = len(arrived)
    endless = [np.inf] * rows
    moments = np.array(arrived, dtype=np.float64)
    return run_hall(
        hall,
        Customers(
            service=np.array(services or [0] * rows),
            day=np.zeros(rows, dtype=np.int64),
            slot=((moments - hall.start_minute) // hall.slot_minutes).astype(np.int64),
            arrived=moments,
            work=np.array(work, dtype=np.float64),
            patience=np.array(patience or endless, dtype=np.float64),
            absent=np.array(absent or [False] * rows),
            first=np.array([0, rows]),
        ),
    )


def waits(records: Records) -> list[float]:
    return [round(float(wait), 9) for wait in records.wait]


def mean_where(values: NDArray[np.float64], kept: NDArray[np.bool_]) -> float:
    return float(values[kept].mean())
