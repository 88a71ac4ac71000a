"""The job that answers a what-if about a branch's roster of a week: plain question in, plain answer out, no Django."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.planning.what_if.ask import what_if
from bankhall.analytics.planning.what_if.changes import ForGood, read_changes
from bankhall.analytics.planning.what_if.for_good import for_good
from bankhall.data.plan_jobs import Report, silent
from bankhall.data.planning.history import days_of
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import from_plain, to_plain

SAMPLED, STEP = 13, 4
"""Every fourth week of the coming year."""


def what_if_job(question: Mapping[str, Any], progress: Report = silent) -> dict[str, Any]:
    """Answers `question["changes"]` about `question["assignments"]`; `kind` of the answer is `week` or `year`."""
    changes = read_changes(question["changes"])
    progress(1, "records")
    request = PlanRequest(question)
    asked = request.read()
    progress(20, "requirement")

    def told(share: float, step: str) -> None:
        progress(20 + int(79 * share), step)

    (first, *_) = changes
    if isinstance(first, ForGood):
        weeks = [one for n in range(SAMPLED) if (one := _later(request, asked, n * STEP)) is not None]
        return {"kind": "year", **to_plain(for_good(weeks, first, told))}
    standing = tuple(from_plain(Assignment, row) for row in question["assignments"])
    return {"kind": "week", **to_plain(what_if(asked, standing, changes, told))}


def _later(request: PlanRequest, asked: PlanQuestion, weeks: int) -> PlanQuestion | None:
    """The same question about a later week, by that week's own forecast; None where there can be none."""
    week = asked.week.plus(weeks)
    future = days_of(request.bank, request.branch_code, week.days()[0], week.days()[-1])
    try:
        forecast = forecast_branch(request.history(), future, as_of=request.as_of, pooled=request.pooled)
    except BadInput:
        return None
    effort = replace(asked.effort, requirement_days=60, proof_days=100, moves=200_000)
    return replace(asked, week=week, forecast=forecast, required=(), past=(), locked=(), effort=effort)
