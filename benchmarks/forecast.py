"""The forecast against statsforecast's AutoETS: series a second on the same histories, a week ahead with ranges."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay
from benchmarks.peers import table, timed, write_result
from benchmarks.studies.made_network import made_network

Floats = NDArray[np.float64]
AHEAD = 7
THEIR_SERIES = 6


def main() -> None:
    """One ratio, and how far off each was on the week that neither saw."""
    histories = made_network(seed=3, differ=0.1)
    as_of = histories[0].days.dates[-AHEAD]
    known, truth = [history.before(as_of) for history in histories], [_totals(history) for history in histories]
    week = _week(as_of)
    _ours(known[:2], week, as_of)
    ours, seconds, wall = timed(lambda: _ours(known, week, as_of))
    _theirs([truth[0][:-AHEAD]])
    theirs, their_seconds, their_wall = timed(lambda: _theirs([total[:-AHEAD] for total in truth[:THEIR_SERIES]]))
    came = np.array([total[-AHEAD:] for total in truth])
    speed, other = len(known) / seconds, THEIR_SERIES / their_seconds
    half_hours = len(week.slots)
    rows = [
        (
            "Bankhall",
            f"{speed:.1f}",
            f"{wall:.2f} s for {len(known)}",
            _off(ours, came),
            f"{half_hours} half hours a day",
        ),
        ("AutoETS", f"{other:.2f}", f"{their_wall:.2f} s for {THEIR_SERIES}", _off(theirs, came[:THEIR_SERIES]), "-"),
    ]
    head = ("", "series a second of processor time", "wall", "WAPE of the week's days", "and besides")
    write_result("forecast", HEAD.format(ratio=speed / other, days=len(truth[0])) + table(head, rows))


HEAD = """# Forecast against AutoETS (statsforecast 2.1)

**{ratio:.0f} times** as many series a second, counting a branch's days as one series: {days} of history, a week ahead
with 80 % and 90 % ranges, season of seven days; both in one process in the same run. Ours gives each half hour of the
week with its range too, and fits the calendar effects over all branches within the time. Branches are made, twelve of
80 to 400 customers a day. Made by `python -m benchmarks forecast`.

"""


def _ours(histories: list[History], week: Days, as_of: date) -> Floats:
    pooled = pool_effects(histories, as_of)
    made = [forecast_branch(history, week, as_of=as_of, pooled=pooled) for history in histories]
    return np.array([forecast.day_mean[:, -1] for forecast in made])


def _theirs(totals: list[Floats]) -> Floats:
    from statsforecast.models import AutoETS

    made = [AutoETS(season_length=7).forecast(y=total, h=AHEAD, level=[80, 90]) for total in totals]
    return np.array([forecast["mean"] for forecast in made])


def _totals(history: History) -> Floats:
    return np.asarray(history.counts.sum(axis=(1, 2)), dtype=np.float64)


def _off(made: Floats, came: Floats) -> str:
    return f"{np.abs(made - came).sum() / came.sum():.3f}"


def _week(first: date) -> Days:
    dates = [first + timedelta(days=n) for n in range(AHEAD)]
    calendar = BusinessCalendar(
        CalendarDay(day, "weekend" if day.isoweekday() > 5 else "workday", markers=("payday",) if day.day == 10 else ())
        for day in dates
    )
    opening = [OpeningSpan("", "personal", opens=540, closes=1020)]
    return days_between(
        dates[0], dates[-1], branch_code="B01", services=[Service("all")], calendar=calendar, opening=opening
    )
