"""The job that looks at the rest of a branch's day: plain question in, plain answer out, no Django."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.analytics.planning.during_day import look_at_the_rest
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.data.plan_jobs import Report, silent
from bankhall.data.planning.history import histories_of
from bankhall.data.planning.moments import DayRecords, day_records, moment_of
from bankhall.data.planning.question import PlanRequest, requirement_of
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import from_plain, to_plain

EFFORT = Effort(proof_days=200)


def during_day_job(question: Mapping[str, Any], progress: Report = silent) -> dict[str, Any]:
    """Question: as the plan job's, with `day`, `minute` (now, or the moment that is replayed), `replay` and the
    `assignments` in force. What is not replayed is looked at as of the newest record of the day."""
    progress(1, "records")
    request = PlanRequest(question)
    day = date.fromisoformat(question["day"])
    histories = histories_of(request.source, request.banks(), day + timedelta(days=1))
    own = next(one for one in histories if one.branch_code == request.branch_code)
    records = day_records(request.source, request.branch_code, day, request.bank.zone_of(request.branch_code))
    minute = _minute(question, records)
    progress(40, "forecast")
    last = len(own.days.dates) - 1
    forecast = forecast_branch(own, own.days.between(last, last + 1), as_of=day, pooled=pool_effects(histories, day))
    fits, speeds = request.learned(day)
    asked = PlanQuestion(
        request.branch_code, request.week, int(question.get("seed", 0)), request.bank, forecast, fits, effort=EFFORT,
        speeds=speeds,
    )  # fmt: skip
    progress(60, "proof")
    plan = tuple(from_plain(Assignment, row) for row in question["assignments"])
    needed = tuple(requirement_of(row) for row in question.get("requirement") or ())
    problem = RosterProblem(request.branch_code, request.week, request.bank, needed, request.past())
    found = look_at_the_rest(asked, moment_of(records, own, minute), problem, plan)
    return {**to_plain(found), "newest": records.newest, "planned": any(row.business_date == day for row in plan)}


def _minute(question: Mapping[str, Any], records: DayRecords) -> int:
    """Records that reach less far than now are looked at as of their own end."""
    told = int(question["minute"])
    if question.get("replay") or records.newest is None:
        return told
    return min(told, -(-int(records.newest + 1) // 5) * 5)
