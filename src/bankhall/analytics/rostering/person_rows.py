"""Rows of the week's model that bind one person over its dates: hours and overtime, rest, fairness."""

from collections.abc import Iterable

import numpy as np

from bankhall.analytics.rostering.linear import FREE
from bankhall.analytics.rostering.roster_model import DATES, RosterModel, Terms


def _minutes(model: RosterModel, p: int, days: Iterable[int], *, regular: bool = False, extra: bool = False) -> Terms:
    """Work of a person on dates: all, without daily overtime, or the daily overtime alone."""
    terms = []
    for d in days:
        for n in model.working(p, d):
            worked, over = int(model.arrays.work[model.arrays.option_template[n]]), model.daily_overtime(n)
            weight = worked - over if regular else over if extra else worked
            if weight:
                terms.append((model.x[n], weight))
    return terms


def add_hours(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if arrays.hours_week >= 0:
        _add_week_overtime(model, p)
        limit = arrays.hours_week + arrays.overtime_day
        model.most(_minutes(model, p, range(DATES), regular=True), min(limit, FREE - 1), 6, 1, p=p)
        shut = [d for d in range(DATES) if arrays.protected[p, d]]
        if shut:
            regular = _minutes(model, p, range(max(shut) + 1), regular=True)
            model.most(regular, arrays.hours_week, 9, 1, p=p)
    _add_month(model, p)
    if arrays.channel[8] > 0:
        left = int(arrays.average_limit * arrays.average_weeks[p] - arrays.average_past[p])
        model.most(_minutes(model, p, range(DATES)), left, 8, 1, p=p)


def _add_week_overtime(model: RosterModel, p: int) -> None:
    """Overtime by the week up to each date, priced at the premium of the date on which it falls."""
    arrays, linear, week = model.arrays, model.linear, model.arrays.hours_week
    premium = [int(arrays.premium[p, d]) for d in range(DATES)]
    for d in range(DATES):
        price = premium[d] - (premium[d + 1] if d + 1 < DATES else 0)
        if price == 0:
            continue
        worked, most = _minutes(model, p, range(d + 1), regular=True), DATES * 1440
        over = model.overtime[(p, d)] = linear.add(0, most, price)
        linear.demand([(over, 1), *((v, -c) for v, c in worked)], low=-week)
        if price < 0:
            beyond = linear.add(0, 1)
            linear.demand([(over, 1), (beyond, -most)], high=0)
            linear.demand([(over, 1), *((v, -c) for v, c in worked), (beyond, most)], high=most - week)


def _add_month(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if arrays.channel[7] < 0:
        return
    months = sorted(set(arrays.month_of.tolist()))
    left = sum(max(0, int(arrays.month_limit[m] - arrays.month_balance[p, m])) for m in months)
    over = model.overtime.get((p, DATES - 1))
    terms = _minutes(model, p, range(DATES), extra=True)
    if arrays.hours_week < 0:
        model.most(terms, left, 7, 1, p=p)
        return
    if over is None:
        over = model.linear.add(0, DATES * 1440)
        regular = _minutes(model, p, range(DATES), regular=True)
        model.linear.demand([(over, 1), *((v, -c) for v, c in regular)], low=-arrays.hours_week)
    model.most([*terms, (over, 1)], left, 7, 1, p=p)


def _works(model: RosterModel, p: int, days: Iterable[int]) -> Terms:
    return [(model.x[n], 1) for d in days for n in model.working(p, d) if model.arrays.work[_template(model, n)] > 0]


def _template(model: RosterModel, n: int) -> int:
    return int(model.arrays.option_template[n])


def add_rest(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if arrays.channel[10] > 0:
        model.most(_works(model, p, range(DATES)), DATES - arrays.rest_days, 10, 480, p=p)
    if arrays.channel[11] > 0:
        _add_consecutive(model, p)
    if arrays.channel[12] > 0:
        _add_rest_between(model, p)


def _add_consecutive(model: RosterModel, p: int) -> None:
    most, streak = int(model.arrays.consecutive), int(model.arrays.streak[p])
    for first in range(-min(streak, most), DATES - most):
        last = max(first + most, 0)
        if last < DATES:
            row = _works(model, p, range(max(first, 0), last + 1))
            model.most(row, last - max(first, 0), 11, 480, p=p)


def _add_rest_between(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    for d in range(DATES):
        before = [(int(arrays.end[_template(model, n)]), n) for n in model.working(p, d - 1)] if d else []
        for end in sorted({end for end, _ in before} | ({int(arrays.last_end[p])} if d == 0 else set())):
            earliest = arrays.rest_between - 1440 + end
            late = [(model.x[n], 1) for n in model.working(p, d) if arrays.start[_template(model, n)] < earliest]
            if late and end >= 0:
                ends = [(model.x[n], 1) for other, n in before if other >= end]
                model.most([*ends, *late], 1 if d else 0, 12, 120, p=p, d=d)


def add_fairness(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if not arrays.fair[p]:
        return
    fair = arrays.fair.astype(bool)
    saturday_limit = int(arrays.fairness_limit[0, arrays.quarter_of[5]])
    if saturday_limit >= 0:
        middle = int(np.floor(np.median(arrays.saturdays[fair])))
        left = middle + saturday_limit - int(arrays.saturdays[p])
        model.most(_works(model, p, (5,)), max(0, left), 13, 480, p=p)
    for q in range(2):
        limit = int(arrays.fairness_limit[1, q])
        days = [d for d in range(DATES) if arrays.quarter_of[d] == q]
        terms = [(model.x[n], 1) for d in days for n in model.working(p, d) if arrays.noon[_template(model, n)]]
        if limit >= 0 and terms:
            middle = int(np.floor(np.median(arrays.lunches[fair, q])))
            model.most(terms, max(0, middle + limit - int(arrays.lunches[p, q])), 14, 60, p=p)
