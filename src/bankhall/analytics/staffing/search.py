"""Raises people until every goal holds, then takes away whoever is not missed. All on the same simulated customers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.staffing.goals import Goals
from bankhall.analytics.staffing.problem import StaffingProblem
from bankhall.analytics.staffing.start import ceilings, floors, per_slot
from bankhall.analytics.staffing.trial import Trial

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 60
EARLIER_SLOTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Floors and ceilings [group, slot], the least [slot] of all groups together, who is able [group, service], and
    which services are promised and expected [service, slot]: somebody able then stands there, however few come."""

    floor: Ints
    ceiling: Ints
    least: Ints
    able: NDArray[np.bool_]
    expected: NDArray[np.bool_]

    def covered(self, people: Ints, slot: int) -> bool:
        """Whether each expected service that anybody can do has somebody able in a slot."""
        return not self.uncovered(people, slot).any()

    def uncovered(self, people: Ints, slot: int) -> NDArray[np.bool_]:
        """The expected services [service] that have nobody able in a slot, though some group with room has them."""
        possible = self.able[self.ceiling[:, slot] > 0].any(axis=0)
        return np.asarray(self.expected[:, slot] & possible & (people[:, slot] @ self.able == 0))


def bounds_of(problem: StaffingProblem) -> Bounds:
    """The problem's bounds as arrays. A floor beats a ceiling."""
    floor = floors(problem)
    able = [[service.model.code in group.services for service in problem.services] for group in problem.groups]
    promised = np.array([service.model.promise is not None for service in problem.services])[:, None]
    arrivals = np.array([service.arrivals for service in problem.services])
    return Bounds(
        floor=floor,
        ceiling=np.maximum(ceilings(problem), floor),
        least=per_slot(problem.least, problem.slots()),
        able=np.array(able, dtype=np.bool_),
        expected=(arrivals > 0) & promised,
    )


def fill_presence(people: Ints, bounds: Bounds) -> Ints:
    """Adds what all groups together owe: first where most services are covered."""
    filled = people.copy()
    for group in np.argsort(-bounds.able.sum(axis=1), kind="stable"):
        missing = np.maximum(0, bounds.least - filled.sum(axis=0))
        filled[group] += np.minimum(missing, bounds.ceiling[group] - filled[group])
    return filled


def fill_services(people: Ints, bounds: Bounds) -> Ints:
    """Adds somebody able for every expected service that has nobody: each time whoever covers most of the missing."""
    filled = people.copy()
    for slot in range(filled.shape[1]):
        while not bounds.covered(filled, slot):
            gain = (bounds.able @ bounds.uncovered(filled, slot)) * (bounds.ceiling[:, slot] > 0)
            filled[int(np.argmax(gain)), slot] += 1
    return filled


def raise_people(trial: Trial, goals: Goals, people: Ints, bounds: Bounds) -> Ints:
    """Adds one person to each slot that fails, round by round, until every goal holds or nobody can be added."""
    raised = people.copy()
    for _ in range(ROUNDS):
        broken = trial.broken(raised)
        added = _additions(goals, broken, raised, bounds)
        if not added:
            break
        for group, slot in added:
            raised[group, slot] += 1
    return raised


def trim_people(
    trial: Trial, goals: Goals, people: Ints, bounds: Bounds, *, where: NDArray[np.bool_] | None = None
) -> Ints:
    """Takes people away one by one, round by round, first where most is in hand; who is missed once stays.

    `where` [group, slot] limits it to some cells.
    """
    trimmed = people.copy()
    broken = trial.broken(trimmed)
    reachable = goals.no_worse_than(broken)
    tried = (trimmed > 0) & ~goals.short_slots(broken, bounds.able)
    tried = tried if where is None else tried & where
    cells = [(int(group), int(slot)) for group, slot in np.argwhere(tried)]
    while cells:
        cells = [cell for cell in _by_slack(reachable, broken, cells) if _trim(trial, reachable, trimmed, bounds, cell)]
        broken = trial.broken(trimmed) if cells else broken
    return trimmed


def specialise(trial: Trial, goals: Goals, people: Ints, bounds: Bounds) -> Ints:
    """Puts somebody with fewer services in the place of somebody with more wherever the promises still hold."""
    moved = people.copy()
    reachable = goals.no_worse_than(trial.broken(moved))
    places = [(*pair, slot) for pair in _within(bounds) for slot in range(moved.shape[1])]
    while places:
        places = [place for place in places if _move(trial, reachable, moved, bounds, place)]
    return moved


def _within(bounds: Bounds) -> list[tuple[int, int]]:
    """Pairs of groups where the second has some of the first's services and no other, fewest services first."""
    size = bounds.able.sum(axis=1)
    pairs = [
        (broad, narrow)
        for broad in range(len(size))
        for narrow in range(len(size))
        if 0 < size[narrow] < size[broad] and bool(np.all(bounds.able[broad] | ~bounds.able[narrow]))
    ]
    return sorted(pairs, key=lambda pair: (size[pair[1]], pair))


def _move(trial: Trial, goals: Goals, people: Ints, bounds: Bounds, place: tuple[int, int, int]) -> bool:
    broad, narrow, slot = place
    full = people[narrow, slot] >= bounds.ceiling[narrow, slot]
    if full or people[broad, slot] <= bounds.floor[broad, slot]:
        return False
    people[broad, slot] -= 1
    people[narrow, slot] += 1
    if bounds.covered(people, slot) and trial.holds(people, goals):
        return True
    people[broad, slot] += 1
    people[narrow, slot] -= 1
    return False


def near(changed: NDArray[np.bool_], slots: int = 2) -> NDArray[np.bool_]:
    """Cells [group, slot] no further than so many slots from a change in any group."""
    reach = np.convolve(changed.any(axis=0), np.ones(2 * slots + 1))[slots:-slots] > 0
    return np.broadcast_to(reach, changed.shape)


def held_by_floor(trial: Trial, goals: Goals, people: Ints, bounds: Bounds) -> NDArray[np.bool_]:
    """Cells [group, slot] where promises would hold with one fewer: a floor keeps the person there, not the load."""
    held = np.zeros(people.shape, dtype=np.bool_)
    kept = goals.no_worse_than(trial.broken(people))
    for group, slot in np.argwhere((people > 0) & ((bounds.floor > 0) | (bounds.least > 0))):
        if not _removable(people, bounds, group, slot) and _covered_without(people, bounds, group, slot):
            held[group, slot] = _holds_without(trial, kept, people, group, slot)
    return held


def _removable(people: Ints, bounds: Bounds, group: int, slot: int) -> bool:
    """Whether the rules let one go: floor, presence, and somebody able for every expected service."""
    if people[group, slot] <= bounds.floor[group, slot] or people[:, slot].sum() <= bounds.least[slot]:
        return False
    return _covered_without(people, bounds, group, slot)


def _covered_without(people: Ints, bounds: Bounds, group: int, slot: int) -> bool:
    fewer = people.copy()
    fewer[group, slot] -= 1
    return bounds.covered(fewer, slot)


def _holds_without(trial: Trial, goals: Goals, people: Ints, group: int, slot: int) -> bool:
    fewer = people.copy()
    fewer[group, slot] -= 1
    return trial.holds(fewer, goals)


def _trim(trial: Trial, goals: Goals, people: Ints, bounds: Bounds, cell: tuple[int, int]) -> bool:
    """Takes one away from a cell if everything still holds; whether it did."""
    if not _removable(people, bounds, *cell) or not _holds_without(trial, goals, people, *cell):
        return False
    people[cell] -= 1
    return True


def _by_slack(goals: Goals, broken: Floats, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cells with people to spare first: by the least that any goal of their slot has in hand."""
    slack = (goals.allowed - goals.member @ broken.ravel()) / (goals.allowed + 1)
    touched = goals.member.reshape(len(goals.allowed), *broken.shape).sum(axis=1) > 0
    return sorted(cells, key=lambda cell: (-slack[touched[:, cell[1]]].min(initial=1.0), cell))


def _additions(goals: Goals, broken: Floats, people: Ints, bounds: Bounds) -> list[tuple[int, int]]:
    """One (group, slot) for each slot that fails: the group that relieves most; earlier when no group has room."""
    excess = goals.excess(broken)
    wanted: dict[int, Floats] = {}
    for goal in np.flatnonzero(excess > 0):
        cells = goals.member[goal].reshape(broken.shape) * broken
        slot = int(cells.sum(axis=0).argmax())
        weight = cells.sum(axis=1) / max(cells.sum(), 1.0) * excess[goal]
        wanted[slot] = wanted.get(slot, np.zeros(len(broken))) + weight
    places = {_place(weight, slot, people, bounds) for slot, weight in sorted(wanted.items())}
    return sorted(place for place in places if place is not None)


def _place(weight: Floats, slot: int, people: Ints, bounds: Bounds) -> tuple[int, int] | None:
    relief = bounds.able @ weight
    for earlier in range(slot, max(-1, slot - EARLIER_SLOTS - 1), -1):
        room = (people[:, earlier] < bounds.ceiling[:, earlier]) & (relief > 0) & bounds.expected[:, earlier].any()
        if room.any():
            breadth = bounds.able.sum(axis=1)
            best = max(np.flatnonzero(room), key=lambda group: (relief[group], -breadth[group], -group))
            return int(best), earlier
    return None
