"""A plan's answer as plain exchange rows: dates and instants as ISO text, times as `09:00`."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from bankhall.analytics.forecasting.forecast import QUANTILE_NAMES, Forecast
from bankhall.analytics.planning.question import PlanAnswer, PlanQuestion, ProofRow, Shortfall
from bankhall.analytics.rostering.problem import Unmet
from bankhall.kernel.bank.roster import Requirement
from bankhall.kernel.breach import Breach
from bankhall.kernel.minutes import format_minutes
from bankhall.kernel.plain import to_plain

Plain = dict[str, Any]


def plain_answer(question: PlanQuestion, answer: PlanAnswer, *, made_at: str, inputs_hash: str) -> Plain:
    """Everything that the store and the folder keep of a plan."""
    roster = answer.roster
    return {
        "inputs_hash": inputs_hash,
        "seed": question.seed,
        "status": roster.status,
        "conflict": to_plain(roster.conflict),
        "cost_fen": roster.cost.cost_fen,
        "avoidable_fen": roster.cost.avoidable_fen,
        "unmet_half_hours": roster.cost.unmet_half_hours,
        "moves": roster.moves,
        "forecasts": to_plain(question.forecast.rows(made_at)),
        "day_totals": day_totals(question.forecast),
        "requirement": [requirement_row(row) for row in answer.requirement.rows],
        "shortfalls": [shortfall_row(row) for row in answer.requirement.shortfalls],
        "proof": [proof_row(row) for row in answer.proof],
        "unmet": [unmet_row(row) for row in roster.unmet],
        "breaches": [breach_row(row) for row in roster.breaches],
        "rosters": to_plain(roster.assignments),
        "notes": to_plain(answer.notes),
    }


def day_totals(forecast: Forecast) -> list[Plain]:
    """Mean and range of each day's total, per service and (empty service) for the branch."""
    codes = (*forecast.services, "")
    return [
        {
            "service_code": code,
            "business_date": day.isoformat(),
            "mean": round(float(forecast.day_mean[at, place]), 4),
            **_named(forecast.day_quantiles[at, place]),
        }
        for at, day in enumerate(forecast.business_dates)
        for place, code in enumerate(codes)
        if forecast.open[at].any()
    ]


def _named(values: Iterable[float]) -> Plain:
    return dict(zip(QUANTILE_NAMES, map(float, values), strict=True))


def requirement_row(row: Requirement) -> Plain:
    """A row of the table `requirement`."""
    return {**to_plain(row), "slot_start": format_minutes(row.slot_start)}


def shortfall_row(row: Shortfall) -> Plain:
    """A promise that the windows do not allow."""
    times = {name: format_minutes(getattr(row, name)) for name in ("first_slot_start", "last_slot_start")}
    return {**to_plain(row), **times}


def proof_row(row: ProofRow) -> Plain:
    """A row of the table `proof`; a day's row has no slot."""
    start = None if row.slot_start is None else format_minutes(row.slot_start)
    rounded = {
        name: None if value is None else round(value, 6)
        for name, value in (
            ("value", row.value),
            ("p05", row.p05),
            ("p10", row.p10),
            ("p90", row.p90),
            ("p95", row.p95),
        )
    }
    return {**to_plain(row), "slot_start": start, **rounded}


def unmet_row(row: Unmet) -> Plain:
    """A row of the table `unmet`."""
    return {**to_plain(row), "slot_start": format_minutes(row.slot_start)}


def breach_row(row: Breach) -> Plain:
    """A row of the table `breaches`."""
    return {
        "rule_code": row.rule_code,
        "rule_class": row.rule_class,
        "branch_code": row.branch_code,
        "staff_no": row.staff_no,
        "business_date": row.business_date.isoformat() if isinstance(row.business_date, date) else None,
        "start_time": None if row.start is None else format_minutes(row.start),
        "end_time": None if row.end is None else format_minutes(row.end),
        "facts": json.dumps(to_plain(row.facts), ensure_ascii=False, sort_keys=True),
    }
