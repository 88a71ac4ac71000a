"""CP-SAT over the search's columns: mends a roster that still breaks the law, or improves one that does not.

One worker, a fixed seed, deterministic time: the same answer everywhere. Never worse than what it was given.
"""

from collections.abc import Sequence

from bankhall.analytics.rostering.anneal import rebuild, schedule_of, weighted
from bankhall.analytics.rostering.arrays import I64, LAW, Arrays, State
from bankhall.analytics.rostering.linear import Row, Solved, solve_by_cp_sat
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.question import Question
from bankhall.analytics.rostering.roster_model import RosterModel

MENDING_TICKS = 60.0
"""Deterministic time for finding any lawful roster before the answer is called unknown."""


def polish(question: Question, arrays: Arrays, state: State, *, ticks: float) -> State | None:
    """A state at least as good; None when the rules cannot all be met."""
    agreement = schedule_of(arrays).agreement
    model = build_model(arrays, question.columns.people, question.situation.days, agreement)
    if state.cost[LAW] > 0:
        found = solve_by_cp_sat(model.linear, workers=1, seed=0, ticks=MENDING_TICKS, with_prices=False)
        if not found.values:
            return None
        state = state_of(model, found.values)
    if ticks > 0:
        hint = hint_of(model, state)
        better = solve_by_cp_sat(model.linear, workers=1, seed=0, ticks=ticks, hint=hint)
        state = best_of(arrays, state, model, better)
    return state


def best_of(arrays: Arrays, state: State, model: RosterModel, found: Solved) -> State:
    """The cheaper one as the search counts, the state itself when the solver found nothing."""
    if not found.values:
        return state
    other, schedule = state_of(model, found.values), schedule_of(arrays)
    here = weighted(state.cost, schedule.law, schedule.agreement)
    return other if weighted(other.cost, schedule.law, schedule.agreement) < here else state


def state_of(model: RosterModel, values: Sequence[int]) -> State:
    """A model's answer as a state of the search."""
    arrays = model.arrays
    people, dates = arrays.frozen.shape
    option: I64 = arrays.option_from[:-1].reshape(people, dates).copy()
    tasks: I64 = arrays.forced.copy()
    for n, variable in model.x.items():
        if values[variable]:
            p, d = place_of(arrays, n)
            option[p, d] = n
    for (p, d, k, _), variable in model.y.items():
        if values[variable]:
            tasks[p, d] |= 1 << k
    return rebuild(arrays, option, tasks)


def place_of(arrays: Arrays, n: int) -> tuple[int, int]:
    """The person-day of an option."""
    key = int(arrays.option_from.searchsorted(n, side="right")) - 1
    dates = int(arrays.frozen.shape[1])
    return key // dates, key % dates


def hint_of(model: RosterModel, state: State) -> list[int]:
    """A value for every variable: the state's choices, then what the rows leave for the rest.

    CP-SAT drops a hint that leaves any variable out or breaks a row, so the rest (slacks, starts, uses) is set too:
    each takes the least that its rows allow, in their order, and no more than earlier rows allow.
    """
    values, most = list(model.linear.low), list(model.linear.high)
    for n, variable in model.x.items():
        p, d = place_of(model.arrays, n)
        values[variable] = int(state.option[p, d] == n)
    for (p, d, k, r), variable in model.y.items():
        t = int(state.template[p, d])
        held = model.arrays.role_of[model.arrays.code[t, model.arrays.task_from[d, k]]]
        values[variable] = int(bool(state.tasks[p, d] >> k & 1) and held == r)
    for variable in (*model.x.values(), *model.y.values()):
        most[variable] = values[variable]
    for row in model.linear.rows:
        _settle(row, values, most)
    return values


def _settle(row: Row, values: list[int], most: list[int]) -> None:
    """Moves a row's free variables just far enough to keep the row, and notes how far it lets them go from there."""
    pairs = list(zip(row.variables.tolist(), row.coefficients.tolist(), strict=True))
    total = sum(values[v] * c for v, c in pairs)
    for variable, factor in pairs:
        lack = row.low - total if total < row.low else row.high - total if total > row.high else 0
        if lack * factor > 0:
            step = min(-(-abs(lack) // abs(factor)), most[variable] - values[variable])
            values[variable] += step
            total += step * factor
    for variable, factor in pairs:
        room = total - row.low if factor < 0 else row.high - total
        most[variable] = min(most[variable], values[variable] + max(0, room) // abs(factor))
