"""Reads the answer off the proving days: one row a slot and group, and the promises that no window was left for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.queueing.outcomes import SERVED
from bankhall.analytics.queueing.segments import segment_quantiles
from bankhall.analytics.staffing.goals import Goals
from bankhall.analytics.staffing.problem import Shortfall, StaffedSlot, StaffingProblem
from bankhall.analytics.staffing.start import per_slot
from bankhall.analytics.staffing.trial import Trial
from bankhall.kernel.bank.roster import DrivenBy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class GroupMeasures:
    """Share of promises kept and P90 of the wait [group, slot], over all arrivals for the group's services."""

    kept: Floats
    wait: Floats


def measure_groups(problem: StaffingProblem, trial: Trial) -> GroupMeasures:
    """The measures of the days that the trial ran last."""
    columns = [_measure_group(trial, mask, problem.slots()) for mask in trial.masks]
    return GroupMeasures(np.array([kept for kept, _ in columns]), np.array([wait for _, wait in columns]))


def _measure_group(trial: Trial, mask: int, slots: int) -> tuple[Floats, Floats]:
    mine = (np.int64(mask) >> trial.customers.service) & 1 == 1
    slot, limit = trial.customers.slot[mine], trial.limit[mine]
    wait, served = trial.tables.wait[mine], trial.tables.outcome[mine] == SERVED
    promised = np.isfinite(limit)
    whole = np.bincount(slot[promised], minlength=slots)
    kept = np.bincount(slot[promised & (wait <= limit)], minlength=slots)
    share = np.where(whole > 0, kept / np.maximum(whole, 1), np.nan)
    return share, segment_quantiles(wait[served], slot[served], slots, (0.9,))[:, 0]


def read_slots(
    problem: StaffingProblem, people: Ints, held: NDArray[np.bool_], measures: GroupMeasures
) -> tuple[StaffedSlot, ...]:
    """One row a slot and group, slot by slot."""
    return tuple(
        _read_slot(problem, (group, slot), int(people[group, slot]), measures, by_floor=bool(held[group, slot]))
        for slot in range(problem.slots())
        for group in range(len(problem.groups))
    )


def _read_slot(
    problem: StaffingProblem, cell: tuple[int, int], people: int, measures: GroupMeasures, *, by_floor: bool
) -> StaffedSlot:
    group, slot = problem.groups[cell[0]], cell[1]
    least, duty = (int(per_slot(numbers, problem.slots())[slot]) for numbers in (group.least, group.duty))
    held: DrivenBy = "duty" if duty > least and people <= duty else "presence"
    return StaffedSlot(
        slot=slot,
        start_minute=problem.start_minute + slot * problem.slot_minutes,
        group_code=group.code,
        services=group.services,
        people=people,
        least=max(least, duty),
        driven_by=held if by_floor else "load",
        kept_share=_known(measures.kept[cell]),
        wait_p90=_known(measures.wait[cell]),
    )


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def read_shortfalls(problem: StaffingProblem, goals: Goals, broken: Floats, arrivals: Floats) -> tuple[Shortfall, ...]:
    """The goals of services that are missed: `broken` and `arrivals` [service, slot] are over all days."""
    missed = (goals.spans[goal] for goal in np.flatnonzero(goals.excess(broken) > 0))
    return tuple(_shortfall(problem, span, broken, arrivals) for span in missed if span[0] >= 0)


def _shortfall(problem: StaffingProblem, span: tuple[int, int, int], broken: Floats, arrivals: Floats) -> Shortfall:
    owner, first, last = span
    model = problem.services[owner].model
    came, late = (float(cells[owner, first : last + 1].sum()) for cells in (arrivals, broken))
    return Shortfall(
        service_code=model.code,
        first_slot=first,
        last_slot=last,
        kept_share=1 - late / max(came, 1.0),
        share=model.promise.share if model.promise else 0.0,
        note="windows_short" if any(model.code in group.services for group in problem.groups) else "nobody_able",
    )
