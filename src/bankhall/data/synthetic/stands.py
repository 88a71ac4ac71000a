"""Planned people become people who stand there: breaks slip, windows open late; attendance and sessions come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from bankhall.data.synthetic import truths
from bankhall.data.synthetic.habits import Habits
from bankhall.data.synthetic.past_rosters import Spans, Stretch

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stand:
    """One person at one window as it happens, in minutes; `last`: serves who is in line when the doors shut."""

    staff_no: str
    window_code: str
    pool: int
    start: float
    end: float
    last: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's time at work as it happens."""

    staff_no: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A branch-day's people."""

    stands: tuple[Stand, ...]
    presences: tuple[Presence, ...]


def stand(
    rows: Sequence[Stretch], kinds: Mapping[str, str], opening: Spans, rng: np.random.Generator, habits: Habits
) -> Standing:
    """The day's roster as it happens. `kinds`: window kind by window code. Draws are the same whatever the habits."""
    ordered = sorted(rows, key=lambda r: (r.staff_no, r.start, r.end))
    stands: list[Stand] = []
    presences: list[Presence] = []
    doors = {end for _, end in opening}
    for name, group in groupby(ordered, key=lambda r: r.staff_no):
        own = _slipped(list(group), rng, habits)
        stands += [s for n, row in enumerate(own) if (s := _stand(name, row, own[n + 1 :], kinds, doors)) is not None]
        presences += _presences(name, own)
    return Standing(tuple(stands), tuple(presences))


@dataclass(frozen=True, slots=True)
class _Actual:
    row: Stretch
    start: float
    end: float


def _slipped(rows: list[Stretch], rng: np.random.Generator, habits: Habits) -> list[_Actual]:
    """Breaks begin and end late, the first window of the day opens late; what follows is pushed."""
    found: list[_Actual] = []
    pushed, first = 0.0, True
    for n, row in enumerate(rows):
        late, longer, lazy, share = (float(x) for x in (*rng.exponential(1.0, 3), rng.random()))
        start, end = max(float(row.start), pushed), float(row.end)
        following = rows[n + 1].kind if n + 1 < len(rows) else ""
        if row.kind == "window" and first:
            first = False
            start += truths.WINDOW_LATE_MINUTES * lazy * (share < truths.LATE_SHARE) * habits.windows_late
        if row.kind == "break":
            end = max(end, start) + (truths.BREAK_LONGER_MINUTES * longer if habits.breaks_slip else 0.0)
        elif following == "break" and habits.breaks_slip:
            end += truths.BREAK_SLIP_MINUTES * late
        end = max(end, start)
        pushed = end
        found.append(_Actual(row, start, end))
    return found


def _stand(name: str, now: _Actual, later: list[_Actual], kinds: Mapping[str, str], doors: set[int]) -> Stand | None:
    row = now.row
    kind = kinds.get(row.code, "") if row.kind == "window" else ""
    if kind not in truths.POOL_KINDS or now.end <= now.start:
        return None
    last = row.end in doors
    following = later[0].row.kind if later else ""
    reason = "close" if last else "break" if following == "break" else "plan"
    return Stand(name, row.code, truths.POOL_KINDS.index(kind), now.start, now.end, last, reason)


def _presences(name: str, own: list[_Actual]) -> list[Presence]:
    """Spans of work between breaks."""
    found: list[Presence] = []
    for resting, group in groupby(own, key=lambda a: a.row.kind == "break"):
        spans = list(group)
        if not resting:
            found.append(Presence(name, spans[0].start, max(s.end for s in spans)))
    return found
