"""A day's records at a moment: who stands in line, who is served, and nothing of later."""

from datetime import date

import numpy as np

from bankhall.analytics.forecasting.days import days_between
from bankhall.analytics.forecasting.history import History, build_history
from bankhall.analytics.planning.during_day import Busy, Waiting
from bankhall.data.planning.moments import DayRecords, moment_of
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay

DAY = date(2026, 11, 20)


def step(queued: float, called: float | None = None, ended: float | None = None, left: float | None = None) -> dict:  # type: ignore[type-arg]
    times = {"queued": queued, "called": called, "started": called, "ended": ended, "left": left}
    return {"service": "cash", "staff_no": "T1" if called else "", **times}


STEPS = (
    step(545, 546, 552), step(570, 590, 605), step(580, 604, 612), step(585, None, None, 599),
    step(590, None, None, 640), step(595), step(601, 601, 607), step(300),
)  # fmt: skip


def history() -> History:
    days = days_between(
        DAY, DAY, branch_code="B", services=[Service("cash")], calendar=BusinessCalendar([CalendarDay(DAY, "workday")]),
        opening=[OpeningSpan("B", "personal", date=DAY, opens=540, closes=1020)],
    )  # fmt: skip
    return build_history("B", [("cash", DAY, int(one["queued"]) // 30, 1.0) for one in STEPS], days)


def test_in_line_is_who_joined_and_was_neither_called_nor_seen_leaving() -> None:
    """At ten: one called four minutes later, one who leaves at 640, one of whom nothing more is known."""
    found = moment_of(DayRecords(DAY, STEPS, 640.0), history(), 600)
    assert found.waiting == (Waiting("cash", 580), Waiting("cash", 590), Waiting("cash", 595))


def test_served_is_who_was_called_and_has_not_ended() -> None:
    assert moment_of(DayRecords(DAY, STEPS, 640.0), history(), 600).busy == (Busy("T1", "cash"),)


def test_a_service_whose_end_was_not_recorded_ends_with_the_next_or_after_an_hour() -> None:
    open_end, next_one = step(560, 561), step(570, 580, 590)
    assert moment_of(DayRecords(DAY, (open_end,), 640.0), history(), 600).busy == (Busy("T1", "cash"),)
    assert moment_of(DayRecords(DAY, (open_end, next_one), 640.0), history(), 600).busy == ()
    assert moment_of(DayRecords(DAY, (open_end,), 640.0), history(), 625).busy == ()


def test_who_was_never_called_is_not_in_line_all_day() -> None:
    found = moment_of(DayRecords(DAY, STEPS, 640.0), history(), 600)
    assert all(one.minute != 300 for one in found.waiting)


def test_later_records_are_not_looked_at() -> None:
    known = tuple(one for one in STEPS if one["queued"] <= 600)
    early, late = (moment_of(DayRecords(DAY, steps, 640.0), history(), 600) for steps in (known, STEPS))
    assert early.waiting == late.waiting
    assert early.busy == late.busy


def test_nothing_imported_is_not_nobody_came() -> None:
    found = moment_of(DayRecords(DAY, (), None), history(), 600)
    assert not found.recorded
    assert np.array_equal(found.seen, history().counts[0])
