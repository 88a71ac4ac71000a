"""What each past day of a branch would have brought without calendar effects: weekday shape times a local level."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.life import life_of
from bankhall.analytics.forecasting.panel import Panel, build_panel
from bankhall.analytics.forecasting.simple import weekday_means

Factors = Callable[[str, Sequence[str], Sequence[tuple[str, ...]]], Floats]
_REACH = 10
_STEADY = 20.0


@dataclass(frozen=True, slots=True)
class BranchDays:
    """Day totals that came and were expected: [service of the pool, day]; `marked`: [day, mark]; `shapes`: weekday
    means [service of the pool, 7, slot from midnight]."""

    came: Floats
    expected: Floats
    marked: Floats
    shapes: Floats

    def whole(self) -> "BranchDays":
        """All services as one."""
        return replace(
            self,
            came=self.came.sum(axis=0, keepdims=True),
            expected=self.expected.sum(axis=0, keepdims=True),
            shapes=self.shapes.sum(axis=0, keepdims=True),
        )


def branch_days(
    history: History, services: tuple[str, ...], marks: tuple[str, ...], factors: Factors | None = None
) -> BranchDays:
    """All usable days of a history, without the given factors' effect where they are given."""
    panel = build_panel(history)
    if factors is not None:
        panel = replace(panel, factors=factors(history.branch_code, history.services, panel.marks))
    life = life_of(panel.totals)
    lives: Bools = np.arange(panel.past)[None, :] >= life.first[:, None]
    active = panel.open.any(axis=2) & lives
    means = weekday_means(panel, panel.adjusted, panel.past, active, panel.past + 1)
    expected = ((panel.weekdays @ means) * panel.open).sum(axis=2) * active
    adjusted = panel.totals / panel.factors * active
    level = _local_level(adjusted, expected)
    places = [services.index(code) for code in history.services]
    return BranchDays(
        came=_placed(panel.totals * active, places, len(services)),
        expected=_placed(expected * level, places, len(services)),
        marked=np.array([[mark in day for mark in marks] for day in panel.marks], dtype=np.float64).reshape(
            panel.past, len(marks)
        ),
        shapes=_placed(_from_midnight(means, panel), places, len(services)),
    )


def _local_level(came: Floats, expected: Floats) -> Floats:
    """What came over what was expected in the ten open days on either side: [service, day], near 1 where few come."""
    return np.asarray((_around(came) + _STEADY) / (_around(expected) + _STEADY))


def _around(values: Floats) -> Floats:
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    at = np.arange(values.shape[1])
    return np.asarray(sums[:, np.minimum(at + _REACH + 1, values.shape[1])] - sums[:, np.maximum(at - _REACH, 0)])


def _placed(values: Floats, places: list[int], services: int) -> Floats:
    out = np.zeros((services, *values.shape[1:]))
    out[places] = values
    return out


def _from_midnight(means: Floats, panel: Panel) -> Floats:
    out = np.zeros((*means.shape[:2], 1440 // panel.slot_minutes))
    out[:, :, panel.slots.start : panel.slots.stop] = means
    return out
