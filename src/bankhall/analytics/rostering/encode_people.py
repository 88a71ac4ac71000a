"""The people of a week as arrays: their states, what they worked before, and the limits of the rules."""

from datetime import timedelta

import numpy as np

from bankhall.analytics.rostering.arrays import (
    AGREEMENT,
    I64,
    LAW,
    SPANNING_RULES,
    U8,
)
from bankhall.analytics.rostering.checks.fairness import (
    counts_of,
    fairness_people,
    is_lunch_cover,
    is_saturday,
    quarter_of,
)
from bankhall.analytics.rostering.checks.hours import average_weeks, may_not_overwork, month_balance
from bankhall.analytics.rostering.checks.rest import days_in_a_row
from bankhall.analytics.rostering.coder import DATES, Encoder
from bankhall.analytics.rostering.prices import (
    premium_grains,
)
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import Timesheet

NO_LIMIT = 10**9


def people(coder: Encoder) -> dict[str, object]:
    situation, people = coder.situation, coder.columns.people

    def table(kind: type, ask: object) -> U8 | I64:
        return np.array([[ask(name, day) for day in situation.days] for name in people], kind).reshape(-1, DATES)  # type: ignore[operator]

    new = situation.value("probation_not_alone", situation.days[0]) is not None
    return {
        "probation": table(np.uint8, lambda name, day: new and situation.on_probation(name, day)),
        "premium": table(np.int64, lambda name, day: premium_grains(situation, name, day)),
        "protected": table(np.uint8, lambda name, day: may_not_overwork(situation, name, day)),
    }


def history(coder: Encoder) -> dict[str, object]:
    situation, people = coder.situation, coder.columns.people
    sheet, monday = Timesheet(situation, ()), situation.days[0]
    sunday = monday - timedelta(days=1)
    months = sorted({day.replace(day=1) for day in situation.days})
    weeks = [average_weeks(situation, sheet, name) for name in people]
    ends = [sheet.at(name, sunday) for name in people]
    return {
        "streak": np.array([days_in_a_row(sheet, name, sunday) for name in people], np.int64),
        "last_end": np.array([end.end if end else -1 for end in ends], np.int64),
        "average_weeks": np.array([len(found) for found in weeks], np.int64),
        "average_past": np.array(
            [
                sum(sheet.minutes(name, day) for week in found[1:] for day in week.days())
                for name, found in zip(people, weeks, strict=True)
            ],
            np.int64,
        ),
        "month_of": np.array([months.index(day.replace(day=1)) for day in situation.days], np.int64),
        "month_balance": np.array(
            [[month_balance(situation, sheet, name, month) for month in (months * 2)[:2]] for name in people], np.int64
        ).reshape(-1, 2),
        "month_limit": np.array([_or(situation.value("overtime_month", m), -1) for m in (months * 2)[:2]], np.int64),
        **_fairness(coder, sheet),
    }


def _fairness(coder: Encoder, sheet: Timesheet) -> dict[str, object]:
    situation, people = coder.situation, coder.columns.people
    quarters = sorted({quarter_of(day) for day in situation.days})
    counted = set(fairness_people(situation))
    saturday = counts_of(situation, sheet, quarter_of(situation.days[5]), is_saturday)
    lunches = [counts_of(situation, sheet, quarter, is_lunch_cover) for quarter in (quarters * 2)[:2]]
    first = [next(day for day in situation.days if quarter_of(day) == quarter) for quarter in quarters]
    limits = [
        [_or(situation.value(code, day), -1) for day in first] + [-1] * (2 - len(first))
        for code in ("saturdays_quarter", "lunches_quarter")
    ]
    return {
        "fair": np.array([name in counted for name in people], np.uint8),
        "quarter_of": np.array([quarters.index(quarter_of(day)) for day in situation.days], np.int64),
        "saturdays": np.array([saturday.get(name, 0) for name in people], np.int64),
        "lunches": np.array([[each.get(name, 0) for each in lunches] for name in people], np.int64).reshape(-1, 2),
        "fairness_limit": np.array(limits, np.int64),
    }


def rules(coder: Encoder) -> dict[str, object]:
    situation = coder.situation
    pairs = [[situation.value(code, day) or 0 for day in situation.days] for code in ("opening_pair", "closing_pair")]
    return {
        "pair": np.array(pairs, np.int64),
        "channel": np.array([_channel(situation, code) for code in SPANNING_RULES], np.int64),
        "hours_day": _or(situation.week_value("hours_day"), -1),
        "hours_week": _or(situation.week_value("hours_week"), -1),
        "overtime_day": _or(situation.week_value("overtime_day"), NO_LIMIT),
        "average_limit": _or(situation.week_value("hours_week_average"), NO_LIMIT),
        "rest_days": situation.week_value("rest_days_in_seven") or 0,
        "consecutive": _or(situation.week_value("consecutive_days"), NO_LIMIT),
        "rest_between": situation.week_value("rest_between_shifts") or 0,
    }


def _channel(situation: Situation, code: str) -> int:
    if code != "duty_people" and situation.week_value(code) is None:
        return -1
    return LAW if situation.rule_class(code) == "law_control" else AGREEMENT


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
