"""The formulas: from a plan's answer and from measured records to values. Nothing on a page is computed elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any

Rows = Sequence[Mapping[str, Any]]
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One value to be stored: numerator over denominator where something is divided, else the value alone."""

    code: str
    branch_code: str
    first: date
    last: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    complete: bool = True
    service_code: str = ""


def of_plan(branch_code: str, days: tuple[date, ...], answer: Plain) -> list[Value]:
    """Everything that a plan's answer says of its week. Without a feasible plan there are no costs and no waits."""
    week = Week(branch_code, days[0], days[-1])
    found = [
        week.range("expected_visits", *joined([row for row in answer["day_totals"] if not row["service_code"]])),
        week.sum("required_half_hours", sum(row["people"] for row in answer["requirement"])),
    ]
    if answer["status"] != "feasible":
        return found
    return [
        *found,
        week.sum("unmet_half_hours", answer["unmet_half_hours"]),
        week.sum("planned_cost", answer["cost_fen"]),
        week.sum("avoidable_cost", answer["avoidable_fen"]),
        *of_proof(week, answer["proof"]),
    ]


@dataclass(frozen=True, slots=True)
class Week:
    """The branch and period of a row of values."""

    branch_code: str
    first: date
    last: date

    def sum(self, code: str, amount: float) -> Value:
        """A plain amount."""
        return Value(code, self.branch_code, self.first, self.last, float(amount), float(amount))

    def range(self, code: str, middle: float, low: float | None, high: float | None) -> Value:
        """An amount with its range."""
        return Value(code, self.branch_code, self.first, self.last, middle, middle, None, low, high)

    def share(self, code: str, numerator: float, denominator: float) -> Value:
        """A share; None when nobody is counted."""
        part = numerator / denominator if denominator else None
        return Value(code, self.branch_code, self.first, self.last, part, numerator, denominator)

    def reading(self, code: str, value: float | None, *, low: float | None = None, high: float | None = None) -> Value:
        """A statistic such as a percentile, that nothing divides."""
        return Value(code, self.branch_code, self.first, self.last, value, None, None, low, high)


def joined(totals: Rows) -> tuple[float, float | None, float | None]:
    """Sum of day totals with an 80 % range: half widths joined as for independent days, as they are drawn."""
    middle = sum(row["mean"] for row in totals)
    below = sqrt(sum((row["mean"] - row["p10"]) ** 2 for row in totals))
    above = sqrt(sum((row["p90"] - row["mean"]) ** 2 for row in totals))
    return (middle, middle - below, middle + above) if totals else (0.0, None, None)


def of_proof(week: Week, proof: Rows) -> list[Value]:
    """Shares of the whole hall weighted by the days' arrivals, and every day's P90."""
    days: dict[str, dict[str, Plain]] = {}
    for row in proof:
        if not row["service_code"] and row["slot_start"] is None:
            days.setdefault(row["business_date"], {})[row["measure"]] = row
    shares = [_weighted(week, "planned_promise_kept", days.values(), "kept_share")]
    shares.append(_weighted(week, "planned_left_share", days.values(), "left_share"))
    return shares + [
        _day_p90(week.branch_code, day, rows["wait_p90"]) for day, rows in days.items() if "wait_p90" in rows
    ]


def _weighted(week: Week, code: str, days: Iterable[Mapping[str, Plain]], measure: str) -> Value:
    known = [day for day in days if measure in day and day[measure]["value"] is not None and "arrivals" in day]
    weights = [float(day["arrivals"]["value"]) for day in known]
    kept = sum(weight * float(day[measure]["value"]) for weight, day in zip(weights, known, strict=True))
    return week.share(code, kept, sum(weights))


def _day_p90(branch_code: str, day: str, row: Plain) -> Value:
    when = date.fromisoformat(day)
    one = Week(branch_code, when, when)
    return one.reading("planned_wait_p90", row["value"], low=row["p10"], high=row["p90"])


def of_records(branch_code: str, answer: Plain) -> list[Value]:
    """Errors of the forecast over the last open days, and what customers met last week.

    `errors` are `backtest` rows, `happened` one row a day of the whole branch; both may be empty (too short a history).
    """
    return [
        *_errors(branch_code, answer["errors"], answer["error_dates"]),
        *_happened(branch_code, answer["happened"]),
        *(_held(branch_code, date.fromisoformat(answer["as_of"]), answer["proofs"]) if answer.get("proofs") else ()),
    ]


def _held(branch_code: str, as_of: date, proofs: Rows) -> list[Value]:
    """How often the promised range of the P90 wait held over the four weeks before."""
    monday = as_of - timedelta(days=as_of.weekday())
    span = Week(branch_code, monday - timedelta(weeks=4), monday - timedelta(days=1))
    return [span.reading("wait_coverage_80", row["inside_80"]) for row in proofs if row["measure"] == "wait_p90"]


def _errors(branch_code: str, rows: Rows, dates: Sequence[str]) -> list[Value]:
    branch = [row for row in rows if not row["service_code"] and row["level"] == "day"]
    if not branch or not dates:
        return []
    ours, days = branch[0], [date.fromisoformat(day) for day in dates]
    span = Week(branch_code, min(days), max(days))
    naive = [row["wape"] for row in ours["baselines"].values() if row["wape"] is not None]
    return [
        span.reading("forecast_wape", ours["wape"]),
        span.reading("forecast_wape_baseline", min(naive) if naive else None),
        span.reading("forecast_coverage_80", ours["coverage_80"]),
    ]


def _happened(branch_code: str, rows: Rows) -> list[Value]:
    if not rows:
        return []
    days = sorted(date.fromisoformat(row["business_date"]) for row in rows)
    week = Week(branch_code, days[0], days[-1])
    promised = [row for row in rows if row["kept"] is not None]
    found = [
        week.share("promise_kept", sum(r["kept"] for r in promised), sum(r["arrivals"] for r in promised)),
        week.share("left_share", sum(r["left"] + r["absent"] for r in rows), sum(r["arrivals"] for r in rows)),
    ]
    for row in rows:
        when = date.fromisoformat(row["business_date"])
        found.append(Week(branch_code, when, when).reading("wait_p90", row["wait_p90"]))
    return found
