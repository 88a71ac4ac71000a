"""The event loop's tables: arrays of records, because a customer's fields are used together and passed at no cost."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]

CUSTOMER = np.dtype(
    [
        ("arrived", np.float64),
        ("work", np.float64),
        ("patience", np.float64),
        ("wait", np.float64),  # minutes in line
        ("service", np.int32),
        ("behind", np.int32),  # who stands behind in the line; -1 = nobody
        ("person", np.int32),  # who called; -1 = nobody
        ("absent", np.bool_),
        ("outcome", np.int8),
    ],
    align=True,
)
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
        ("end", np.float64),  # place of the heap of ends of service: when,
        ("who", np.int64),  # and whose
        ("busy", np.bool_),
        ("staying", np.bool_),  # past the span's end, until nobody is left in line
    ],
    align=True,
)
STATE = np.dtype(
    [
        ("now", np.float64),
        ("no_show", np.float64),
        ("ends", np.int64),  # size of the heap
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
