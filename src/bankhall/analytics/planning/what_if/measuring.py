"""A side of a what-if simulated: each date under its people, over the days that the plan's own proof draws."""

from collections.abc import Iterable
from datetime import date

from bankhall.analytics.planning.hours import DayHours, hours_on
from bankhall.analytics.planning.proof import hall_of, people_at_windows, proof_counts
from bankhall.analytics.planning.what_if.demand import Counts
from bankhall.analytics.planning.what_if.sides import Side
from bankhall.analytics.queueing.hall import PersonSpan
from bankhall.analytics.queueing.simulate import Records, simulate


def side_hours(side: Side, day: date) -> DayHours:
    """When the branch is open on this side."""
    return hours_on(side.bank, side.question.branch_code, day)


def drawn_days(side: Side, day: date) -> Counts:
    """The days of a date that the proof simulates."""
    return proof_counts(side.question, side.question.week.days().index(day), side_hours(side, day))


def simulated(side: Side, day: date, counts: Counts, extra: tuple[PersonSpan, ...] = ()) -> Records:
    """A date under the side's people, and those from outside."""
    rows = tuple(row for row in side.assignments if row.business_date == day)
    people = people_at_windows(side.question, side.bank, day, rows)
    hall = hall_of(side.question, side_hours(side, day), (*people, *extra))
    return simulate(hall, counts, seed=side.question.seed)


def simulated_week(side: Side, dates: Iterable[date]) -> list[Records]:
    """Dates of the plan as they are drawn."""
    return [simulated(side, day, drawn_days(side, day)) for day in dates]
