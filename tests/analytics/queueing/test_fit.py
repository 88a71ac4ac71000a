"""A service's model from canonical tables, faults and all."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from bankhall.analytics.queueing.fit import Fits, fit_services
from bankhall.analytics.queueing.hall import Promised
from bankhall.analytics.queueing.service_times import overlong_limit, turnaround_minutes
from bankhall.analytics.queueing.steps import read_steps
from bankhall.kernel.plain import from_plain, to_plain

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
INSTANT = pa.timestamp("us", "UTC")
VISITS = pa.schema([("visit_id", pa.string()), ("outcome", pa.string()), ("left_at", INSTANT)])
STEPS = pa.schema(
    [("visit_id", pa.string()), ("step_no", pa.int64()), ("service_code", pa.string())]
    + [(name, INSTANT) for name in ("queued_at", "called_at", "started_at", "ended_at")]
    + [(name, pa.string()) for name in ("window_code", "staff_no", "outcome")]
)


def instant(minutes: float | None) -> datetime | None:
    return None if minutes is None else START + timedelta(minutes=minutes)


@dataclass
class Day:
    """Writes visits of one step each."""

    visits: list[dict[str, object]] = field(default_factory=list)
    steps: list[dict[str, object]] = field(default_factory=list)

    def add(
        self,
        queued: float,
        called: float | None = None,
        started: float | None = None,
        ended: float | None = None,
        *,
        outcome: str = "served",
        left: float | None = None,
        service: str = "cash",
        window: str | None = "W1",
        staff: str | None = None,
    ) -> None:
        visit = f"v{len(self.visits)}"
        self.visits.append({"visit_id": visit, "outcome": outcome, "left_at": instant(left)})
        self.steps.append(
            {
                "visit_id": visit,
                "step_no": 1,
                "service_code": service,
                "queued_at": instant(queued),
                "called_at": instant(called),
                "started_at": instant(started),
                "ended_at": instant(ended),
                "window_code": window,
                "staff_no": staff,
                "outcome": "done" if outcome == "served" else "unknown",
            }
        )

    def fit(self, **typical: float) -> Fits:
        tables = pa.Table.from_pylist(self.visits, VISITS), pa.Table.from_pylist(self.steps, STEPS)
        return fit_services(read_steps(*tables), typical=typical)


def busy_window(day: Day, *, started: bool = True, ended: bool = True, pause: float = 0.0, n: int = 3000) -> float:
    """One window with a line most of the time; the true mean minutes of service."""
    rng = np.random.default_rng(7)
    arrived, free = 0.0, 0.0
    work = rng.lognormal(1.5, 0.6, n)
    for minutes in work:
        arrived += rng.exponential(6.2)
        called = max(arrived, free)
        free = called + float(minutes) + pause
        end = called + float(minutes)
        day.add(arrived, called, called if started else None, end if ended else None)
    return float(work.mean())


def test_the_mean_and_spread_of_service_are_found_with_their_interval() -> None:
    day = Day()
    true = busy_window(day, pause=0.5)
    fit = day.fit().of("cash")
    assert fit.time.mean == pytest.approx(true, rel=0.01)
    assert fit.time.cv == pytest.approx((np.exp(0.36) - 1) ** 0.5, rel=0.06)
    assert fit.time_low < true < fit.time_high
    assert fit.turnaround_minutes == pytest.approx(0.5, abs=0.05)
    assert fit.notes[0].code == "patience_unknown"


def test_without_starts_time_runs_from_the_call_and_says_so() -> None:
    day = Day()
    true = busy_window(day, started=False)
    fit = day.fit().of("cash")
    assert fit.time.mean == pytest.approx(true, rel=0.01)
    assert fit.notes[0].code == "time_from_call"


def test_without_ends_time_is_estimated_from_the_windows_next_call() -> None:
    day = Day()
    true = busy_window(day, started=False, ended=False)
    fit = day.fit().of("cash")
    assert fit.time.mean == pytest.approx(true, rel=0.06)
    assert fit.notes[0].code == "time_from_next_call"
    assert fit.time_n < 3000


def test_what_nobody_can_have_meant_is_counted_and_left_out() -> None:
    day = Day()
    true = busy_window(day)
    day.add(0, 1, 2, None)
    day.add(0, 1, 2, 2)
    day.add(0, 1, 5, 4)
    for _ in range(5):
        day.add(0, 1, 2, 400)
    fit = day.fit().of("cash")
    assert {**fit.left_out, "overlong": 5} == {
        "missing_end": 1,
        "zero_seconds": 1,
        "ends_before_start": 1,
        "overlong": 5,
    }
    assert fit.left_out["overlong"] <= 8
    assert fit.time.mean == pytest.approx(true, rel=0.01)


def test_absent_left_and_served_each_tell_what_they_know() -> None:
    rng = np.random.default_rng(2)
    day = Day()
    for n in range(6000):
        wait, patience = rng.gamma(1.5, 8.7), rng.exponential(30.0)
        at = n * 100.0
        if patience >= wait:
            day.add(at, at + wait, at + wait, at + wait + 5 + rng.random())
        elif n % 2:
            day.add(at, at + wait, outcome="absent_when_called")
        else:
            day.add(at, left=at + patience, outcome="left")
    fits = day.fit()
    assert fits.of("cash").patience.mean == pytest.approx(30.0, rel=0.05)
    assert fits.of("cash").patience_n == 6000
    assert fits.of("cash").absent_share == 0.0


def test_how_leaving_is_noticed_follows_the_records() -> None:
    ticket, watched = Day(), Day()
    for n in range(20):
        ticket.add(n * 50.0, n * 50.0 + 20, outcome="absent_when_called")
        watched.add(n * 50.0, left=n * 50.0 + 20, outcome="left")
    assert ticket.fit().leaving == "at_call"
    assert watched.fit().leaving == "seen"


def test_a_service_without_records_takes_its_usual_minutes_and_the_branchs_patience() -> None:
    day = Day()
    for n in range(200):
        day.add(n * 50.0, n * 50.0 + 10 + n % 7, n * 50.0 + 20, n * 50.0 + 24 + n % 3)
        day.add(n * 50.0, n * 50.0 + 10 + n % 7, outcome="absent_when_called")
    loan = day.fit(loan=25.0).of("loan")
    assert loan.time.mean == 25.0
    assert {note.code for note in loan.notes} >= {"time_typical", "patience_pooled"}
    assert loan.patience == day.fit().of("cash").patience


def test_few_records_lean_on_the_usual_minutes() -> None:
    day = Day()
    for n in range(10):
        day.add(n * 50.0, n * 50.0, n * 50.0, n * 50.0 + 4)
    fit = day.fit(cash=8.0).of("cash")
    assert fit.time.mean == pytest.approx(6.0)
    assert fit.notes[0].code == "time_few"


def test_a_window_is_known_by_its_person_when_only_that_is_recorded() -> None:
    day = Day()
    for n in range(100):
        day.add(0.0, n * 5.0, window=None, staff="S1" if n % 2 else "S2")
    assert day.fit().of("cash").time.mean == pytest.approx(10.0)


def test_fits_cross_a_process_border_and_become_models() -> None:
    day = Day()
    busy_window(day, n=200)
    fits = day.fit(loan=20.0)
    assert from_plain(Fits, to_plain(fits)) == fits
    model = fits.of("cash").model(promise=Promised(15, 0.9), priority=2)
    assert (model.code, model.priority, model.time) == ("cash", 2, fits.of("cash").time)


def test_a_pause_counts_only_while_somebody_waits_for_that_window() -> None:
    def pauses(*, waiting: bool, longest: float) -> float:
        day = Day()
        for n in range(60):
            at = n * 100.0
            day.add(at, at, at, at + 5.0)
            day.add(at + (4.0 if waiting else 14.0), at + 15.0, at + 15.0, at + 16.0)
        tables = pa.Table.from_pylist(day.visits, VISITS), pa.Table.from_pylist(day.steps, STEPS)
        return turnaround_minutes(read_steps(*tables), longest)

    assert pauses(waiting=True, longest=30.0) == pytest.approx(10.0)
    assert pauses(waiting=True, longest=5.0) == 0.0
    assert pauses(waiting=False, longest=30.0) == 0.0


def test_a_small_sample_has_no_overlong_limit() -> None:
    assert overlong_limit(np.array([1.0, 500.0])) == float("inf")
