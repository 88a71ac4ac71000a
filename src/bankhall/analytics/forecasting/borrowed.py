"""A branch with few days or none leans on the shapes and the size that the other branches show."""

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.life import life_of
from bankhall.analytics.forecasting.notes import Note
from bankhall.analytics.forecasting.panel import Panel
from bankhall.analytics.forecasting.pooled import PooledEffects
from bankhall.kernel.errors import BadInput

SHORT_DAYS = 20
_POOL_DAYS = 8.0
_STEADY = 1.0


def leaning_on_pool(panel: Panel, past: History, pooled: PooledEffects, own: Floats | None) -> Floats:
    """Means [service, coming day, slot]: the pool's shape at the branch's own size, mixed with its own forecast by
    n / (n + 8) days. Without any other branch the own forecast stands alone; without both BadInput."""
    lent = _others(past, pooled)
    if own is None and not lent:
        raise BadInput("history_too_short", branch_code=past.branch_code, days=panel.past)
    if not lent:
        return own if own is not None else np.zeros(0)
    places = [pooled.column_of(code) for code in past.services]
    shapes = np.pad(pooled.shapes, ((0, 1), (0, 0), (0, 0)))[places]
    shapes = shapes[:, :, panel.slots.start : panel.slots.stop]
    whole = (panel.weekdays @ shapes) * panel.open * panel.factors[:, :, None]
    known = slice(0, panel.past)
    size = (panel.counts[:, known].sum(axis=(1, 2)) + _STEADY) / (whole[:, known].sum(axis=(1, 2)) + _STEADY)
    borrowed = whole[:, panel.past :] * size[:, None, None]
    weight = panel.past / (panel.past + _POOL_DAYS)
    return borrowed if own is None else np.asarray(weight * own + (1.0 - weight) * borrowed)


def _others(past: History, pooled: PooledEffects) -> bool:
    return any(code != past.branch_code for code in pooled.branch_codes) and bool(pooled.shapes.sum() > 0)


def notes_of_history(panel: Panel, past: History, pooled: PooledEffects) -> tuple[Note, ...]:
    """`history_none_borrowed`, `history_short`, `service_new`, `service_gone`."""
    if not panel.past:
        return (Note("history_none_borrowed", facts={"branches": len(pooled.branch_codes)}),)
    short = (Note("history_short", facts={"days": panel.past}),) if panel.past < SHORT_DAYS else ()
    life = life_of(panel.totals[:, : panel.past])
    new = tuple(
        Note("service_new", code, {"since": panel.dates[first].isoformat()})
        for code, first in zip(past.services, life.first.tolist(), strict=True)
        if first
    )
    ended = np.flatnonzero(~life.alive)
    gone = tuple(_gone(panel, past.services[at], int(at)) for at in ended if panel.totals[at, : panel.past].any())
    return (*short, *new, *gone)


def _gone(panel: Panel, code: str, service: int) -> Note:
    """A service that was seen and is no more; one that was never seen here needs no note."""
    seen = np.flatnonzero(panel.totals[service, : panel.past])
    return Note("service_gone", code, {"last_seen": panel.dates[int(seen[-1])].isoformat()})
