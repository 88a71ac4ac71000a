"""Simulates days of a hall: customers drawn, the event loop run, one record a customer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.compiling import compiled
from bankhall.analytics.queueing.customers import Counts, Customers, draw_customers, poisson_days
from bankhall.analytics.queueing.event_loop import run_days
from bankhall.analytics.queueing.hall import Hall
from bankhall.analytics.queueing.tables import AWAY, CUSTOMER, DOORS_SHUT, EVENT, LINE, PERSON, PRESENT, STATE, Table

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
    table, people = customer_table(customers), np.zeros(persons + 1, dtype=PERSON)
    worked, there = np.zeros((days, persons)), np.zeros((days, persons))
    run_days(table, customers.first, line_table(hall), people, state_table(hall), timetable(hall), worked, there)
    wait, outcome, person = (np.empty(len(table), dtype=CUSTOMER[name]) for name in ("wait", "outcome", "person"))
    read_table(table, wait, outcome, person)
    return Records(hall, days, customers, wait, outcome, person, worked, there)


def timetable(hall: Hall) -> Table:
    """Doors and spans in the order in which they happen."""
    places = {person: place for place, person in enumerate(hall.persons())}
    events = [(minute, DOORS_SHUT, -1, 0, 1.0) for minute in hall.shut_minutes()]
    for span in hall.people:
        events.append((span.start, PRESENT, places[span.person], hall.mask(span.services), span.speed))
        events.append((span.end, AWAY, places[span.person], 0, span.speed))
    return np.array(sorted(events, key=lambda event: event[:3]), dtype=EVENT)


def customer_table(customers: Customers) -> Table:
    """The customers as the loop reads them, nobody called yet."""
    table = np.empty(len(customers.arrived), dtype=CUSTOMER)
    fill_table(table, customers.arrived, customers.work, customers.patience, customers.service, customers.absent)
    return table


@compiled
def fill_table(  # noqa: PLR0917 - columns into records in one pass: memory is what this costs
    table: Table, arrived: Floats, work: Floats, patience: Floats, service: Table, absent: Table
) -> None:
    """One row a customer from the columns."""
    for row in range(len(table)):
        table[row].arrived, table[row].work, table[row].patience = arrived[row], work[row], patience[row]
        table[row].service, table[row].absent, table[row].person = service[row], absent[row], -1
        table[row].wait, table[row].outcome = 0.0, 0


@compiled
def read_table(table: Table, wait: Floats, outcome: Table, person: Table) -> None:
    """The columns that the loop has written, in one pass."""
    for row in range(len(table)):
        wait[row], outcome[row], person[row] = table[row].wait, table[row].outcome, table[row].person


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
