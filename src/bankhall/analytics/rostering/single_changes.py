"""Every roster that is one person-day away from another, with what each would cost: compiled, for re-planning.

A price per changed person-day is counted here, against a roster that stands, because the price list knows only changed
hours and a person must be told of another post or duty too.
"""

# ruff: noqa: PLR0917 - compiled functions take numbers and arrays by position

from bankhall.analytics.chance.borrowing import borrowed
from bankhall.analytics.chance.compiling import compiled
from bankhall.analytics.rostering.anneal import doable, take_up, weighted
from bankhall.analytics.rostering.arrays import I64, State
from bankhall.analytics.rostering.kernels import place
from bankhall.analytics.rostering.packing import FORCED, FROZEN, OPTIONS, TEMPLATE, Packed

KEPT, TAKEN_UP, AS_STOOD = 0, 1, 2
"""What becomes of the duties: those that still fit; with them those that lack people; those of the standing roster."""
WAYS = 3
NEVER = 2**62


@compiled
def score_changes(  # noqa: C901 - one loop: a call a step would cost more than the step
    packed: Packed, state: State, option: I64, tasks: I64, weights: I64, scores: I64, duties: I64
) -> None:
    """Fills `scores` and `duties` [n, way] for every option of every person-day; `state` is left as it was.

    `option` and `tasks` are the standing roster's; `weights` are those of law, agreement and a changed person-day.
    """
    packed, state = borrowed(packed), borrowed(state)
    changed = 0
    for p in range(option.shape[0]):
        for d in range(option.shape[1]):
            changed += state.chosen[p, d, 1] != option[p, d] or state.chosen[p, d, 2] != tasks[p, d]
    scores[:] = NEVER
    for p in range(option.shape[0]):
        for d in range(option.shape[1]):
            if packed.place[p, d, FROZEN]:
                continue
            was, did = state.chosen[p, d, 1], state.chosen[p, d, 2]
            others = changed - (was != option[p, d] or did != tasks[p, d])
            first, until = packed.place[p, d, OPTIONS], packed.place[p, d, OPTIONS + 1]
            for n in range(first, until):
                kept = doable(packed, p, d, n, did) | packed.place[p, d, FORCED]
                duties[n, KEPT] = duties[n, TAKEN_UP] = duties[n, AS_STOOD] = kept
                if packed.option[n, TEMPLATE] > 0:
                    duties[n, TAKEN_UP] = take_up(packed, state, p, d, n, kept)
                if n == option[p, d]:
                    duties[n, AS_STOOD] = tasks[p, d]
            for n in range(first, until):  # from one to the next, which is mostly alike, and back at the end
                for way in range(WAYS):
                    wanted = duties[n, way]
                    if (way > KEPT and wanted == duties[n, KEPT]) or (n == was and wanted == did):
                        continue
                    place(packed, state, p, d, n, wanted)
                    differs = n != option[p, d] or wanted != tasks[p, d]
                    total = weighted(state.cost, weights[0], weights[1])
                    scores[n, way] = total + weights[2] * (others + differs)
            place(packed, state, p, d, was, did)
