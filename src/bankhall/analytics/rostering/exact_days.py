"""The last word of a re-plan: an exact model of the days that somebody is missing, round what the search found.

All other days stay as they were found, so that the model is small enough to be solved while a manager waits. It asks
for the least published cover unrestored, at its price, and at that for the fewest changed person-days. CP-SAT with one
worker and deterministic time: the same answer everywhere, and never worse than what it was given. Where no roster keeps
law and control any more it finds nothing, and what the search found stands.
"""

from collections import defaultdict
from collections.abc import Set
from dataclasses import replace
from datetime import date
from math import gcd

import numpy as np

from bankhall.analytics.rostering.anneal import rebuild
from bankhall.analytics.rostering.arrays import I64, Arrays, State
from bankhall.analytics.rostering.disruption import Disrupted, repair_of
from bankhall.analytics.rostering.linear import solve_by_cp_sat
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.polish import hint_of, state_of
from bankhall.analytics.rostering.repair import Repair, descend
from bankhall.analytics.rostering.roster_model import RosterModel

TICKS = 4.0
"""Deterministic time of the solver for all days together, about as many seconds."""
TOGETHER = 2
"""So many days in one model, the soonest first."""


def refined(week: Disrupted, repair: Repair, best: State, *, ticks: float = TICKS) -> tuple[Repair, State]:
    """The better of what the search found and of what the exact model makes of it, with the question it answers."""
    days = sorted(week.missed)
    parts = [frozenset(days[at : at + TOGETHER]) for at in range(0, len(days), TOGETHER)]
    for part in parts:
        repair, best = _refined(week, repair, best, part, ticks / len(parts))
    return repair, best


def _refined(week: Disrupted, repair: Repair, best: State, days: Set[date], ticks: float) -> tuple[Repair, State]:
    near = repair_of(_narrowed(week, repair, best, days))
    start = rebuild(near.arrays, options_like(near.arrays, best), best.tasks)
    model = exact_model(near, week)
    found = solve_by_cp_sat(model.linear, workers=1, seed=0, ticks=ticks, hint=hint_of(model, start), tight=True)
    if not found.values:
        return repair, best
    exact = state_of(model, found.values)
    state = descend(near, rebuild(near.arrays, exact.option, exact.tasks))
    return min(((repair, best), (near, state)), key=lambda pair: pair[0].total(pair[1]))


def _narrowed(week: Disrupted, repair: Repair, best: State, days: Set[date]) -> Disrupted:
    """On all other days, each person's shift as found and as it stood."""
    columns = week.question.columns
    options = dict(columns.options)
    for (p, d), known in columns.options.items():
        if week.question.situation.days[d] not in days:
            kept = {int(repair.arrays.option_template[n]) - 1 for n in (repair.option[p, d], best.option[p, d])}
            options[(p, d)] = tuple(option for option in known if option.template in kept)
    return replace(week, question=replace(week.question, columns=replace(columns, options=options)))


def options_like(arrays: Arrays, state: State) -> I64:
    """Each person-day's option with the template that a state of other options has there."""
    first: I64 = arrays.option_from[:-1].reshape(arrays.frozen.shape)
    people = np.arange(arrays.frozen.shape[0])[:, None]
    return np.where(state.template > 0, arrays.option_at[people, state.template], first)


def exact_model(near: Repair, week: Disrupted) -> RosterModel:
    """Cover at its price above all changes together, a changed person-day at one, all else for nothing."""
    question = week.question
    model = build_model(bare(near.plain), question.columns.people, question.situation.days, 0)
    unit = gcd(*model.linear.price) or 1
    model.linear.price = [price // unit * (near.option.size + 1) for price in model.linear.price]
    model.linear.constant = model.linear.constant // unit * (near.option.size + 1)
    for p, d in np.ndindex(*near.option.shape):
        _price_change(near, model, p, d)
    return model


def bare(arrays: Arrays) -> Arrays:
    """Without any price but that of a missing half hour."""
    return arrays._replace(
        **{name: np.zeros_like(getattr(arrays, name)) for name in ("option_money", "duty_money", "premium")}
    )


def _price_change(near: Repair, model: RosterModel, p: int, d: int) -> None:
    """A price of one for another shift than the standing one, or for other duties."""
    linear, stood, did = model.linear, int(near.option[p, d]), int(near.tasks[p, d])
    others = [model.x[n] for n in model.working(p, d) if n != stood]
    duties: dict[int, list[int]] = defaultdict(list)
    for (a, b, k, _), variable in model.y.items():
        if (a, b) == (p, d):
            duties[k].append(variable)
    if not others and not duties:
        return
    changed = linear.add(0, 1, 1)
    if stood in model.x:
        linear.demand([(changed, 1), (model.x[stood], 1)], low=1)
    else:
        linear.demand([(changed, 1), *((v, -1) for v in others)], low=0)
    for k, variables in duties.items():
        if did >> k & 1:
            linear.demand([(changed, 1), *((v, 1) for v in variables)], low=1)
        else:
            linear.demand([(changed, 1), *((v, -1) for v in variables)], low=0)
