"""Who comes on the simulated days: arrival, work, patience. Common random numbers.

The n-th customer of a service on a day has the same work and patience whatever else is changed: every quantity has its
own stream, filled customer by customer across all days.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.queueing.hall import Booking, Hall, ServiceModel

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]
Columns = tuple[Counts, Counts, Counts, Floats, Floats, Floats, Bools]


class Customers(NamedTuple):
    """One row a customer, by day, then by arrival. `first[d]:first[d + 1]` are the rows of day d."""

    service: NDArray[np.int64]
    day: NDArray[np.int64]
    slot: NDArray[np.int64]
    arrived: Floats
    work: Floats
    patience: Floats
    absent: NDArray[np.bool_]
    first: NDArray[np.int64]


def poisson_days(expected: Floats, days: int, *, seed: int, codes: tuple[str, ...]) -> Counts:
    """Counts [day, service, slot] of Poisson arrivals, means [service, slot]; every service has its own stream."""
    drawn = [
        stream(seed, "arrivals", code).poisson(mean, (days, len(mean)))
        for code, mean in zip(codes, expected, strict=True)
    ]
    return np.stack(drawn, axis=1).astype(np.int64)


def draw_customers(hall: Hall, counts: Counts, *, seed: int) -> Customers:
    """The customers of `counts` [day, service, slot], each at a random moment of their slot."""
    parts = [
        _of_service(hall, place, model, counts[:, place, :], seed=seed) for place, model in enumerate(hall.services)
    ]
    parts += [
        _of_booking(hall, number, booking, days=len(counts), seed=seed) for number, booking in enumerate(hall.bookings)
    ]
    columns: list[NDArray[Any]] = list(parts[0])
    if len(parts) > 1:
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        order = np.argsort(columns[1] * (columns[3].max(initial=0.0) + 1) + columns[3], kind="stable")
        columns = [column[order] for column in columns]
    service, day, slot, arrived, work, patience, absent = columns
    first = np.concatenate([[0], np.cumsum(np.bincount(day, minlength=len(counts)))])
    return Customers(service, day, slot, arrived, work, patience, absent, first.astype(np.int64))


def _of_service(hall: Hall, place: int, model: ServiceModel, counts: Counts, *, seed: int) -> Columns:
    days, slots = counts.shape
    per_day = counts.sum(axis=1)
    cell = np.repeat(np.arange(days * slots), counts.ravel())
    day = np.repeat(np.arange(days), per_day)
    slot = cell - day * slots
    shape = (int(per_day.max(initial=0)), days)
    taken = np.arange(shape[0])[None, :] < per_day[:, None]
    moment = _moments(counts.ravel(), cell, stream(seed, "moment", model.code))
    arrived = hall.start_minute + (slot + moment) * hall.slot_minutes
    return np.full(len(slot), place), day, slot, arrived, *_nature(model, shape, taken, seed=seed, keys=(model.code,))


def _moments(counts: Counts, cell: Counts, rng: np.random.Generator) -> Floats:
    """Sorted uniform moments within each cell, as shares of it: sums of exponentials over the sum of one more. That
    needs no sorting, which would cost more than all other draws."""
    passed = np.concatenate([[0.0], np.cumsum(rng.standard_exponential(len(cell) + len(counts)))])
    first = np.concatenate([[0], np.cumsum(counts + 1)])
    before, whole = passed[first[:-1]], passed[first[1:]] - passed[first[:-1]]
    return np.asarray((passed[np.arange(1, len(cell) + 1) + cell] - before[cell]) / whole[cell])


def _of_booking(hall: Hall, number: int, booking: Booking, *, days: int, seed: int) -> Columns:
    place = hall.codes().index(booking.service_code)
    keys: tuple[str | int, ...] = ("booking", number)
    taken = booking.show_share > stream(seed, "shows", *keys).random((1, days)).T
    day = np.flatnonzero(taken)
    slot = np.full(len(day), int((booking.minute - hall.start_minute) // hall.slot_minutes))
    arrived = np.full(len(day), float(booking.minute))
    nature = _nature(hall.services[place], (1, days), taken, seed=seed, keys=keys)
    return np.full(len(day), place), day, slot, arrived, *nature


def _nature(
    model: ServiceModel, shape: tuple[int, int], taken: Bools, *, seed: int, keys: tuple[str | int, ...]
) -> tuple[Floats, Floats, Bools]:
    """Work at a window, patience, and whether they would not come when called; drawn [number, day], read by day."""
    work = model.time.sample(stream(seed, "work", *keys), shape).T[taken]
    patience = model.patience.sample(stream(seed, "patience", *keys), shape).T[taken]
    if model.absent_share <= 0:
        return work, patience, np.zeros(len(work), dtype=np.bool_)
    return work, patience, stream(seed, "absent", *keys).random(shape).T[taken] < model.absent_share
