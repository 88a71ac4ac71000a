"""Who comes on the simulated days: arrival, work, patience. Common random numbers.

The n-th customer of a service on a day has the same work and patience whatever else is changed: every quantity has its
own stream, filled customer by customer across all days.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.chance.streams import Key, stream
from bankhall.analytics.queueing.columns import Columns, empty_columns, merged, place_moments, read_by_day
from bankhall.analytics.queueing.hall import Booking, Hall, ServiceModel

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Places = NDArray[np.integer[Any]]


class Customers(NamedTuple):
    """One row a customer, by day, then by arrival. `first[d]:first[d + 1]` are the rows of day d."""

    service: Places
    day: Places
    slot: Places
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
    shows = [_shows(number, booking, len(counts), seed) for number, booking in enumerate(hall.bookings)]
    per_day = np.array([*counts.sum(axis=2).T, *shows], dtype=np.int64)
    ends = np.cumsum(per_day.sum(axis=1))
    columns = empty_columns(int(ends[-1]))
    parts = [columns.rows(first, last) for first, last in zip([0, *ends[:-1]], ends, strict=True)]
    for place, model in enumerate(hall.services):
        _fill_service(parts[place], hall, place, counts[:, place, :], seed)
        _fill_nature(parts[place], model, per_day[place], seed, (model.code,))
    for number, booking in enumerate(hall.bookings):
        part = len(hall.services) + number
        model = _fill_booking(parts[part], hall, booking)
        _fill_nature(parts[part], model, per_day[part], seed, ("booking", number))
    by_arrival = columns if len(parts) == 1 else merged(columns, per_day)
    return _customers(by_arrival, per_day.sum(axis=0))


def _customers(columns: Columns, per_day: Counts) -> Customers:
    day = np.repeat(np.arange(len(per_day), dtype=np.int32), per_day)
    return Customers(day=day, first=np.concatenate([[0], np.cumsum(per_day)]), **columns._asdict())


def _shows(number: int, booking: Booking, days: int, seed: int) -> Counts:
    """Whether the booked customer comes, day by day."""
    drawn = stream(seed, "shows", "booking", number).random((1, days))[0]
    return np.asarray(booking.show_share > drawn, dtype=np.int64)


def _fill_service(part: Columns, hall: Hall, place: int, counts: Counts, seed: int) -> None:
    gaps = stream(seed, "moment", hall.services[place].code).standard_exponential(len(part.arrived) + counts.size)
    place_moments(gaps, counts, float(hall.start_minute), float(hall.slot_minutes), part)
    part.service[:] = place


def _fill_booking(part: Columns, hall: Hall, booking: Booking) -> ServiceModel:
    place = hall.codes().index(booking.service_code)
    part.service[:], part.arrived[:] = place, booking.minute
    part.slot[:] = int((booking.minute - hall.start_minute) // hall.slot_minutes)
    return hall.services[place]


def _fill_nature(part: Columns, model: ServiceModel, per_day: Counts, seed: int, keys: tuple[Key, ...]) -> None:
    """Work at a window, patience, and whether they would not come when called; drawn [number, day], read by day."""
    _fill_duration(part.work, model.time, per_day, stream(seed, "work", *keys))
    _fill_duration(part.patience, model.patience, per_day, stream(seed, "patience", *keys))
    part.absent[:] = False
    if model.absent_share > 0:
        drawn = np.empty(len(part.absent))
        read_by_day(stream(seed, "absent", *keys).random(_shape(per_day)), per_day, drawn)
        np.less(drawn, model.absent_share, out=part.absent)


def _fill_duration(column: Floats, duration: Duration, per_day: Counts, rng: np.random.Generator) -> None:
    same = duration.constant()
    if same is None:
        read_by_day(duration.sample(rng, _shape(per_day)), per_day, column)
    else:
        column[:] = same


def _shape(per_day: Counts) -> tuple[int, int]:
    """[number, day]: as many as the fullest day has."""
    return int(per_day.max(initial=0)), len(per_day)
