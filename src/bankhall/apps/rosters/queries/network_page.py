"""The list of branches: is next week ready?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from bankhall.apps.access.queries import MAY, check_may
from bankhall.apps.metrics import queries as metrics
from bankhall.apps.metrics.queries import MeasurementLine
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import ForecastIssue, Roster
from bankhall.apps.rosters.queries.day_plan import range_of
from bankhall.apps.rosters.queries.pages import (
    BranchLine,
    DayLoad,
    NetworkFilters,
    NetworkPage,
    NetworkTotals,
    Range,
    RunBeside,
)
from bankhall.apps.rosters.states import STANDING, RosterState, next_step
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.queries import RunPage
from bankhall.apps.runs.states import OPEN
from bankhall.kernel.bank.branch import Node
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

PAGE = 50
ERRORS = ("forecast_wape", "forecast_wape_baseline", "forecast_coverage_80")
ANY = NetworkFilters()
NOT_LISTED = ("breaches", "unmet")
ASKED_RUNS = 200


@dataclass(frozen=True)
class _Beside:
    """What stands beside the branches, read once for all of them."""

    rosters: Mapping[str, Roster]
    forecasts: Mapping[str, ForecastIssue]
    errors: Mapping[tuple[str, str], MeasurementLine]
    kept: Mapping[tuple[str, str], MeasurementLine]
    runs: Mapping[str, RunPage]
    week: Week


def network_page(scope: Scope, week: Week, *, filters: NetworkFilters = ANY, page: int = 1, on: date) -> NetworkPage:
    """One line a branch, who needs attention first. A fixed number of queries, whatever the number of branches."""
    check_may(scope, "see_network")
    nodes = network.branches(scope)
    beside = _read(scope, [node.node_code for node in nodes], week, on)
    lines = [_line(node, beside) for node in nodes]
    kept = [line for line in lines if _wanted(line, filters)]
    ordered = sorted(kept, key=_attention)
    pages = max(1, ceil(len(ordered) / PAGE))
    regions = {node.node_code: node.name for node in network.regions(scope) if node.kind == "region"}
    return NetworkPage(
        week, network.details(scope).synthetic, filters, totals_of(ordered),
        tuple(ordered[(page - 1) * PAGE : page * PAGE]), page, pages, regions,
        tuple(line.branch_code for line in lines if _awaits(beside.rosters.get(line.branch_code), scope)),
    )  # fmt: skip


def _read(scope: Scope, codes: Sequence[str], week: Week, on: date) -> _Beside:
    last_week = Week.of(on).plus(-1)
    asked = runs.runs(scope, kind="plan_branch", limit=ASKED_RUNS)
    mine = [run for run in asked if run.state in OPEN and run.business_date == week.first_day()]
    return _Beside(
        rosters=_rosters(codes, week),
        forecasts=_forecasts(codes, week),
        errors=metrics.latest(scope, ERRORS, codes),
        kept=_last_week(metrics.latest(scope, ["promise_kept"], codes), last_week.first_day()),
        runs={run.branch_code: run for run in reversed(mine)},
        week=week,
    )


def _last_week(
    found: Mapping[tuple[str, str], MeasurementLine], monday: date
) -> dict[tuple[str, str], MeasurementLine]:
    return {key: line for key, line in found.items() if line.first >= monday}


def _rosters(codes: Sequence[str], week: Week) -> dict[str, Roster]:
    """Of each branch the standing version, else the published, else the newest."""
    rows = Roster.objects.filter(week=str(week), branch_code__in=codes).defer(*NOT_LISTED)
    return {row.branch_code: row for row in sorted(rows.order_by("version"), key=_standing_last)}


def _standing_last(row: Roster) -> tuple[bool, bool]:
    return row.state in STANDING, row.state == RosterState.PUBLISHED


def _forecasts(codes: Sequence[str], week: Week) -> dict[str, ForecastIssue]:
    rows = ForecastIssue.objects.filter(branch_code__in=codes, first=week.first_day()).order_by("made_at")
    return {row.branch_code: row for row in rows}


def _line(node: Node, beside: _Beside) -> BranchLine:
    code = node.node_code
    roster, run = beside.rosters.get(code), beside.runs.get(code)
    error, naive, coverage = (_value(beside.errors, metric, code) for metric in ERRORS)
    kept = beside.kept.get(("promise_kept", code))
    days = _days(beside.forecasts.get(code), beside.week)
    feasible = roster is not None and roster.status == "feasible"
    return BranchLine(
        code, node.name, node.parent_code, joined(day.expected for day in days), days,
        RosterState(roster.state) if roster else None, roster.status if roster else "",  # type: ignore[arg-type]
        roster.version if roster else None, roster.unmet_half_hours if roster and feasible else None,
        roster.law_breaches if roster else None, error, naive, coverage, kept.value if kept else None,
        int(kept.denominator) if kept and kept.denominator is not None else None,
        RunBeside(run.run_id, run.state, run.per_cent, run.message, run.reason) if run else None,
    )  # fmt: skip


def _value(found: Mapping[tuple[str, str], MeasurementLine], metric: str, code: str) -> float | None:
    line = found.get((metric, code))
    return line.value if line else None


def _days(issue: ForecastIssue | None, week: Week) -> tuple[DayLoad, ...]:
    totals = {row["business_date"]: row for row in (issue.day_totals if issue else []) if not row["service_code"]}
    return tuple(DayLoad(day, range_of(totals.get(day.isoformat(), {}))) for day in week.days())


def joined(ranges: Iterable[Range | None]) -> Range | None:
    """A sum with its 80 % range: half widths joined as those of independent days or branches."""
    known = [one for one in ranges if one is not None]
    if not known:
        return None
    middle = sum(one.middle for one in known)
    below = sqrt(sum((one.middle - one.low) ** 2 for one in known if one.low is not None))
    above = sqrt(sum((one.high - one.middle) ** 2 for one in known if one.high is not None))
    return Range(middle, middle - below, middle + above)


def _wanted(line: BranchLine, filters: NetworkFilters) -> bool:
    state = "infeasible" if line.status == "infeasible" else (line.state or "none")
    words = f"{line.branch_code} {line.name.zh} {line.name.en}".lower()
    short = bool(line.unmet_half_hours)
    return (
        filters.region_code in ("", line.region_code)
        and filters.state in ("", state)
        and filters.gap in ("", "short" if short else "none")
        and filters.search.lower().strip() in words
    )


def _attention(line: BranchLine) -> tuple[bool, bool, int, str]:
    planned = line.state is not None
    return line.status != "infeasible", planned, -(line.unmet_half_hours or 0), line.branch_code


def totals_of(lines: Sequence[BranchLine]) -> NetworkTotals:
    """Sums over the branches; errors weighted by expected visits, since they are shares of visits."""
    states = Counter("infeasible" if line.status == "infeasible" else (line.state or "none") for line in lines)
    return NetworkTotals(
        branches=len(lines), visits=joined(line.visits for line in lines),
        unmet_half_hours=sum(line.unmet_half_hours or 0 for line in lines),
        branches_short=sum(bool(line.unmet_half_hours) for line in lines),
        forecast_error=_weighted(lines, [line.forecast_error for line in lines]),
        baseline_error=_weighted(lines, [line.baseline_error for line in lines]),
        coverage_80=_weighted(lines, [line.coverage_80 for line in lines]), states=dict(states),
    )  # fmt: skip


def _weighted(lines: Sequence[BranchLine], values: Sequence[float | None]) -> float | None:
    pairs = [(v, line.visits.middle) for line, v in zip(lines, values, strict=True) if v is not None and line.visits]
    weight = sum(visits for _, visits in pairs)
    return sum(value * visits for value, visits in pairs) / weight if weight else None


def _awaits(roster: Roster | None, scope: Scope) -> bool:
    """Whether the next step of a proposed version is one of the reader's roles (its page says if it may be theirs)."""
    if roster is None or roster.state in (RosterState.DRAFT, RosterState.PUBLISHED, RosterState.SUPERSEDED):
        return False
    step = next_step(RosterState(roster.state), approval_needed=roster.approval_needed)
    return step is not None and not scope.roles_at(roster.branch_code).isdisjoint(MAY[step.action])
