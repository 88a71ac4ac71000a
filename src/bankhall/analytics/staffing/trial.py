"""Tries people on the same simulated customers again and again: what a search asks a hundred times must be cheap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.queueing.customers import Counts, Customers, draw_customers
from bankhall.analytics.queueing.event_loop import count_broken, promises_hold
from bankhall.analytics.queueing.hall import Hall
from bankhall.analytics.queueing.simulate import tables_for
from bankhall.analytics.queueing.tables import Table, Tables, people_tables
from bankhall.analytics.queueing.timetable import Spans, timetable
from bankhall.analytics.staffing.goals import Goals
from bankhall.analytics.staffing.problem import StaffingProblem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Days with their customers, ready to be run under any people [group, slot]. `arrivals` is [service, slot]; `days`
    are the first and last row of each day's customers, the fullest day first; `cell` and `limit` are each customer's
    service and slot as one number, and the wait that was promised."""

    hall: Hall
    masks: tuple[int, ...]
    customers: Customers
    tables: Tables
    days: Ints
    cell: Ints
    limit: Floats
    arrivals: Floats

    def broken(self, people: Ints) -> Floats:
        """Arrivals [service, slot] over all days whose time in line passed the promise."""
        broken = np.zeros(self.arrivals.size)
        count_broken(self._with(people), self.days, self.cell, self.limit, broken)
        return broken.reshape(self.arrivals.shape)

    def holds(self, people: Ints, goals: Goals) -> bool:
        """Whether every goal holds over all days. Promises broken only grow day by day: the day that misses a goal ends
        it, which is soon, for most of what a search tries does not hold and the fullest days are run first."""
        goals_of = np.ascontiguousarray(goals.member.T)
        return bool(promises_hold(self._with(people), self.days, self.cell, self.limit, goals_of, goals.allowed))

    def _with(self, people: Ints) -> Tables:
        """The tables with these people; a run leaves every customer's wait and outcome in them."""
        plan, persons = people_timetable(self.hall, self.masks, people)
        windows, ends = people_tables(persons)
        return self.tables._replace(plan=plan, people=windows, ends=ends)


def make_trial(problem: StaffingProblem, counts: Counts, *, seed: int) -> Trial:
    """The customers of `counts` [day, service, slot] for the problem's services."""
    hall = _hall(problem)
    hall.check()
    customers = draw_customers(hall, counts, seed=seed)
    limits = np.array([s.promise.wait_minutes if s.promise else np.inf for s in hall.services])
    return Trial(
        hall=hall,
        masks=tuple(hall.mask(group.services) for group in problem.groups),
        customers=customers,
        tables=tables_for(hall, customers),
        days=_fullest_first(customers),
        cell=customers.service.astype(np.int64) * hall.slots + customers.slot,
        limit=limits[customers.service],
        arrivals=counts.sum(axis=0).astype(np.float64),
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


def _fullest_first(customers: Customers) -> Ints:
    first, last = customers.first[:-1], customers.first[1:]
    return np.column_stack([first, last])[np.argsort(first - last, kind="stable")]


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
