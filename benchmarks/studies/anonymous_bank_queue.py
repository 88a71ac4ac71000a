"""Anonymous Bank as a branch: waits and leaving predicted for June and July 1999, beside what happened.

    BANKHALL_DATA=DIR python -m benchmarks.studies.anonymous_bank_queue

Service times and patience are fitted on January to May. Each later day is simulated under the servers who stood there,
once with arrivals forecast from the days before, once with those that came. Writes
benchmarks/results/anonymous_bank_queue.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.draws import draw_days
from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.forecasting.history import History, build_history
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.analytics.queueing.fit import Fits, fit_services
from bankhall.analytics.queueing.hall import Hall, PersonSpan
from bankhall.analytics.queueing.measures import Measured, measure
from bankhall.analytics.queueing.simulate import simulate
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay
from benchmarks.studies.public_calls import AT_WORK_MINUTES, CODES, Call, at_work, read_calls, steps_of
from benchmarks.studies.public_counts import committed_days

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
RESULT = Path(__file__).parents[1] / "results" / "anonymous_bank_queue.md"
FIRST_DAY, OPENS, CLOSES, SLOT = date(1999, 6, 1), 420, 1440, 30
SLOTS = (CLOSES - OPENS) // SLOT
DAYS = 200
WEEKS = 4


@dataclass(frozen=True, slots=True)
class Side:
    """Minutes waited by those served and share who left, by half hour of arrival and for the day; the day's range."""

    wait: Floats
    left: Floats
    day_wait: float
    day_left: float
    wait_range: tuple[float, float] = (np.nan, np.nan)
    left_range: tuple[float, float] = (np.nan, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """The records of all months, by day."""

    calls: dict[date, list[Call]]
    present: dict[date, list[tuple[str, float, float]]]
    fits: Fits
    history: History


def main() -> None:
    """Reads, predicts, compares, writes."""
    study = _study()
    days = [day for day in committed_days() if day >= FIRST_DAY]
    happened = [happened_on(study.calls[day]) for day in days]
    weights = np.array([_counts(study.calls[day]).sum(axis=0) for day in days], dtype=np.float64)
    ways: dict[str, Callable[[date], Side]] = {
        "simulated, arrivals forecast": lambda day: predicted(study, day, _forecast_days(study, day)),
        "simulated, arrivals that came": lambda day: predicted(study, day, _days_that_came(study, day)),
        "same as the last four weeks": lambda day: last_weeks(study, day),
    }
    sides = {name: [way(day) for day in days] for name, way in ways.items()}
    text = "\n".join([HEAD, *_fit_lines(study.fits), *_tables(sides, happened, weights)]) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")


HEAD = """# Anonymous Bank as a branch: predicted against happened

    BANKHALL_DATA=DIR python -m benchmarks.studies.anonymous_bank_queue

Calls to one bank's call centre, Sunday to Thursday, 07:00-24:00. Fitted on January to May 1999; June and July are
predicted under the servers who stood there, read from their own calls (at work between calls less than 30 minutes
apart; what they pause while somebody waits counts as time between two calls). The wait is that of calls served, by half
hour of arrival; left is the share of calls that hung up in line. Bias is predicted less happened, half hours are
weighted by their calls, the range is one simulated day's 80 %. Servers are taken as equal and all calls as of equal
priority; neither is true there. Data: Guedj and Mandelbaum 2000; acknowledged to Avi Mandelbaum.
"""


def _study() -> Study:
    early, late = read_calls(1, 5), read_calls(6, 7)
    by_day: dict[date, list[Call]] = defaultdict(list)
    for call in [*early, *late]:
        by_day[call.day].append(call)
    known = set(committed_days())
    steps = steps_of([call for call in early if call.day in known])
    fits = fit_services(steps, longest_pause=AT_WORK_MINUTES)
    return Study(by_day, at_work(late), fits, _history(by_day, sorted(known)))


def _history(calls: dict[date, list[Call]], days: list[date]) -> History:
    rows = [
        (code, day, OPENS // SLOT + int(slot), float(_counts(calls[day])[place, slot]))
        for day in days
        for place, code in enumerate(CODES)
        for slot in range(SLOTS)
    ]
    return build_history("AB", rows, _open_on(days))


def _open_on(days: list[date]) -> Days:
    spans = [OpeningSpan("AB", "personal", date=day, opens=OPENS, closes=CLOSES) for day in days]
    calendar = BusinessCalendar(CalendarDay(day, "workday") for day in days)
    services = [Service(code) for code in CODES]
    return days_between(days[0], days[-1], branch_code="AB", services=services, calendar=calendar, opening=spans)


def _counts(calls: list[Call]) -> Counts:
    """Calls [service, slot]."""
    counts = np.zeros((len(CODES), SLOTS), dtype=np.int64)
    for call in calls:
        slot = int((call.queued - OPENS) // SLOT)
        if 0 <= slot < SLOTS:
            counts[CODES.index(call.service), slot] += 1
    return counts


def _forecast_days(study: Study, day: date) -> Counts:
    known = study.history.before(day)
    forecast = forecast_branch(known, _open_on([day]), as_of=day, pooled=pool_effects([known], day))
    drawn = draw_days(forecast, 0, DAYS, stream(1, "forecast", day.isoformat()))
    return drawn[:, [forecast.services.index(code) for code in CODES], :]


def _days_that_came(study: Study, day: date) -> Counts:
    return np.repeat(_counts(study.calls[day])[None], DAYS, axis=0)


def predicted(study: Study, day: date, counts: Counts) -> Side:
    """The day simulated under the servers who stood there."""
    hall = Hall(
        services=tuple(study.fits.of(code).model() for code in CODES),
        people=tuple(PersonSpan(name, start, end, CODES) for name, start, end in study.present[day]),
        start_minute=OPENS,
        slot_minutes=SLOT,
        slots=SLOTS,
        leaving=study.fits.leaving,
    )
    rows = {row.slot: row for row in measure(simulate(hall, counts, seed=day.toordinal())) if not row.service_code}
    slots = [rows[slot] for slot in range(SLOTS)]
    return Side(
        wait=np.array([_value(row, "wait_mean") for row in slots]),
        left=np.array([_value(row, "left_share") for row in slots]),
        day_wait=_value(rows[None], "wait_mean"),
        day_left=_value(rows[None], "left_share"),
        wait_range=_range(rows[None], "wait_mean"),
        left_range=_range(rows[None], "left_share"),
    )


def _value(row: Measured, name: str) -> float:
    value = row.measures[name].value
    return np.nan if value is None else value


def _range(row: Measured, name: str) -> tuple[float, float]:
    spread = row.measures[name]
    return spread.p10 or 0.0, spread.p90 or 0.0


def happened_on(calls: list[Call]) -> Side:
    """The same of real calls."""
    inside = [call for call in calls if OPENS <= call.queued < CLOSES]
    slot = np.array([int((call.queued - OPENS) // SLOT) for call in inside])
    served = np.array([call.served for call in inside])
    wait = np.array([call.wait for call in inside])
    came, answered = np.bincount(slot, minlength=SLOTS), np.bincount(slot[served], minlength=SLOTS)
    waited = np.bincount(slot[served], wait[served], SLOTS)
    return Side(
        wait=np.where(answered > 0, waited / np.maximum(answered, 1), np.nan),
        left=np.where(came > 0, 1 - answered / np.maximum(came, 1), np.nan),
        day_wait=float(wait[served].mean()),
        day_left=float(1 - served.mean()),
    )


def last_weeks(study: Study, day: date) -> Side:
    """What happened on the four same weekdays before that took part."""
    past = [day - timedelta(weeks=weeks) for weeks in range(1, 3 * WEEKS)]
    known = [other for other in past if other in set(committed_days())][:WEEKS]
    return happened_on([call for other in known for call in study.calls[other]])


def _fit_lines(fits: Fits) -> Iterator[str]:
    yield "| service | n | service minutes | cv | patience | its mean | lost |"
    yield "|---|---|---|---|---|---|---|"
    for fit in fits.services:
        yield (
            f"| {fit.service_code} | {fit.time_n:,} | {fit.time.mean:.2f} | {fit.time.cv:.2f} "
            f"| {fit.patience.family} | {fit.patience.mean:.1f} | {fit.lost_n:,} |"
        )
    yield f"\nBetween two calls a server needs {fits.services[0].turnaround_minutes * 60:.0f} s while somebody waits.\n"


def _tables(sides: dict[str, list[Side]], happened: list[Side], weights: Floats) -> Iterator[str]:
    for title, cell, whole, edges in (
        ("Wait of calls served, minutes", "wait", "day_wait", "wait_range"),
        ("Share of calls that hung up in line", "left", "day_left", "left_range"),
    ):
        truth = np.array([getattr(side, cell) for side in happened])
        days = np.array([getattr(side, whole) for side in happened])
        yield f"\n## {title} (mean {days.mean():.3f}, {len(days)} days)\n"
        yield "| predicted by | half hours: bias | error | correlation | days: bias | error | correlation | in range |"
        yield "|---|---|---|---|---|---|---|---|"
        for name, made in sides.items():
            slots = np.array([getattr(side, cell) for side in made])
            totals = np.array([getattr(side, whole) for side in made])
            limits = np.array([getattr(side, edges) for side in made])
            day_score = _score(totals, days, np.ones(len(days)))
            yield f"| {name} | {_score(slots, truth, weights)} | {day_score} | {_inside(limits, days)} |"


def _score(made: Floats, truth: Floats, weights: Floats) -> str:
    """Bias, mean absolute error and correlation, weighted."""
    known = ~np.isnan(made) & ~np.isnan(truth)
    made, truth, weight = made[known], truth[known], weights[known] / weights[known].sum()
    off = made - truth
    centred, other = made - weight @ made, truth - weight @ truth
    correlation = weight @ (centred * other) / np.sqrt((weight @ centred**2) * (weight @ other**2))
    return f"{weight @ off:+.3f} | {weight @ np.abs(off):.3f} | {correlation:.2f}"


def _inside(limits: Floats, days: Floats) -> str:
    if np.isnan(limits).all():
        return "-"
    return f"{np.mean((limits[:, 0] <= days) & (days <= limits[:, 1])):.0%}"


if __name__ == "__main__":
    main()
