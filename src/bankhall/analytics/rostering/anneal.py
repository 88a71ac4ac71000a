"""Anytime annealing over the columns: random changes of person-days, kept when cheaper or with falling chance.

Limited by moves, never by the wall clock, and cut into chunks so that progress can be told and the work cancelled.
"""

# ruff: noqa: PLR0917 - compiled functions take numbers and arrays by position

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bankhall.analytics.chance.borrowing import borrowed
from bankhall.analytics.chance.compiling import compiled, inlined
from bankhall.analytics.rostering.arrays import I64, Arrays, State, empty_state
from bankhall.analytics.rostering.kernels import place, recount
from bankhall.analytics.rostering.packing import (
    CLASH,
    DUTY,
    FIRST,
    FITS,
    FORCED,
    FROZEN,
    OPTIONS,
    ROLE,
    TASKS,
    TEMPLATE,
    Packed,
    pack,
)
from bankhall.analytics.rostering.prices import GRAINS

CHUNKS = 40
HOT_FEN = 6_000.0
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Temperatures in fen, weights of a minute of breach in grains."""

    hot_fen: float
    cold_fen: float
    law: int
    agreement: int


def schedule_of(arrays: Arrays, hot_fen: float = HOT_FEN) -> Schedule:
    """Weights from the problem's own prices: a missing half hour sets the scale.

    A minute of a breach of law weighs a half hour, so that no saving pays for it; a whole breach of an agreement (480
    minutes) weighs six half hours.
    """
    dearest = max(int(arrays.missing.max(initial=0)), 50 * 100 * GRAINS)
    return Schedule(hot_fen=hot_fen, cold_fen=60.0, law=dearest, agreement=dearest // 80)


def first_state(arrays: Arrays) -> State:
    """Nobody works but those who are locked."""
    state, packed = empty_state(arrays), pack(arrays)
    recount(packed, state, state.cost)
    people, dates = arrays.frozen.shape
    for p in range(people):
        for d in range(dates):
            place(packed, state, p, d, int(arrays.option_from[p * dates + d]), int(arrays.forced[p, d]))
    return state


def anneal(
    arrays: Arrays,
    state: State,
    *,
    moves: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
    hot_fen: float = HOT_FEN,
) -> State:
    """The best roster found from `state` on; `state` itself is used up. A good start wants less heat."""
    schedule = schedule_of(arrays, hot_fen)
    best_chosen, packed = state.chosen.copy(), pack(arrays)
    best = np.array([weighted(state.cost, schedule.law, schedule.agreement)], np.int64)
    for chunk in range(CHUNKS):
        share = chunk / (CHUNKS - 1)
        heat = schedule.hot_fen * (schedule.cold_fen / schedule.hot_fen) ** share * GRAINS
        cooler = (schedule.cold_fen / schedule.hot_fen) ** (1 / (CHUNKS - 1))
        count = moves * (chunk + 1) // CHUNKS - moves * chunk // CHUNKS
        seed = int(rng.integers(2**31 - 1))
        weights = np.array([schedule.law, schedule.agreement], np.int64)
        run_moves(packed, state, seed, count, heat, cooler, weights, best, best_chosen)
        if progress is not None:
            progress((chunk + 1) / CHUNKS)
    return rebuild(arrays, best_chosen[:, :, 1], best_chosen[:, :, 2])


def rebuild(arrays: Arrays, option: I64, tasks: I64) -> State:
    """The state with these options and duties."""
    state, packed = first_state(arrays), pack(arrays)
    for p in range(option.shape[0]):
        for d in range(option.shape[1]):
            place(packed, state, p, d, int(option[p, d]), int(tasks[p, d]))
    return state


@inlined
def weighted(cost: I64, law: int, agreement: int) -> int:
    """One number: money, and breaches at their weights."""
    return int(cost[0] + cost[1] * law + cost[2] * agreement)


@inlined
def doable(packed: Packed, p: int, d: int, n: int, tasks: int) -> int:
    """Those of the duties that a person can do in an option."""
    t = packed.option[n, TEMPLATE]
    kept, k, rest = 0, 0, tasks & packed.shift[t, FITS]
    while rest:
        if rest & 1:
            r = packed.meaning[packed.code[t, packed.task[d, k, FIRST]], ROLE]
            if r >= 0 and packed.taker[p, d, k, r, 0] > 0:
                kept |= 1 << k
        rest >>= 1
        k += 1
    return kept


@inlined
def option_like(packed: Packed, p: int, d: int, t: int) -> int:
    """The person's option with a template, -1 = none."""
    if t > 0:
        return int(packed.option_at[p, t])
    low = packed.place[p, d, OPTIONS]
    return int(low) if low < packed.place[p, d, OPTIONS + 1] and packed.option[low, TEMPLATE] == 0 else -1


@inlined
def pick(limit: int) -> int:
    """A random number below the limit."""
    return int(np.random.random() * limit)


@compiled
def run_moves(
    packed: Packed,
    state: State,
    seed: int,
    moves: int,
    heat: float,
    cooler: float,
    weights: I64,
    best: I64,
    best_chosen: I64,
) -> None:
    """So many moves while the temperature falls by one step of the schedule."""
    packed, state = borrowed(packed), borrowed(state)
    np.random.seed(seed)
    people = state.chosen.shape[0]
    now = weighted(state.cost, weights[0], weights[1])
    temperature = heat
    for move in range(moves):
        if move % 256 == 0:
            temperature = heat * cooler ** (move / moves)
        p, d = pick(people), pick(7)
        kind = np.random.random()
        state.undo[0, 0] = 0
        if kind < 0.52:
            change_option(packed, state, p, d)
            if kind < 0.12:
                change_option(packed, state, pick(people), d)
        elif kind < 0.65:
            change_duty(packed, state, p, d)
        elif kind < 0.88:
            swap_people(packed, state, p, d)
        else:
            move_day(packed, state, p, d)
        if state.undo[0, 0] == 0:
            continue
        then = weighted(state.cost, weights[0], weights[1])
        if then <= now or np.random.random() < np.exp((now - then) / temperature):
            now = then
            if now < best[0]:
                best[0] = now
                best_chosen[:] = state.chosen
        else:
            take_back(packed, state)


@inlined
def put(packed: Packed, state: State, p: int, d: int, n: int, tasks: int) -> None:
    """Places and remembers what stood there."""
    at = state.undo[0, 0] + 1
    state.undo[0, 0] = at
    state.undo[at, 0], state.undo[at, 1] = p * 7 + d, state.chosen[p, d, 1]
    state.undo[at, 2] = state.chosen[p, d, 2]
    place(packed, state, p, d, n, tasks)


@inlined
def take_back(packed: Packed, state: State) -> None:
    """Undoes the placed changes, last first."""
    for at in range(state.undo[0, 0], 0, -1):
        place(packed, state, state.undo[at, 0] // 7, state.undo[at, 0] % 7, state.undo[at, 1], state.undo[at, 2])


@compiled
def change_option(packed: Packed, state: State, p: int, d: int) -> None:
    """Another option of the same person-day: a near one in the list (like times or posts), any, or none."""
    packed, state = borrowed(packed), borrowed(state)
    low, high = packed.place[p, d, OPTIONS], packed.place[p, d, OPTIONS + 1]
    if high - low < 2:
        return
    n = low + pick(high - low)
    style = np.random.random()
    if style < 0.5 and state.chosen[p, d, 1] > low:
        n = min(high - 1, max(low, state.chosen[p, d, 1] + pick(25) - 12))
    elif style < 0.6:
        n = low
    if n != state.chosen[p, d, 1]:
        tasks = doable(packed, p, d, n, state.chosen[p, d, 2]) | packed.place[p, d, FORCED]
        if n > low:
            tasks = take_up(packed, state, p, d, n, tasks)
        put(packed, state, p, d, n, tasks)


@inlined
def take_up(packed: Packed, state: State, p: int, d: int, n: int, tasks: int) -> int:
    """The duties, and with them those of the date that lack people and that the person can do in that option."""
    for k in range(packed.date[d, TASKS]):
        best = 0
        for other in range(packed.date[d, TASKS]):
            if packed.task[d, other, DUTY] == packed.task[d, k, DUTY]:
                best = max(best, state.taken[d, other])
        short = best < packed.wanted[d, packed.task[d, k, DUTY]] and state.taken[d, k] == best
        free = not tasks & (packed.task[d, k, CLASH] | 1 << k)
        if short and free and doable(packed, p, d, n, 1 << k):
            tasks |= 1 << k
    return tasks


@compiled
def change_duty(packed: Packed, state: State, p: int, d: int) -> None:
    """Takes up, lays down, or hands over one duty."""
    packed, state = borrowed(packed), borrowed(state)
    if packed.date[d, TASKS] == 0 or packed.place[p, d, FROZEN] or state.chosen[p, d, 0] == 0:
        return
    k = pick(packed.date[d, TASKS])
    bit = 1 << k
    tasks = state.chosen[p, d, 2]
    if tasks & bit:
        put(packed, state, p, d, state.chosen[p, d, 1], (tasks & ~bit) | packed.place[p, d, FORCED])
    else:
        wanted = (tasks & ~packed.task[d, k, CLASH]) | bit | packed.place[p, d, FORCED]
        if (
            doable(packed, p, d, state.chosen[p, d, 1], wanted) != wanted
            or packed.place[p, d, FORCED] & packed.task[d, k, CLASH]
        ):
            return
        put(packed, state, p, d, state.chosen[p, d, 1], wanted)
    q = pick(state.chosen.shape[0])
    give = state.chosen[q, d, 2]
    if q == p or packed.place[q, d, FROZEN] or state.chosen[q, d, 0] == 0:
        return
    if tasks & bit and not give & bit:
        wanted = (give & ~packed.task[d, k, CLASH]) | bit | packed.place[q, d, FORCED]
        fits = not packed.place[q, d, FORCED] & packed.task[d, k, CLASH]
        if fits and doable(packed, q, d, state.chosen[q, d, 1], wanted) == wanted:
            put(packed, state, q, d, state.chosen[q, d, 1], wanted)
    elif not tasks & bit and give & bit:
        put(packed, state, q, d, state.chosen[q, d, 1], (give & ~bit) | packed.place[q, d, FORCED])


@compiled
def swap_people(packed: Packed, state: State, p: int, d: int) -> None:
    """Two people change a date's work and duties, where each may do the other's."""
    packed, state = borrowed(packed), borrowed(state)
    q = pick(state.chosen.shape[0])
    mine, theirs = state.chosen[p, d, 0], state.chosen[q, d, 0]
    if q == p or mine == theirs or packed.place[p, d, FROZEN] or packed.place[q, d, FROZEN]:
        return
    n, m = option_like(packed, p, d, theirs), option_like(packed, q, d, mine)
    if n < 0 or m < 0:
        return
    my_tasks, their_tasks = (
        state.chosen[p, d, 2] & ~packed.place[p, d, FORCED],
        state.chosen[q, d, 2] & ~packed.place[q, d, FORCED],
    )
    put(packed, state, p, d, n, doable(packed, p, d, n, their_tasks) | packed.place[p, d, FORCED])
    put(packed, state, q, d, m, doable(packed, q, d, m, my_tasks) | packed.place[q, d, FORCED])


@compiled
def move_day(packed: Packed, state: State, p: int, d: int) -> None:
    """A person works another date instead of this one, in any shift of it; somebody else may take over here."""
    packed, state = borrowed(packed), borrowed(state)
    e = pick(7)
    if (
        e == d
        or packed.place[p, d, FROZEN]
        or packed.place[p, e, FROZEN]
        or state.chosen[p, d, 0] == 0
        or state.chosen[p, e, 0] != 0
    ):
        return
    low, high = packed.place[p, e, OPTIONS], packed.place[p, e, OPTIONS + 1]
    off, mine, tasks = packed.place[p, d, OPTIONS], state.chosen[p, d, 0], state.chosen[p, d, 2]
    if high - low < 2 or packed.option[off, TEMPLATE] != 0 or packed.place[p, d, FORCED]:
        return
    q = pick(state.chosen.shape[0])
    put(packed, state, p, d, off, 0)
    if q != p and not packed.place[q, e, FROZEN] and state.chosen[q, e, 0] != 0 and state.chosen[q, d, 0] == 0:
        n, m = option_like(packed, p, e, state.chosen[q, e, 0]), option_like(packed, q, d, mine)
        rest = packed.place[q, e, OPTIONS]
        if n >= 0 and m >= 0 and packed.option[rest, TEMPLATE] == 0 and not packed.place[q, e, FORCED]:
            theirs = state.chosen[q, e, 2]
            put(packed, state, q, e, rest, 0)
            put(packed, state, p, e, n, doable(packed, p, e, n, theirs) | packed.place[p, e, FORCED])
            put(packed, state, q, d, m, doable(packed, q, d, m, tasks) | packed.place[q, d, FORCED])
            return
    n = low + 1 + pick(high - low - 1)
    put(packed, state, p, e, n, packed.place[p, e, FORCED])
