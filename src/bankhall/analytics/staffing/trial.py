"""Tries people on the same simulated customers again and again: what a search asks a hundred times must be cheap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.compiling import compiled
from bankhall.analytics.queueing.customers import Counts, Customers, draw_customers
from bankhall.analytics.queueing.event_loop import run_days
from bankhall.analytics.queueing.hall import Hall
from bankhall.analytics.queueing.simulate import tables_for
from bankhall.analytics.queueing.tables import Table, Tables, people_tables
from bankhall.analytics.queueing.timetable import Spans, timetable
from bankhall.analytics.staffing.goals import Goals
from bankhall.analytics.staffing.problem import StaffingProblem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FIRST_DAYS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Days with their customers, ready to be run under any people [group, slot]. `arrivals` is [service, slot]."""

    hall: Hall
    masks: tuple[int, ...]
    customers: Customers
    tables: Tables
    limits: Floats
    arrivals: Floats
    days: int

    def broken(self, people: Ints) -> Floats:
        """Arrivals [service, slot] over all days whose time in line passed the promise."""
        broken = np.zeros(self.arrivals.shape)
        self._run(people_timetable(self.hall, self.masks, people), 0, self.days, broken)
        return broken

    def holds(self, people: Ints, goals: Goals) -> bool:
        """Whether every goal holds over all days. Promises broken only grow day by day: the first days that miss a
        goal end it, which is soon, for most of what a search tries does not hold."""
        plan, broken = people_timetable(self.hall, self.masks, people), np.zeros(self.arrivals.shape)
        start, end = 0, FIRST_DAYS
        while start < self.days and goals.hold(broken):
            self._run(plan, start, min(end, self.days), broken)
            start, end = end, 2 * end
        return goals.hold(broken)

    def _run(self, plan: tuple[Table, int], start: int, end: int, broken: Floats) -> None:
        """Runs some of the days and adds to `broken`; the tables then hold their customers' waits and outcomes."""
        events, persons = plan
        minutes, first = np.zeros((end - start, persons)), self.customers.first[start : end + 1]
        people, ends = people_tables(persons)
        tables = self.tables._replace(plan=events, people=people, ends=ends)
        run_days(tables, first, minutes, np.zeros_like(minutes))
        rows = slice(first[0], first[-1])
        service, slot = self.customers.service[rows], self.customers.slot[rows]
        count_broken(service, slot, tables.wait[rows], self.limits, broken)


def make_trial(problem: StaffingProblem, counts: Counts, *, seed: int) -> Trial:
    """The customers of `counts` [day, service, slot] for the problem's services."""
    hall = _hall(problem)
    hall.check()
    customers = draw_customers(hall, counts, seed=seed)
    return Trial(
        hall=hall,
        masks=tuple(hall.mask(group.services) for group in problem.groups),
        customers=customers,
        tables=tables_for(hall, customers),
        limits=np.array([s.promise.wait_minutes if s.promise else np.inf for s in hall.services]),
        arrivals=counts.sum(axis=0).astype(np.float64),
        days=len(counts),
    )


def people_timetable(hall: Hall, masks: tuple[int, ...], people: Ints) -> tuple[Table, int]:
    """The people as spans: the k-th person of a group stands there while the group has more than k. And how many."""
    most = people.max(axis=1, initial=0)
    group = np.repeat(np.arange(len(people)), most)
    number = np.arange(len(group)) - np.repeat(np.cumsum(most) - most, most)
    there = np.zeros((len(group), people.shape[1] + 2), dtype=np.int8)
    there[:, 1:-1] = people[group] > number[:, None]
    steps = np.diff(there, axis=1)
    (person, begun), (_, ended) = np.nonzero(steps > 0), np.nonzero(steps < 0)
    spans = Spans(
        person=person,
        start=np.asarray(hall.start_minute + begun * hall.slot_minutes, dtype=np.float64),
        end=np.asarray(hall.start_minute + ended * hall.slot_minutes, dtype=np.float64),
        mask=np.array(masks, dtype=np.int64)[group[person]],
        speed=np.ones(len(person)),
    )
    return timetable(hall, spans), len(group)


@compiled
def count_broken(service: Ints, slot: Ints, wait: Floats, limits: Floats, broken: Floats) -> None:
    """Adds to `broken` [service, slot] the arrivals whose time in line passed the limit of their service."""
    for row in range(len(wait)):
        if wait[row] > limits[service[row]]:
            broken[service[row], slot[row]] += 1.0


def _hall(problem: StaffingProblem) -> Hall:
    return Hall(
        services=tuple(service.model for service in problem.services),
        people=(),
        start_minute=problem.start_minute,
        slot_minutes=problem.slot_minutes,
        slots=problem.slots(),
        closes=problem.closes,
        at_close=problem.at_close,
        leaving=problem.leaving,
        no_show_minutes=problem.no_show_minutes,
    )
