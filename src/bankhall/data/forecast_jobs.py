"""The job that issues a branch's forecasts of the coming weeks, from what is known before a day.

What it makes is kept where re-solves look for it, so that the first one of the morning need not make it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bankhall.data.planning.answer import day_totals
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain

Plain = dict[str, Any]
Tell = Callable[[int, str], None]


def issue_forecasts_job(question: Mapping[str, Any], progress: Tell) -> Plain:
    """Question: as a plan's, with `weeks` instead of a week. Too short a history issues nothing and says so."""
    issues: list[Plain] = []
    said = ""
    for number, week in enumerate(question["weeks"]):
        progress(5 + 90 * number // len(question["weeks"]), "forecast")
        try:
            issues.append(_issue(PlanRequest({**question, "week": week})))
        except BadInput as error:
            said = error.code
    return {"branch_code": question["branch_code"], "as_of": question["as_of"], "issues": issues, "said": said}


def _issue(request: PlanRequest) -> Plain:
    forecast, *_ = request.records()
    made_at = f"{request.as_of.isoformat()}T00:00:00+00:00"
    rows = to_plain(forecast.rows(made_at))
    return {"week": str(request.week), "day_totals": day_totals(forecast), "forecasts": rows}
