"""The search of a re-plan: first every one- and two-person repair that is worth following, then annealing, the better.

One number orders rosters: law and control, then half hours unmet as every roster weighs them, then changed
person-days, then money with agreements at their price; each weighs more than all that the next can add up to. Limited
by depth, width and moves, never by the clock.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.rostering.anneal import anneal, rebuild, schedule_of, weighted
from bankhall.analytics.rostering.arrays import I64, Arrays, State
from bankhall.analytics.rostering.kernels import place
from bankhall.analytics.rostering.packing import pack
from bankhall.analytics.rostering.prices import GRAINS
from bankhall.analytics.rostering.single_changes import NEVER, WAYS, score_changes

COVER, CHANGE, LAW = 10_000, 10**8, 100
"""How much heavier cover weighs than its price; grains of a changed person-day; a minute of law in half hours."""
WIDTH, LIKE, DEPTH, DROPS = 12, 2, 8, 2
"""Repairs followed a step; of these with the same person-days; changes at most; steps without gain before it stops."""
DESCENT = 60
WARM = 20
"""While annealing, cover weighs so many times its price, and a change as much as two half hours of that."""

Change = tuple[int, int, int, int]
"""Person, date, option, bits of duties."""


@dataclass(frozen=True)
class Repair:
    """The question of one re-plan in numbers: what stands, and what each kind of harm weighs."""

    plain: Arrays
    option: I64
    tasks: I64

    @cached_property
    def arrays(self) -> Arrays:
        """With cover priced above everything that changes and money can add up to."""
        return self.plain._replace(missing=self.plain.missing * COVER)

    @cached_property
    def weights(self) -> I64:
        """Law, agreement, a changed person-day."""
        agreement = schedule_of(self.plain).agreement
        return np.array([schedule_of(self.arrays).law * LAW, agreement, CHANGE], np.int64)

    def total(self, state: State) -> int:
        """The one number of a roster."""
        return weighted(state.cost, self.weights[0], self.weights[1]) + CHANGE * int(self.changed(state).sum())

    def changed(self, state: State) -> NDArray[np.bool_]:
        """[p, d] whether a person works in another shift, or does other duties."""
        differs: NDArray[np.bool_] = (state.option != self.option) | (state.tasks != self.tasks)
        return differs

    def standing(self) -> State:
        """A fresh state of what stands."""
        return rebuild(self.arrays, self.option, self.tasks)


def best_repair(repair: Repair, *, moves: int, rng: np.random.Generator) -> State:
    """The better of following the best repairs and of annealing."""
    followed = _follow(repair)
    annealed = descend(repair, _annealed(repair, moves=moves, rng=rng))
    return min(followed, annealed, key=repair.total)


def _follow(repair: Repair) -> State:
    """The best of up to so many changes, keeping the best few at each step."""
    state = repair.standing()
    best, found, drops = repair.total(state), frozenset[Change](), 0
    front: list[frozenset[Change]] = [found]
    for _ in range(DEPTH):
        reached = [step for node in front for step in _steps(repair, state, node)]
        front_scores = _best_few(reached)
        if not front_scores:
            break
        front = [node for _, node in front_scores]
        drops = 0 if front_scores[0][0] < best else drops + 1
        if front_scores[0][0] < best:
            best, found = front_scores[0]
        if drops == DROPS:
            break
    _put(repair, state, found)
    return state


def _steps(repair: Repair, state: State, node: frozenset[Change]) -> list[tuple[int, frozenset[Change]]]:
    """What one change more would make of a node: for each person-day its best few."""
    _put(repair, state, node)
    scores, duties = scores_of(repair, state)
    _put(repair, state, frozenset((p, d, int(repair.option[p, d]), int(repair.tasks[p, d])) for p, d, _, _ in node))
    rest = {(p, d): change for change in node for p, d in [change[:2]]}
    found: list[tuple[int, frozenset[Change]]] = []
    people, dates = repair.option.shape
    for p, d in product(range(people), range(dates)):
        first = int(repair.arrays.option_from[p * dates + d])
        until = int(repair.arrays.option_from[p * dates + d + 1])
        mine = scores[first:until].ravel()
        if (p, d) in rest:
            continue
        for at in np.argsort(mine, kind="stable")[:LIKE]:
            if mine[at] < NEVER:
                n, way = first + int(at) // WAYS, int(at) % WAYS
                found.append((int(mine[at]), node | {(p, d, n, int(duties[n, way]))}))
    return sorted(found, key=_order)[: WIDTH * LIKE]


def _best_few(reached: list[tuple[int, frozenset[Change]]]) -> list[tuple[int, frozenset[Change]]]:
    """The best, few of them of the same person-days, so that one good person does not crowd out all others."""
    kept: list[tuple[int, frozenset[Change]]] = []
    like: dict[frozenset[tuple[int, int]], int] = {}
    for score, node in sorted(set(reached), key=_order):
        days = frozenset((p, d) for p, d, _, _ in node)
        if like.get(days, 0) < LIKE:
            like[days] = like.get(days, 0) + 1
            kept.append((score, node))
    return kept[:WIDTH]


def _order(step: tuple[int, frozenset[Change]]) -> tuple[int, list[Change]]:
    return step[0], sorted(step[1])


def _put(repair: Repair, state: State, node: frozenset[Change]) -> None:
    packed = pack(repair.arrays)
    for p, d, n, tasks in sorted(node):
        place(packed, state, p, d, n, tasks)


def scores_of(repair: Repair, state: State) -> tuple[I64, I64]:
    """[n, way] what the total would be with each option, and the duties that go with it; the state stays."""
    scores = np.zeros((repair.arrays.option_template.size, WAYS), np.int64)
    duties = np.zeros_like(scores)
    score_changes(pack(repair.arrays), state, repair.option, repair.tasks, repair.weights, scores, duties)
    return scores, duties


def _annealed(repair: Repair, *, moves: int, rng: np.random.Generator) -> State:
    """What annealing finds from the standing roster on, a change being dear but not out of reach."""
    plain = repair.plain
    change = 2 * schedule_of(plain).law
    money = plain.option_money + change
    money[repair.option[repair.option >= 0]] -= change
    warm = plain._replace(missing=plain.missing * WARM, option_money=money)
    start = rebuild(warm, repair.option, repair.tasks)
    found = anneal(warm, start, moves=moves, rng=rng, hot_fen=change / GRAINS)
    return rebuild(repair.arrays, found.option, found.tasks)


def descend(repair: Repair, state: State, allowed: NDArray[np.bool_] | None = None) -> State:
    """The best single change, taken back ones among them, again and again until none is better.

    `allowed` [n] are the options that may be chosen; None: all.
    """
    now = repair.total(state)
    for _ in range(DESCENT):
        scores, duties = scores_of(repair, state)
        if allowed is not None:
            scores[~allowed] = NEVER
        at = int(scores.argmin())
        n, way = at // WAYS, at % WAYS
        if scores[n, way] >= now:
            break
        take(repair, state, n, int(duties[n, way]))
        now = int(scores[n, way])
    return state


def take(repair: Repair, state: State, n: int, tasks: int) -> None:
    """Gives an option with duties to the person and date whose it is."""
    p, d = divmod(int(repair.arrays.option_from.searchsorted(n, side="right")) - 1, repair.option.shape[1])
    place(pack(repair.arrays), state, p, d, n, tasks)
