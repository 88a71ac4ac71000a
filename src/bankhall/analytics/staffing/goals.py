"""What must hold: per service and run of slots, and per group and slot, so many arrivals may pass their promise.

Slots of a thin service are joined until a day brings enough arrivals to judge by; a busy one is judged slot by slot.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.staffing.problem import StaffingProblem

Floats = NDArray[np.float64]
ENOUGH_ARRIVALS = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Goals:
    """`member` [goal, service × slot] says whose broken promises count, `allowed` how many may. `spans` are for
    reading: (service, or below 0 the group as -1 - group; first slot; last slot)."""

    member: Floats
    allowed: Floats
    spans: tuple[tuple[int, int, int], ...]

    def excess(self, broken: Floats) -> Floats:
        """By how many arrivals each goal is missed; 0 = it holds."""
        return np.maximum(0.0, self.member @ broken.ravel() - self.allowed)

    def no_worse_than(self, broken: Floats) -> "Goals":
        """The same, but what is missed already may be missed as much: nobody is taken from where people are short."""
        return Goals(self.member, np.maximum(self.allowed, self.member @ broken.ravel()), self.spans)

    def short_slots(self, broken: Floats, able: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Slots of missed goals that somebody (`able` [group, service]) could relieve: every person counts there,
        though the number of broken promises may not show it any more."""
        missed = np.flatnonzero(self.excess(broken) > 0)
        cells = self.member.reshape(len(self.allowed), *broken.shape)[missed]
        known: NDArray[np.bool_] = np.asarray(np.sum(able, axis=0) > 0)
        relieved = (cells * known.reshape(1, -1, 1)).sum(axis=(0, 1))
        return np.asarray(relieved > 0)

    def hold(self, broken: Floats) -> bool:
        """Whether every goal holds."""
        return bool(np.all(self.member @ broken.ravel() <= self.allowed))


def set_goals(problem: StaffingProblem, arrivals: Floats, *, caution: float) -> Goals:
    """Goals for `arrivals` [service, slot] over all simulated days; `caution` standard errors are kept in hand."""
    spans = _service_spans(problem) + _group_spans(problem)
    member = np.array([_cells(problem, *span) for span in spans]).reshape(len(spans), -1)
    share = np.array([s.model.promise.share if s.model.promise else 0.0 for s in problem.services])[:, None]
    promised = np.array([s.model.promise is not None for s in problem.services])[:, None]
    may = member @ ((1 - share) * arrivals * promised).ravel()
    noise = np.sqrt(member @ (share * (1 - share) * arrivals).ravel())
    member = member * np.broadcast_to(promised, arrivals.shape).ravel()
    return Goals(member, np.maximum(0.0, may - caution * noise) + 1e-9, tuple(spans))


def _service_spans(problem: StaffingProblem) -> list[tuple[int, int, int]]:
    spans = []
    for place, service in enumerate(problem.services):
        if service.model.promise is not None:
            spans += [(place, first, last) for first, last in join_slots(service.arrivals)]
    return spans


def join_slots(arrivals: tuple[float, ...]) -> list[tuple[int, int]]:
    """Runs of slots, each with enough expected arrivals; a thin rest joins the run before."""
    runs: list[tuple[int, int]] = []
    first, total = 0, 0.0
    for slot, count in enumerate(arrivals):
        total += count
        if total >= ENOUGH_ARRIVALS:
            runs.append((first, slot))
            first, total = slot + 1, 0.0
    if total > 0:
        runs = [*runs[:-1], (runs[-1][0] if runs else first, len(arrivals) - 1)]
    return runs


def _group_spans(problem: StaffingProblem) -> list[tuple[int, int, int]]:
    return [(-1 - group, slot, slot) for group in range(len(problem.groups)) for slot in range(problem.slots())]


def _cells(problem: StaffingProblem, owner: int, first: int, last: int) -> Floats:
    """Which cells a goal counts: one service's, or (owner below 0) those of all services of a group."""
    cells = np.zeros((len(problem.services), problem.slots()))
    for place, service in enumerate(problem.services):
        if place == owner or (owner < 0 and service.model.code in problem.groups[-1 - owner].services):
            cells[place, first : last + 1] = 1.0
    return cells.ravel()
