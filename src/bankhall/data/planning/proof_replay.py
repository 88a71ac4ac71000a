"""Past weeks judged again by what was known on each Monday: what a published roster promised, and what it had to meet.

The published roster of the week is simulated under the forecast and the fits of its Monday: what a reader of the plan
would have been told. Weeks without a published roster are left out.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.analytics.planning.held import DayOfService, held
from bankhall.analytics.planning.proof import prove_week
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.data.planning.answer import requirement_row
from bankhall.data.planning.history import days_of
from bankhall.data.planning.question import PlanRequest
from bankhall.data.queries.measured import measured
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week

EFFORT = Effort(proof_days=200)
MEASURES = ("wait_p50", "wait_p90", "kept_share", "left_share")


def published_weeks(request: PlanRequest, histories: Sequence[History], weeks: int) -> tuple[PlanQuestion, ...]:
    """The questions of those of the `weeks` full weeks before the request's day that have a published roster."""
    this_week = Week.of(request.as_of)
    asked = (_asked(request, histories, this_week.plus(-n)) for n in range(weeks, 0, -1))
    return tuple(one for one in asked if one and _roster(one))


def replay_proofs(request: PlanRequest, asked: Sequence[PlanQuestion]) -> list[dict[str, Any]]:
    """One row a measure over the weeks' own days; none when no roster was published."""
    proof = [row for one in asked for row in prove_week(one, _roster(one))]
    if not proof:
        return []
    first, last = asked[0].week.first_day(), asked[-1].week.days()[-1]
    happened = _happened(request, first, last)
    return [asdict(held(measure, proof, happened[measure])) for measure in MEASURES]


def _asked(request: PlanRequest, histories: Sequence[History], week: Week) -> PlanQuestion | None:
    """The question of a past week as of its Monday, with the week's own published roster as its past."""
    days, bank = week.days(), request.bank
    own = next(history for history in histories if history.branch_code == request.branch_code)
    future = days_of(bank, request.branch_code, days[0], days[-1])
    try:
        forecast = forecast_branch(own, future, as_of=days[0], pooled=pool_effects(histories, days[0]))
    except BadInput:  # too short a history had no forecast then
        return None
    past = request.published_until(week, 1)
    seed = int(request.plain.get("seed", 0))
    fits, speeds = request.learned(days[0])
    code = request.branch_code
    return PlanQuestion(code, week, seed, bank, forecast, fits, past, effort=EFFORT, speeds=speeds)


def replay_requirement(request: PlanRequest, asked: Sequence[PlanQuestion]) -> list[dict[str, Any]]:
    """Who was needed in the weeks whose requirement the records do not hold: those that were planned elsewhere."""
    held = {Week.of(day) for day in request.results("requirement")["business_date"].unique().to_pylist()}
    return [requirement_row(row) for one in asked if one.week not in held for row in week_requirement(one).rows]


def _roster(asked: PlanQuestion) -> list[Assignment]:
    days = set(asked.week.days())
    return [stretch for stretch in asked.past if stretch.business_date in days]


def _happened(request: PlanRequest, first: date, last: date) -> dict[str, dict[DayOfService, float | None]]:
    table = measured(request.source, request.bank, first=first, last=last, branch_code=request.branch_code)
    rows = table.to_pylist()
    return {
        measure: {(row["service_code"], row["business_date"]): row[measure] for row in rows} for measure in MEASURES
    }
