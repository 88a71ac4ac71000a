"""The same hall twice: for the simulator and for Ciw, from one description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bankhall.analytics.chance.durations import ENDLESS, Duration
from bankhall.analytics.chance.intervals import Interval
from bankhall.analytics.queueing.hall import Hall, PersonSpan, ServiceModel
from bankhall.analytics.queueing.outcomes import BALKED, LEFT, SERVED
from bankhall.analytics.queueing.simulate import Records, poisson_days, simulate
from benchmarks.peers import Side, by_batches, timed

TRIES = 5


@dataclass(frozen=True, slots=True)
class Class:
    """Customers of one service: rate a minute, exponential minutes of service and patience (0 = endless)."""

    name: str
    rate: float
    service: float
    patience: float = 0.0
    priority: int = 0
    ageing: float = 0.0
    balk_at: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One hall. `shifts` are (people, minute of the end) and repeat; a single endless one is a plain hall."""

    name: str
    goal: float
    classes: tuple[Class, ...]
    shifts: tuple[tuple[int, float], ...]

    def rate(self) -> float:
        """Arrivals a minute of all classes."""
        return sum(one.rate for one in self.classes)


def run_bankhall(case: Case, customers: int) -> Side:
    """The simulator, from the question to one record a customer."""
    end = customers / case.rate()
    hall = _hall(case, end)
    expected = np.array([[one.rate * end] for one in case.classes])

    def work() -> Records:
        return simulate(hall, poisson_days(expected, 1, seed=5, codes=hall.codes()), seed=5)

    records, seconds, wall = timed(work, TRIES)
    answers: dict[str, Interval] = {}
    for place, one in enumerate(case.classes):
        mine = records.customers.service == place
        at, outcome, wait = records.customers.arrived[mine], records.outcome[mine], records.wait[mine]
        called = outcome == SERVED
        answers[f"{one.name}: wait of those served"] = by_batches(at[called], wait[called], end)
        if one.patience:
            answers[f"{one.name}: share left"] = by_batches(at, (outcome == LEFT).astype(float), end)
        if one.balk_at:
            answers[f"{one.name}: share balked"] = by_batches(at, (outcome == BALKED).astype(float), end)
    return Side("bankhall", len(records.wait), seconds, wall, answers)


def _hall(case: Case, end: float) -> Hall:
    """Each shift has people of its own (two sets in turn), as in Ciw: who is busy at its end finishes the customer."""
    services = tuple(
        ServiceModel(
            one.name,
            Duration("exponential", one.service),
            Duration("exponential", one.patience) if one.patience else ENDLESS,
            priority=one.priority,
            ageing_minutes=one.ageing,
            balk_at=one.balk_at,
        )
        for one in case.classes
    )
    names = tuple(one.name for one in case.classes)
    spans = [
        PersonSpan(f"{turn % 2}/{n}", start, stop, names)
        for turn, (people, start, stop) in enumerate(_shifts(case, end))
        for n in range(people)
    ]
    return Hall(services, tuple(spans), 0.0, end, 1)


def _shifts(case: Case, end: float) -> Iterator[tuple[int, float, float]]:
    """People, start and end of each shift up to the end; people who never change stand there all the time."""
    if len(case.shifts) == 1:
        yield case.shifts[0][0], 0.0, end
        return
    whole = case.shifts[-1][1]
    for cycle in range(int(end // whole) + 1):
        start = cycle * whole
        for people, until in case.shifts:
            stop = min(cycle * whole + until, end)
            if stop > start:
                yield people, start, stop
            start = stop


def run_ciw(case: Case, customers: int) -> Side:
    """Ciw on the same hall. A class that rises with waiting is a chain of its classes, each a priority higher."""
    import ciw

    end = customers / case.rate()
    network = _network(case, ciw)

    class Node(ciw.Node):  # type: ignore[misc]
        """Mends two faults of Ciw 3.2.7: it asks who changes class next before anybody could, and goes on waiting for
        the change of somebody who has left the line."""

        next_class_change_ind = None

        def renege(self) -> None:
            super().renege()
            if self.dynamic_classes:
                self.find_next_class_change()

    def work() -> list[Any]:
        ciw.seed(7)
        simulation = ciw.Simulation(network, node_class=Node)
        simulation.simulate_until_max_time(end)
        return list(simulation.get_all_records())

    rows, seconds, wall = timed(work, TRIES)
    answers = {}
    for one in case.classes:
        mine = [row for row in rows if row.original_customer_class.split(".")[0] == one.name]
        at = np.array([row.arrival_date for row in mine])
        kind = np.array([row.record_type for row in mine])
        waited = np.array([row.waiting_time for row in mine], dtype=float)
        served = kind == "service"
        answers[f"{one.name}: wait of those served"] = by_batches(at[served], waited[served], end)
        if one.patience:
            answers[f"{one.name}: share left"] = by_batches(at, (kind == "renege").astype(float), end)
        if one.balk_at:
            answers[f"{one.name}: share balked"] = by_batches(at, (kind == "baulk").astype(float), end)
    return Side("Ciw", len(rows), seconds, wall, answers)


RISES = 3


def _network(case: Case, ciw: Any) -> Any:
    steps = [(one, step) for one in case.classes for step in range(RISES + 1 if one.ageing else 1)]
    names = [_name(one, step) for one, step in steps]
    top = max(one.priority + step for one, step in steps)
    options: dict[str, Any] = {
        "arrival_distributions": {
            name: [ciw.dists.Exponential(one.rate) if step == 0 else None]
            for name, (one, step) in zip(names, steps, strict=True)
        },
        "service_distributions": {
            name: [ciw.dists.Exponential(1 / one.service)] for name, (one, _) in zip(names, steps, strict=True)
        },
        "number_of_servers": [_servers(case, ciw)],
    }
    if len(names) > 1:
        options["priority_classes"] = {
            name: top - one.priority - step for name, (one, step) in zip(names, steps, strict=True)
        }
    if any(one.patience for one in case.classes):
        options["reneging_time_distributions"] = {
            name: [ciw.dists.Exponential(1 / one.patience) if one.patience else None]
            for name, (one, _) in zip(names, steps, strict=True)
        }
    if any(one.balk_at for one in case.classes):
        options["baulking_functions"] = {
            name: [_balking(one) if one.balk_at else None] for name, (one, _) in zip(names, steps, strict=True)
        }
    if any(one.ageing for one in case.classes):
        options["class_change_time_distributions"] = {
            _name(one, step): {_name(one, step + 1): ciw.dists.Deterministic(one.ageing)}
            for one, step in steps
            if one.ageing and step < RISES
        }
        options["service_disciplines"] = [_earliest]
    return ciw.create_network(**options)


def _name(one: Class, step: int) -> str:
    return f"{one.name}.{step}"


def _servers(case: Case, ciw: Any) -> Any:
    if len(case.shifts) == 1:
        return case.shifts[0][0]
    return ciw.Schedule([people for people, _ in case.shifts], [end for _, end in case.shifts])


def _earliest(individuals: list[Any], _now: float) -> Any:
    """Of those of equal priority the one who came first: somebody risen stands where they would have stood."""
    return min(individuals, key=lambda individual: individual.arrival_date)


def _balking(one: Class) -> Any:
    def goes_away(_n: int, *, next_node: Any, **_: object) -> float:
        waiting = sum(
            not individual.server and individual.customer_class.split(".")[0] == one.name
            for individual in next_node.all_individuals
        )
        return float(waiting >= one.balk_at)

    return goes_away
