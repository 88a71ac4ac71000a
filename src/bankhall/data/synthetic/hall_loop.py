"""The event loop of the world's hall: lines by pool, people who come and go, customers with up to two services.

Its own code on purpose: planning's simulator must not share a mistake with the world that judges it. Compiled by
numba; the module is loaded lazily.
"""

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.compiling import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WAITING, SERVED, ABSENT = 0, 1, 2
NOT_YET, IDLE, BUSY, GONE = 0, 1, 2, 3


@compiled
def run_day(  # noqa: C901, PLR0912, PLR0915, PLR0917 - one compiled loop; splitting it would cost copies of the state
    arrive: Floats,
    pools: Ints,
    minutes: Floats,
    patience: Floats,
    walk: Floats,
    span_person: Ints,
    span_pool: Ints,
    span_start: Floats,
    span_end: Floats,
    span_last: Ints,
    speed: Floats,
    hourly: Floats,
    no_show: float,
) -> tuple[Floats, Floats, Floats, Floats, Ints, Ints]:
    """One branch's day.

    `arrive` [n] sorted minutes; `pools`, `minutes`, `patience`, `walk` [n, 2] by step (pool -1 = no such step); spans
    of people at windows in minutes; a `last` span serves who is in line at its end. `speed` by person, `hourly` [24].
    Returns per step [n, 2]: queued, called, started, ended (NaN = never), the span that called (-1), and the outcome.
    """
    n, spans = arrive.shape[0], span_start.shape[0]
    queued = np.full((n, 2), np.nan)
    called = np.full((n, 2), np.nan)
    started = np.full((n, 2), np.nan)
    ended = np.full((n, 2), np.nan)
    who = np.full((n, 2), -1, dtype=np.int64)
    outcome = np.zeros((n, 2), dtype=np.int64)
    lines = np.zeros((3, 2 * n + 1), dtype=np.int64)
    head = np.zeros(3, dtype=np.int64)
    tail = np.zeros(3, dtype=np.int64)
    state = np.zeros(spans, dtype=np.int64)
    due = span_start.copy()
    serving = np.full(spans, -1, dtype=np.int64)
    idle_since = np.zeros(spans)
    until = np.zeros(speed.shape[0])
    came = 0
    while True:
        at = -1
        now = np.inf
        for s in range(spans):
            if state[s] != GONE and due[s] < now:
                now, at = due[s], s
        joined = -1
        freed = -1
        if came < n and arrive[came] <= now:
            now = arrive[came]
            joined = came * 2
            came += 1
        elif at < 0:
            break
        elif state[at] == NOT_YET and until[span_person[at]] > now:
            due[at] = until[span_person[at]]
            continue
        elif state[at] == IDLE:
            state[at] = GONE
            continue
        else:
            if state[at] == BUSY and serving[at] >= 0:
                step = serving[at]
                if step % 2 == 0 and pools[step // 2, 1] >= 0:
                    joined = step + 1
            serving[at] = -1
            until[span_person[at]] = now
            freed = at
        if joined >= 0:
            pool = pools[joined // 2, joined % 2]
            queued[joined // 2, joined % 2] = now
            lines[pool, tail[pool]] = joined
            tail[pool] += 1
            if freed < 0 or span_pool[freed] != pool:
                best = -1
                for s in range(spans):
                    if state[s] == IDLE and span_pool[s] == pool and (best < 0 or idle_since[s] < idle_since[best]):
                        best = s
                if best >= 0:
                    _call(
                        best,
                        now,
                        lines,
                        head,
                        span_pool,
                        span_person,
                        queued,
                        called,
                        started,
                        ended,
                        who,
                        outcome,
                        minutes,
                        patience,
                        walk,
                        speed,
                        hourly,
                        no_show,
                        state,
                        due,
                        serving,
                        until,
                    )
        if freed >= 0:
            pool = span_pool[freed]
            line = tail[pool] - head[pool]
            if now >= span_end[freed] and not (span_last[freed] == 1 and line > 0):
                state[freed] = GONE
            elif line > 0:
                _call(
                    freed,
                    now,
                    lines,
                    head,
                    span_pool,
                    span_person,
                    queued,
                    called,
                    started,
                    ended,
                    who,
                    outcome,
                    minutes,
                    patience,
                    walk,
                    speed,
                    hourly,
                    no_show,
                    state,
                    due,
                    serving,
                    until,
                )
            else:
                state[freed] = IDLE
                idle_since[freed] = now
                due[freed] = max(span_end[freed], now)
    return queued, called, started, ended, who, outcome


@compiled
def _call(  # noqa: PLR0917 - a step of the compiled loop
    s: int,
    now: float,
    lines: Ints,
    head: Ints,
    span_pool: Ints,
    span_person: Ints,
    queued: Floats,
    called: Floats,
    started: Floats,
    ended: Floats,
    who: Ints,
    outcome: Ints,
    minutes: Floats,
    patience: Floats,
    walk: Floats,
    speed: Floats,
    hourly: Floats,
    no_show: float,
    state: Ints,
    due: Floats,
    serving: Ints,
    until: Floats,
) -> None:
    """The next of the line is called: served, or found absent when the wait was longer than the patience."""
    pool = span_pool[s]
    step = lines[pool, head[pool]]
    head[pool] += 1
    c, k = step // 2, step % 2
    called[c, k] = now
    who[c, k] = s
    state[s] = BUSY
    if patience[c, k] < now - queued[c, k]:
        outcome[c, k] = ABSENT
        serving[s] = -1
        due[s] = now + no_show
    else:
        outcome[c, k] = SERVED
        serving[s] = step
        started[c, k] = now + walk[c, k]
        hour = int(started[c, k] // 60) % 24
        ended[c, k] = started[c, k] + minutes[c, k] * speed[span_person[s]] * hourly[hour]
        due[s] = ended[c, k]
    until[span_person[s]] = due[s]
