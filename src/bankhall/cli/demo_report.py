"""What the demo found, in a screenful: forecast error beside the baseline, gaps, cost, promised and simulated waits."""

from collections.abc import Iterator
from datetime import date

from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import BranchLine, PlanPage, ServiceWaits
from bankhall.kernel.money import format_yuan
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

HEAD = (
    f"{'branch':24} {'visits (8 weeks in 10)':>22} {'error':>5} {'base':>5} {'short':>5} {'cost yuan':>10}   "
    "longest waits of the pension day: service, promised, simulated P90 (8 days in 10)"
)


def report_lines(week: Week, today: date) -> Iterator[str]:
    """One line a branch, then what could not be met. Every figure is read from what the product stored."""
    scope = Scope.system("demo report")
    page = rosters.network_page(scope, week, on=today)
    yield f"\nWeek {week}, synthetic data. Error: WAPE of day totals a week ahead, beside the better simple baseline.\n"
    yield HEAD
    for line in sorted(page.lines, key=lambda branch: branch.branch_code):
        yield branch_line(line, rosters.branch_plan(scope, line.branch_code, week, day=week.days()[1], on=today))
    total = page.totals
    yield f"\n{total.unmet_half_hours} half hours are short, in {total.branches_short} of {total.branches} branches."


def branch_line(line: BranchLine, plan: PlanPage) -> str:
    """One branch in one line."""
    visits = f"{line.visits.middle:,.0f} ({line.visits.low:,.0f}-{line.visits.high:,.0f})" if line.visits else "-"
    cost = "-" if plan.trust.cost_fen is None else format_yuan(plan.trust.cost_fen).partition(".")[0]
    short = "-" if line.unmet_half_hours is None else str(line.unmet_half_hours)
    said = "no roster keeps the rules: see its page" if line.status == "infeasible" else _longest(plan)
    name = f"{line.branch_code} {line.name.en}"[:24]
    errors = f"{_percent(line.forecast_error):>5} {_percent(line.baseline_error):>5}"
    return f"{name:24} {visits:>22} {errors} {short:>5} {cost:>10}   {said}"


def _longest(plan: PlanPage) -> str:
    waits = [w for w in plan.day.waits if w.day_p90] if plan.day else []
    worst = max(waits, key=_p90, default=None)
    if worst is None or worst.day_p90 is None:
        return "-"
    promised = f"{worst.promise_minutes:.0f} min" if worst.promise_minutes else "nothing"
    wait = worst.day_p90
    return f"{worst.service_code}, {promised}, {wait.middle:.0f} min ({wait.low:.0f}-{wait.high:.0f})"


def _p90(waits: ServiceWaits) -> float:
    return waits.day_p90.middle if waits.day_p90 else 0.0


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
