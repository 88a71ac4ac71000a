"""Simulates days of a hall: customers drawn, the event loop run, one record a customer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.queueing.customers import Counts, Customers, draw_customers, poisson_days
from bankhall.analytics.queueing.event_loop import run_days
from bankhall.analytics.queueing.hall import Hall
from bankhall.analytics.queueing.tables import EVENT, LINE, STATE, Table, Tables, people_tables
from bankhall.analytics.queueing.timetable import spans_of, timetable

__all__ = ["Records", "draw_customers", "poisson_days", "run_hall", "simulate"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """One row a customer, by day, then by arrival.

    `wait` is minutes in line: to the call, to the seen leaving, to the call that found nobody, or to being sent away.
    `person` is the place in `hall.persons()` of who called, -1 = nobody did. `worked` and `there` are minutes
    [day, person].
    """

    hall: Hall
    days: int
    customers: Customers
    wait: Floats
    outcome: NDArray[np.int8]
    person: NDArray[np.int32]
    worked: Floats
    there: Floats

    def utilisation(self) -> float:
        """Minutes at work over minutes at the windows, over everybody and all days."""
        there = float(self.there.sum())
        return float(self.worked.sum()) / there if there > 0 else 0.0


def simulate(hall: Hall, counts: Counts, *, seed: int) -> Records:
    """The days of `counts` [day, service, slot] under the hall's people."""
    hall.check()
    return run_hall(hall, draw_customers(hall, counts, seed=seed))


def run_hall(hall: Hall, customers: Customers) -> Records:
    """The same customers under the hall's people: what a comparison of plans should use."""
    days, persons = len(customers.first) - 1, len(hall.persons())
    people, ends = people_tables(persons)
    tables = tables_for(hall, customers)._replace(people=people, ends=ends, plan=timetable(hall, spans_of(hall)))
    worked, there = np.zeros((days, persons)), np.zeros((days, persons))
    run_days(tables, customers.first, worked, there)
    return Records(hall, days, customers, tables.wait, tables.outcome, tables.person, worked, there)


def tables_for(hall: Hall, customers: Customers) -> Tables:
    """The loop's tables before the first day, with nobody at the windows."""
    rows, (people, ends) = len(customers.arrived), people_tables(0)
    return Tables(
        arrived=customers.arrived,
        work=customers.work,
        patience=customers.patience,
        service=customers.service.astype(np.int32, copy=False),
        absent=customers.absent,
        wait=np.empty(rows),
        outcome=np.empty(rows, dtype=np.int8),
        person=np.empty(rows, dtype=np.int32),
        behind=np.empty(rows, dtype=np.int32),
        lines=line_table(hall),
        people=people,
        ends=ends,
        state=state_table(hall),
        plan=np.empty(0, dtype=EVENT),
    )


def line_table(hall: Hall) -> Table:
    """The services' lines with their rules."""
    table = np.zeros(len(hall.services), dtype=LINE)
    table["priority"] = [service.priority for service in hall.services]
    table["ageing"] = [service.ageing_minutes for service in hall.services]
    table["balk_at"] = [service.balk_at for service in hall.services]
    table["turnaround"] = [service.turnaround_minutes for service in hall.services]
    return table


def state_table(hall: Hall) -> Table:
    """The one row that says how the hall closes and what is seen of those who leave."""
    state = np.zeros(1, dtype=STATE)
    state["no_show"], state["serve"] = hall.no_show_minutes, hall.at_close == "serve"
    state["seen"] = hall.leaving == "seen"
    return state
