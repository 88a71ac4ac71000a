"""Doors and spans as the event loop reads them: planned events in the order in which they happen."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.queueing.hall import Hall
from bankhall.analytics.queueing.tables import AWAY, DOORS_SHUT, EVENT, PRESENT, Table


class Spans(NamedTuple):
    """People's spans at windows, one row each: whose, from when to when, with which services, how fast."""

    person: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    mask: NDArray[np.int64]
    speed: NDArray[np.float64]


def spans_of(hall: Hall) -> Spans:
    """The hall's own people, each by their place in `hall.persons()`."""
    places = {person: place for place, person in enumerate(hall.persons())}
    masks = {services: hall.mask(services) for services in {span.services for span in hall.people}}
    return Spans(
        person=np.array([places[span.person] for span in hall.people], dtype=np.int64),
        start=np.array([span.start for span in hall.people], dtype=np.float64),
        end=np.array([span.end for span in hall.people], dtype=np.float64),
        mask=np.array([masks[span.services] for span in hall.people], dtype=np.int64),
        speed=np.array([span.speed for span in hall.people], dtype=np.float64),
    )


def timetable(hall: Hall, spans: Spans) -> Table:
    """At one instant doors come before ends of spans, and these before beginnings; then by person."""
    shut, size = hall.shut_minutes(), len(spans.person)
    plan = np.zeros(len(shut) + 2 * size, dtype=EVENT)
    doors, begun, ended = plan[: len(shut)], plan[len(shut) : len(shut) + size], plan[len(shut) + size :]
    doors["time"], doors["kind"], doors["person"] = shut, DOORS_SHUT, -1
    begun["time"], begun["kind"], begun["person"] = spans.start, PRESENT, spans.person
    begun["mask"], begun["speed"] = spans.mask, spans.speed
    ended["time"], ended["kind"], ended["person"] = spans.end, AWAY, spans.person
    return plan[np.lexsort((plan["person"], plan["kind"], plan["time"]))]
