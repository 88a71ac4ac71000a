"""The event loop's tables. Customers are columns: the loop reads those that were drawn and writes those of the records,
where they lie. Lines and people are records, because their few fields are used together."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LINE = np.dtype(
    [
        ("head", np.int64),
        ("tail", np.int64),
        ("length", np.int64),
        ("priority", np.float64),
        ("ageing", np.float64),
        ("balk_at", np.int64),
        ("turnaround", np.float64),
    ]
)
PERSON = np.dtype(
    [
        ("mask", np.int64),  # services as bits; 0 = away
        ("breadth", np.int64),  # how many those are
        ("speed", np.float64),
        ("since", np.float64),  # at the window since; -1 = not there
        ("worked", np.float64),
        ("there", np.float64),
        ("busy", np.bool_),
        ("staying", np.bool_),  # past the span's end, until nobody is left in line
    ],
    align=True,
)
END = np.dtype([("time", np.float64), ("person", np.int64)])
STATE = np.dtype(
    [
        ("no_show", np.float64),
        ("ends", np.int64),  # size of the heap
        ("waiting", np.int64),  # services with somebody in line, as bits
        ("free", np.int64),  # people at a window without a customer
        ("shut", np.bool_),  # doors are shut, and the line is being served
        ("serve", np.bool_),
        ("seen", np.bool_),
    ],
    align=True,
)
EVENT = np.dtype(
    [
        ("time", np.float64),
        ("kind", np.int64),
        ("person", np.int64),
        ("mask", np.int64),
        ("speed", np.float64),
    ]
)
DOORS_SHUT, AWAY, PRESENT = 0, 1, 2


class Tables(NamedTuple):
    """All tables of some days: the customers' columns, those at work, and what is planned."""

    arrived: Floats
    work: Floats
    patience: Floats
    service: NDArray[np.int32]
    absent: NDArray[np.bool_]
    wait: Floats  # minutes in line
    outcome: NDArray[np.int8]
    person: NDArray[np.int32]  # who called; -1 = nobody
    behind: NDArray[np.int32]  # who stands behind in the line; -1 = nobody
    lines: Table
    people: Table
    ends: Table  # the heap of ends of service
    state: Table  # one row
    plan: Table


def people_tables(persons: int) -> tuple[Table, Table]:
    """The people and the heap of their ends of service, nobody there."""
    return np.zeros(persons, dtype=PERSON), np.zeros(persons + 1, dtype=END)
