"""Past and coming open days side by side as arrays: what every method computes on.

Only open days stand in a panel, so "one day ahead" is the next open day. The first `past` days are known; the rest have
counts 0 that nobody reads.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats, Ints
from bankhall.analytics.forecasting.days import Days
from bankhall.analytics.forecasting.history import History


@dataclass(frozen=True)
class Panel:
    """`counts`, `open`: [service, day, slot]; `weekdays`: day [day, 7], the mixture of weekdays that a day resembles;
    `own_weekday`: 0..6; `plain`: no holiday and no make-up workday; `factors`: calendar effect [service, day]."""

    dates: tuple[date, ...]
    past: int
    slots: range
    slot_minutes: int
    counts: Floats
    open: Bools
    weekdays: Floats
    own_weekday: Ints
    plain: Bools
    marks: tuple[tuple[str, ...], ...]
    factors: Floats

    @cached_property
    def totals(self) -> Floats:
        """Sum of a day: [service, day]."""
        return np.asarray(self.counts.sum(axis=2))

    @cached_property
    def adjusted(self) -> Floats:
        """Counts without the calendar's effect: [service, day, slot]."""
        return np.asarray(self.counts / self.factors[:, :, None])


def build_panel(history: History, future: Days | None = None) -> Panel:
    """The usable days of a history, then the open days of the future. Calendar effects are 1 until they are set."""
    days = history.days
    known = np.flatnonzero(history.usable)
    ahead = np.flatnonzero(future.open.any(axis=1)) if future else np.zeros(0, dtype=np.int64)
    slots = _joined(days, future, known, ahead)
    count_part = _on_slots(history.counts[known], days.slots, slots)
    open_part = _on_slots(days.service_open[known], days.slots, slots)
    if future is not None:
        coming = _on_slots(future.service_open[ahead], future.slots, slots)
        open_part = np.concatenate([open_part, coming])
        count_part = np.concatenate([count_part, np.zeros(coming.shape)])
    parts = [(days, known)] + ([(future, ahead)] if future else [])
    dates = tuple(part.dates[at] for part, where in parts for at in where)
    kinds = tuple(part.kinds[at] for part, where in parts for at in where)
    own = np.array([when.isoweekday() - 1 for when in dates], dtype=np.int64)
    opened = np.asarray(open_part.transpose(1, 0, 2))
    return Panel(
        dates=dates,
        past=len(known),
        slots=slots,
        slot_minutes=days.slot_minutes,
        counts=np.asarray(count_part.transpose(1, 0, 2) * opened),
        open=opened,
        weekdays=_weekdays(own, kinds, len(known)),
        own_weekday=own,
        plain=np.array([kind in ("workday", "weekend") for kind in kinds], dtype=np.bool_),
        marks=tuple(part.marks[at] for part, where in parts for at in where),
        factors=np.ones((len(days.services), len(dates))),
    )


def _joined(days: Days, future: Days | None, known: Ints, ahead: Ints) -> range:
    """Slots from the first to the last that is ever open."""
    used = [days.slots.start + np.flatnonzero(days.open[known].any(axis=0))]
    if future is not None:
        used.append(future.slots.start + np.flatnonzero(future.open[ahead].any(axis=0)))
    every = np.concatenate(used)
    return range(int(every.min()), int(every.max()) + 1) if len(every) else range(0)


def _on_slots(values: np.ndarray, have: range, want: range) -> np.ndarray:
    """The last axis moved from one range of slots to another; what is outside is 0 or False."""
    out = np.zeros((*values.shape[:-1], len(want)), dtype=values.dtype)
    first, last = max(have.start, want.start), min(have.stop, want.stop)
    if first < last:
        out[..., first - want.start : last - want.start] = values[..., first - have.start : last - have.start]
    return out


def _weekdays(own: Ints, kinds: tuple[str, ...], past: int) -> Floats:
    """One weekday each; a make-up workday is the mean of Monday to Friday, an open holiday the mean of the weekend days
    on which the branch opens, or of the working days when it opens on none."""
    rows = np.eye(7)[own]
    weekend = np.array([kind == "weekend" for kind in kinds[:past]], dtype=np.bool_)
    seen = np.bincount(own[:past][weekend], minlength=7) > 0
    working = np.array([1, 1, 1, 1, 1, 0, 0]) / 5.0
    resting = seen / seen.sum() if seen.any() else working
    for at, kind in enumerate(kinds):
        if kind == "makeup_workday":
            rows[at] = working
        elif kind == "holiday":
            rows[at] = resting
    return rows
