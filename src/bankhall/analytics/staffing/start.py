"""Where the search begins: each service's work goes to one group, each group gets the people for its work."""

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.staffing.offered_load import offered_load
from bankhall.analytics.staffing.problem import StaffedGroup, StaffedService, StaffingProblem
from bankhall.analytics.staffing.square_root import people_for_promise

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ENDLESS_ROOM = 10_000


def starting_people(problem: StaffingProblem) -> Ints:
    """People [group, slot] by formula, within floors and ceilings."""
    loads = np.array([_load(problem, service) for service in problem.services]).reshape(len(problem.services), -1)
    groups, slots = len(problem.groups), problem.slots()
    people = np.zeros((groups, slots), dtype=np.int64)
    for place, served in enumerate(_split(problem, loads)):
        for slot in range(slots):
            people[place, slot] = _people(problem, served, loads[:, slot])
    return np.clip(people, floors(problem), np.maximum(ceilings(problem), floors(problem)))


def floors(problem: StaffingProblem) -> Ints:
    """The people a group owes in each slot whatever the load: presence or duty, whichever is more."""
    slots = problem.slots()
    return np.array([np.maximum(per_slot(g.least, slots), per_slot(g.duty, slots)) for g in problem.groups])


def ceilings(problem: StaffingProblem) -> Ints:
    """The windows that a group has in each slot."""
    return np.array([per_slot(group.most, problem.slots(), ENDLESS_ROOM) for group in problem.groups])


def per_slot(numbers: tuple[int, ...], slots: int, missing: int = 0) -> Ints:
    """The numbers as an array; an empty tuple is the missing value everywhere."""
    return np.array(numbers or (missing,) * slots, dtype=np.int64)


def _load(problem: StaffingProblem, service: StaffedService) -> Floats:
    minutes = service.model.occupied_minutes()
    if service.model.promise is None or minutes <= 0:
        return np.zeros(problem.slots())
    return offered_load(service.arrivals, minutes, problem.slot_minutes)


def _split(problem: StaffingProblem, loads: Floats) -> list[list[int]]:
    """Services of each group, every service in one: those with one able group first, the others where most work is."""
    work = np.zeros(len(problem.groups))
    taken: list[list[int]] = [[] for _ in problem.groups]
    able = [_able(problem.groups, service) for service in problem.services]
    for place in sorted(range(len(able)), key=lambda place: (len(able[place]), place)):
        if able[place]:
            group = max(able[place], key=lambda group: (work[group], -group))
            work[group] += loads[place].sum()
            taken[group].append(place)
    return taken


def _able(groups: tuple[StaffedGroup, ...], service: StaffedService) -> list[int]:
    return [place for place, group in enumerate(groups) if service.model.code in group.services]


def _people(problem: StaffingProblem, served: list[int], loads: Floats) -> int:
    """The group's work as one service: mean minutes by work, the strictest promise, the shortest patience."""
    total = float(sum(loads[place] for place in served))
    models = [problem.services[place].model for place in served if loads[place] > 0]
    promises = [model.promise for model in models if model.promise]
    if total <= 0 or not promises:
        return 0
    arrivals = sum(
        loads[place] / problem.services[place].model.occupied_minutes() for place in served if loads[place] > 0
    )
    patience = [model.patience.mean for model in models if model.patience.family != "endless"]
    return people_for_promise(
        total,
        mean_minutes=total / float(arrivals),
        leaving_rate=1 / max(patience) if len(patience) == len(models) else 0.0,
        wait_minutes=min(promise.wait_minutes for promise in promises),
        share=max(promise.share for promise in promises),
    )
