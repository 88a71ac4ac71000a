"""A made network of branches whose planted payday effects differ, for choosing how far to trust a branch's own."""

from datetime import date, timedelta

import numpy as np

from bankhall.analytics.forecasting.days import days_between
from bankhall.analytics.forecasting.history import History, build_history
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay

FIRST, DAYS, BRANCHES = date(2025, 10, 20), 399, 12
WEEKDAY = np.array([1.2, 1.0, 0.95, 0.95, 1.1, 0.7, 0.6])


def made_network(seed: int, differ: float) -> list[History]:
    """Twelve branches of 80 to 400 customers a day over 13 months; payday on the 10th brings 1.25 times as many on the
    mean, between branches with a standard deviation of `differ` on the logarithm."""
    dates = [FIRST + timedelta(days=n) for n in range(DAYS)]
    calendar = BusinessCalendar(
        CalendarDay(day, "weekend" if day.isoweekday() > 5 else "workday", markers=("payday",) if day.day == 10 else ())
        for day in dates
    )
    rng = np.random.default_rng(seed)
    effects = 1.25 * np.exp(rng.normal(0.0, differ, BRANCHES))
    return [_branch(f"B{at:02d}", dates, calendar, float(effect), rng) for at, effect in enumerate(effects, 1)]


def _branch(
    code: str, dates: list[date], calendar: BusinessCalendar, effect: float, rng: np.random.Generator
) -> History:
    opening = [OpeningSpan("", "personal", opens=540, closes=1020)]
    days = days_between(
        dates[0], dates[-1], branch_code=code, services=[Service("all")], calendar=calendar, opening=opening
    )
    shape = rng.gamma(8.0, size=len(days.slots))
    scale = np.array([WEEKDAY[day.isoweekday() - 1] * (effect if day.day == 10 else 1.0) for day in dates])
    level = _carried(rng.normal(0.0, 0.07, len(dates)), 0.5)
    mean = rng.uniform(80, 400) * (scale * np.exp(level))[:, None] * shape / shape.sum()
    counts = rng.poisson(mean)
    rows = [("all", dates[d], days.slots.start + int(s), float(counts[d, s])) for d, s in np.argwhere(counts > 0)]
    return build_history(code, rows, days)


def _carried(shocks: np.ndarray, carry: float) -> np.ndarray:
    out, level = np.zeros(len(shocks)), 0.0
    for at, shock in enumerate(shocks):
        level = carry * level + shock
        out[at] = level
    return out
