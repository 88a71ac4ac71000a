"""How many people of each group must stand there in each slot: formula, then simulation, then a second simulation.

The search works on its own simulated days and keeps a little in hand; what it found is judged, and raised where it
falls short, on other days. Those are the figures that the answer shows.
"""

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.streams import derived_seed
from bankhall.analytics.queueing.customers import Counts, poisson_days
from bankhall.analytics.staffing.goals import set_goals
from bankhall.analytics.staffing.problem import StaffingAnswer, StaffingProblem
from bankhall.analytics.staffing.reading import measure_groups, read_shortfalls, read_slots
from bankhall.analytics.staffing.search import (
    Bounds,
    bounds_of,
    fill_presence,
    fill_services,
    held_by_floor,
    near,
    raise_people,
    specialise,
    trim_people,
)
from bankhall.analytics.staffing.start import starting_people
from bankhall.analytics.staffing.trial import Trial, make_trial

Ints = NDArray[np.int64]
SEARCH_CAUTION = 0.5
PROOF_CAUTION = 0.25
SEARCH_CUSTOMERS = 20_000
SEARCH_DAYS = 40


def require(
    problem: StaffingProblem, *, seed: int, replications: int = 200, counts: Counts | None = None
) -> StaffingAnswer:
    """People per group and slot so that each promise holds per service and run of slots.

    It holds over Poisson days of the expected arrivals, or over the days `counts` [day, service, slot] (drawn from a
    forecast) when they are given. Same problem and seed, same answer.
    """
    problem.check()
    if problem.slots() == 0:
        return StaffingAnswer(())
    bounds = bounds_of(problem)
    trial = make_trial(problem, _search_days(problem, seed, replications, counts), seed=derived_seed(seed, "search"))
    people = fill_presence(fill_services(starting_people(problem), bounds), bounds)
    people = _search(problem, trial, bounds, people)
    return _prove(problem, bounds, people, _proof(problem, seed, replications, counts))


def _search(problem: StaffingProblem, trial: Trial, bounds: Bounds, people: Ints) -> Ints:
    goals = set_goals(problem, trial.arrivals, caution=SEARCH_CAUTION)
    trimmed = trim_people(trial, goals, raise_people(trial, goals, people, bounds), bounds)
    return specialise(trial, goals, trimmed, bounds)


def _search_days(problem: StaffingProblem, seed: int, replications: int, counts: Counts | None) -> Counts:
    """Enough days to judge by, no more: the search runs them many times."""
    daily = sum(sum(service.arrivals) for service in problem.services)
    days = int(np.clip(SEARCH_CUSTOMERS / max(daily, 1.0), min(SEARCH_DAYS, replications), replications))
    return counts[:days] if counts is not None else _draw(problem, days, derived_seed(seed, "search"))


def _proof(problem: StaffingProblem, seed: int, replications: int, counts: Counts | None) -> Trial:
    other = derived_seed(seed, "proof")
    days = counts[-replications:] if counts is not None else _draw(problem, replications, other)
    return make_trial(problem, days, seed=other)


def _draw(problem: StaffingProblem, days: int, seed: int) -> Counts:
    expected = np.array([service.arrivals for service in problem.services], dtype=np.float64)
    return poisson_days(expected, days, seed=seed, codes=tuple(s.model.code for s in problem.services))


def _prove(problem: StaffingProblem, bounds: Bounds, people: Ints, proof: Trial) -> StaffingAnswer:
    """Raises what the other days show to be short, trims around it, and measures."""
    goals = set_goals(problem, proof.arrivals, caution=PROOF_CAUTION)
    raised = raise_people(proof, goals, people, bounds)
    final = trim_people(proof, goals, raised, bounds, where=near(raised != people))
    held = held_by_floor(proof, goals, final, bounds)
    broken = proof.broken(final)
    told = set_goals(problem, proof.arrivals, caution=0.0)
    return StaffingAnswer(
        read_slots(problem, final, held, measure_groups(problem, proof)),
        read_shortfalls(problem, told, broken, proof.arrivals),
    )
