"""Forecasts as issued beside what came, errors beside the baselines, calendar effects."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from bankhall.apps.access.queries import check_may
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import ForecastIssue, Outlook
from bankhall.apps.rosters.queries.day_plan import range_of
from bankhall.apps.rosters.queries.pages import (
    EffectLine,
    ErrorLine,
    ForecastDay,
    ForecastPage,
    ForecastSlot,
    Range,
)
from bankhall.apps.rosters.queries.records import bank_of, lake_snapshot
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.scope import Scope

DAYS_BACK = 28
Row = Mapping[str, Any]
Came = dict[tuple[date, int], float]


def forecast_page(
    scope: Scope, branch_code: str, *, service_code: str = "", day: date | None = None, on: date
) -> ForecastPage:
    """Four weeks back and whatever was issued ahead, of a service (empty: all). For each day the newest issue that was
    made before it, never a later one."""
    check_may(scope, "see_forecast", branch_code)
    node = network.branch(scope, branch_code)
    bank = bank_of(branch_code)
    first = on - timedelta(days=DAYS_BACK)
    issues = list(ForecastIssue.objects.filter(branch_code=branch_code, last__gte=first).order_by("made_at"))
    came = arrivals_that_came(branch_code, service_code, first, on - timedelta(days=1), bank.slot_minutes)
    days = _days(issues, bank, branch_code, service_code, came)
    chosen = day or _newest_with_records(days)
    outlook = Outlook.objects.filter(branch_code=branch_code).order_by("-as_of").first()
    return ForecastPage(
        branch_code, node.name, service_code, {s.service_code: s.name for s in bank.services}, bank.synthetic,
        days, chosen, slots_as_issued(branch_code, service_code, chosen, issues, came), _errors(outlook, service_code),
        len(outlook.error_dates) if outlook else 0, _effects(outlook, service_code), (),
        tuple(issue.made_at for issue in issues),
    )  # fmt: skip


def arrivals_that_came(branch_code: str, service_code: str, first: date, last: date, slot_minutes: int) -> Came:
    """Recorded arrivals by date and slot start; a date without any record is absent, not zero."""
    if not Path(settings.LAKE).is_dir():
        return {}
    from bankhall.data.lake import Lake
    from bankhall.data.queries import lake_source
    from bankhall.data.queries.arrivals import count_rows

    source = lake_source(Lake(Path(settings.LAKE)))
    found: Came = {}
    for code, when, slot, count in count_rows(
        source, branch_code=branch_code, first=first, last=last, slot_minutes=slot_minutes
    ):
        key = (when, slot * slot_minutes)
        found[key] = found.get(key, 0.0) + (count if service_code in ("", code) else 0.0)
    return found


def _days(
    issues: Sequence[ForecastIssue], bank: Bank, branch_code: str, service_code: str, came: Came
) -> tuple[ForecastDay, ...]:
    calendar, region = BusinessCalendar(bank.calendar), bank.region_of(branch_code)
    totals: dict[date, float] = {}
    for (when, _), count in came.items():
        totals[when] = totals.get(when, 0.0) + count
    issued: dict[date, ForecastDay] = {
        when: ForecastDay(calendar.day(when, region), None, None, total) for when, total in totals.items()
    }
    for issue in issues:
        for when, expected in _ranges(issue, service_code).items():
            if issue.made_at.date() <= when:
                issued[when] = ForecastDay(
                    calendar.day(when, region), issue.made_at, expected, totals.get(when), issue.replayed
                )
    return tuple(issued[when] for when in sorted(issued))


def _ranges(issue: ForecastIssue, service_code: str) -> dict[date, Range | None]:
    rows = [row for row in issue.day_totals if row["service_code"] == service_code]
    return {date.fromisoformat(row["business_date"]): range_of(row) for row in rows}


def _newest_with_records(days: Sequence[ForecastDay]) -> date | None:
    both = [one.day.date for one in days if one.came is not None and one.expected is not None]
    ahead = [one.day.date for one in days if one.expected is not None]
    return both[-1] if both else next(iter(ahead), None)


def slots_as_issued(
    branch_code: str, service_code: str, day: date | None, issues: Sequence[ForecastIssue], came: Came
) -> tuple[ForecastSlot, ...]:
    """Slots of the day from the lake, of the same issue as the day's total."""
    snapshot = lake_snapshot()
    made = [
        issue.made_at for issue in issues if day and issue.first <= day <= issue.last and issue.made_at.date() <= day
    ]
    if day is None or snapshot is None or not made:
        return ()
    table = snapshot.table("forecasts", branch_code=branch_code, first=day, last=day)
    rows = [r for r in table.to_pylist() if r["made_at"] == made[-1] and (r["service_code"] or "") == service_code]
    recorded = any(when == day for when, _ in came)
    found = []
    for row in sorted(rows, key=lambda r: str(r["slot_start"])):
        start = parse_minutes(row["slot_start"])
        happened = came.get((day, start), 0.0) if recorded else None
        found.append(ForecastSlot(start, Range(row["mean"], row["p10"], row["p90"]), happened))
    return tuple(found)


def _errors(outlook: Outlook | None, service_code: str) -> tuple[ErrorLine, ...]:
    rows = outlook.errors if outlook else []
    for row in rows:
        if row["service_code"] == service_code and row["level"] == "day":
            return (_error("ours", row), *(_error(name, found) for name, found in row["baselines"].items()))
    return ()


def _error(method: str, row: Row) -> ErrorLine:
    return ErrorLine(method, row["wape"], row["mase"], row["bias"], row["coverage_80"], row["coverage_90"])


def _effects(outlook: Outlook | None, service_code: str) -> tuple[EffectLine, ...]:
    rows = [row for row in (outlook.effects if outlook else []) if row["service_code"] == service_code]
    return tuple(EffectLine(r["marker"], r["factor"], r["low"], r["high"], r["days"]) for r in rows)
