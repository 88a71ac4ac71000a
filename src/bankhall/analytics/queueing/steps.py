"""Records of services as arrays: what fitting reads. Minutes run from a common origin; NaN is not known.

A step's fate says what it tells of patience: served after a wait (patience was longer), found absent at the call (it
was shorter), seen leaving (that was it), or nothing.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CAME, FOUND_ABSENT, SEEN_LEAVING, UNKNOWN_FATE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class StepRecords:
    """One row a step. `service` is a place in `codes`, `staff` one in `names` (empty = not known), `window` one number
    a window (or person), -1 = not known."""

    codes: tuple[str, ...]
    service: Ints
    queued: Floats
    called: Floats
    started: Floats
    ended: Floats
    left: Floats
    window: Ints
    fate: Ints
    names: tuple[str, ...]
    staff: Ints

    def of(self, code: str) -> "StepRecords":
        """Only one service's rows."""
        return self.where(self.service == self.codes.index(code))

    def where(self, kept: NDArray[np.bool_]) -> "StepRecords":
        """Only the rows marked."""
        columns = ("service", "queued", "called", "started", "ended", "left", "window", "fate", "staff")
        cut: dict[str, Any] = {name: getattr(self, name)[kept] for name in columns}
        return replace(self, **cut)


def read_steps(visits: pa.Table, steps: pa.Table) -> StepRecords:
    """The steps of canonical `visits` and `steps` tables. A step without its visit is kept, the visit unknown."""
    visit = pc.index_in(steps["visit_id"], visits["visit_id"])
    ended_as = _texts(pc.take(visits["outcome"], visit))
    last = _last_steps(steps)
    called, left = _minutes(steps["called_at"]), np.where(last, _minutes(pc.take(visits["left_at"], visit)), np.nan)
    started, ended = _minutes(steps["started_at"]), _minutes(steps["ended_at"])
    codes, service = _numbered(steps["service_code"])
    names, staff = _numbered(steps["staff_no"])
    return StepRecords(
        codes=codes,
        service=service,
        queued=_minutes(steps["queued_at"]),
        called=called,
        started=started,
        ended=ended,
        left=left,
        window=_windows(steps),
        fate=_fates(called, started, left, last & (ended_as == "absent_when_called"), _texts(steps["outcome"])),
        names=names,
        staff=staff,
    )


def _fates(called: Floats, started: Floats, left: Floats, absent: NDArray[np.bool_], outcome: NDArray[np.str_]) -> Ints:
    was_called, began = ~np.isnan(called), ~np.isnan(started)
    gave_up = outcome == "gave_up"
    fate = np.full(len(called), UNKNOWN_FATE)
    fate[~was_called & ~np.isnan(left)] = SEEN_LEAVING
    fate[was_called & (began | np.isin(outcome, ("done", "transferred", "papers_missing")))] = CAME
    fate[was_called & ~began & (absent | gave_up)] = FOUND_ABSENT
    return fate


def _last_steps(steps: pa.Table) -> NDArray[np.bool_]:
    """Whether a step is its visit's last."""
    visit = np.asarray(pc.dictionary_encode(steps["visit_id"]).combine_chunks().indices)
    number = np.asarray(steps["step_no"])
    highest = np.zeros(int(visit.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(highest, visit, number)
    return np.asarray(number == highest[visit])


def _windows(steps: pa.Table) -> Ints:
    """Windows as numbers, by window and, where that is not known, by person."""
    named = pc.coalesce(steps["window_code"], pc.binary_join_element_wise("staff", steps["staff_no"], ":"))
    _, number = _numbered(named)
    return np.where(np.asarray(pc.is_null(named)), -1, number)


def _numbered(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Ints]:
    texts = _texts(column)
    names, places = np.unique(texts, return_inverse=True)
    return tuple(str(name) for name in names), places.astype(np.int64)


def _texts(column: pa.ChunkedArray) -> NDArray[np.str_]:
    return np.asarray(pc.fill_null(column, "").to_pylist(), dtype=np.str_)


def _minutes(column: pa.ChunkedArray) -> Floats:
    """Instants as minutes since the epoch, NaN where missing."""
    whole = pc.cast(pc.cast(column, pa.timestamp("us", "UTC")), pa.int64())
    known = np.asarray(pc.is_valid(whole))
    return np.where(known, np.asarray(pc.fill_null(whole, 0)) / 60e6, np.nan)
