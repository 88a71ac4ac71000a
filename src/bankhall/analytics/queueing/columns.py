"""Columns of customers: filled part by part (a service, a booking), then merged by arrival.

Compiled, because millions of customers pass through here once: each loop reads and writes its columns in one go.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.borrowing import borrowed
from bankhall.analytics.chance.compiling import compiled, inlined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]


class Columns(NamedTuple):
    """What customers bring, one row each. Millions of rows: places are small numbers, for memory is what they cost."""

    service: Places
    slot: Places
    arrived: Floats
    work: Floats
    patience: Floats
    absent: NDArray[np.bool_]

    def rows(self, first: int, last: int) -> "Columns":
        """The same memory from one row to before another."""
        return Columns._make(column[first:last] for column in self)


def empty_columns(rows: int) -> Columns:
    """Columns to be filled."""
    kinds = (np.int32, np.int32, np.float64, np.float64, np.float64, np.bool_)
    return Columns._make(np.empty(rows, dtype=kind) for kind in kinds)


@compiled
def place_moments(gaps: Floats, counts: Ints, start: float, minutes: float, out: Columns) -> None:
    """Sorted uniform moments within each cell [day, slot]: sums of exponential `gaps`, one more than the cell has
    customers, over the sum of all of them. That needs no sorting, which would cost more than all other draws."""
    row, gap, passed = 0, 0, 0.0
    for day in range(len(counts)):
        for slot in range(counts.shape[1]):
            before, here = passed, counts[day, slot]
            for k in range(gap, gap + here + 1):
                passed += gaps[k]
                gaps[k] = passed
            for k in range(here):
                moment = (gaps[gap + k] - before) / (passed - before)
                out.arrived[row + k] = start + (slot + moment) * minutes
                out.slot[row + k] = slot
            row, gap = row + here, gap + here + 1


@compiled
def read_by_day(drawn: Floats, per_day: Ints, column: Floats) -> None:
    """Draws [number, day] as a column: of each day as many as there are customers."""
    row = 0
    for day in range(len(per_day)):
        for number in range(per_day[day]):
            column[row + number] = drawn[number, day]
        row += per_day[day]


def merged(parts: Columns, per_day: Ints) -> Columns:
    """The parts' rows by day, then by arrival, then by part. `per_day` [part, day] says how many each part has; its
    rows are in order."""
    columns = empty_columns(len(parts.arrived))
    merge(parts, per_day, float(parts.arrived.max(initial=0.0)) + 1, columns)
    return columns


@compiled
def merge(parts: Columns, per_day: Ints, day_minutes: float, columns: Columns) -> None:
    """Takes the earliest of the parts' next rows again and again. Rows are compared by day and arrival as one number,
    whose last digits late days round away: who then look simultaneous stand by part."""
    source, out, row = borrowed(parts), borrowed(columns), 0
    rows, moments = np.zeros(len(per_day), dtype=np.int64), np.empty(len(per_day))
    for part in range(1, len(per_day)):
        rows[part] = rows[part - 1] + per_day[part - 1].sum()
    ends = rows.copy()
    for day in range(per_day.shape[1]):
        ends += per_day[:, day]
        for part in range(len(rows)):
            moments[part] = moment_of(source, rows[part], ends[part], day * day_minutes)
        for _ in range(per_day[:, day].sum()):
            part = earliest(moments)
            copy_row(source, rows[part], out, row)
            rows[part] += 1
            row += 1
            moments[part] = moment_of(source, rows[part], ends[part], day * day_minutes)


@inlined
def moment_of(source: Columns, row: int, end: int, midnight: float) -> float:
    """When a part's next customer comes; never when the day has no more of them."""
    return midnight + source.arrived[row] if row < end else np.inf


@inlined
def earliest(moments: Floats) -> int:
    """The first place of the smallest."""
    best, moment = 0, moments[0]
    for part in range(1, len(moments)):
        best = part if moments[part] < moment else best
        moment = min(moment, moments[part])
    return best


@inlined
def copy_row(source: Columns, row: int, out: Columns, to: int) -> None:
    """One customer from a part."""
    out.service[to], out.slot[to], out.arrived[to] = source.service[row], source.slot[row], source.arrived[row]
    out.work[to], out.patience[to], out.absent[to] = source.work[row], source.patience[row], source.absent[row]
