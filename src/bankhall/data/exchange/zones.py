"""Local times to instants and back for whole columns, by the zone of each row.

An hour that occurs twice takes the first; one that does not exist is refused. Offsets are asked of `zoneinfo` once for
each quarter of an hour that occurs, so a column of a million rows asks a few thousand times.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Micros = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

QUARTER = 15 * 60 * 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_SUCH_TIME = np.iinfo(np.int64).min


def to_utc(local: Micros, zone_of: npt.NDArray[np.int64], zones: Sequence[str]) -> tuple[Micros, Flags]:
    """Instants for local microseconds since 1970; `zone_of` gives each row's index in `zones`. Second: no such time."""
    return _shifted(local, zone_of, zones, _offset_of_local, sign=-1)


def to_local(instants: Micros, zone_of: npt.NDArray[np.int64], zones: Sequence[str]) -> Micros:
    """Local microseconds since 1970 for instants."""
    return _shifted(instants, zone_of, zones, _offset_of_instant, sign=1)[0]


def _shifted(
    times: Micros, zone_of: npt.NDArray[np.int64], zones: Sequence[str], offset: Callable[[str, int], int], *, sign: int
) -> tuple[Micros, Flags]:
    out, missing = times.copy(), np.zeros(len(times), dtype=np.bool_)
    for index, zone in enumerate(zones):
        mine = np.flatnonzero(zone_of == index)
        if len(mine) == 0:
            continue
        quarters, which = np.unique(times[mine] // QUARTER, return_inverse=True)
        offsets = np.array([offset(zone, int(quarter)) for quarter in quarters], dtype=np.int64)[which]
        gap = offsets == _NO_SUCH_TIME
        missing[mine] = gap
        out[mine] = np.where(gap, times[mine], times[mine] + sign * offsets)
    return out, missing


@lru_cache(maxsize=200_000)
def _offset_of_local(zone: str, quarter: int) -> int:
    where = ZoneInfo(zone)
    naive = (_EPOCH + timedelta(microseconds=quarter * QUARTER)).replace(tzinfo=None)
    local = naive.replace(tzinfo=where)
    if local.astimezone(UTC).astimezone(where).replace(tzinfo=None) != naive:
        return int(_NO_SUCH_TIME)
    return _micros(local.utcoffset())


@lru_cache(maxsize=200_000)
def _offset_of_instant(zone: str, quarter: int) -> int:
    return _micros((_EPOCH + timedelta(microseconds=quarter * QUARTER)).astimezone(ZoneInfo(zone)).utcoffset())


def _micros(offset: timedelta | None) -> int:
    return 0 if offset is None else round(offset.total_seconds() * 1_000_000)
