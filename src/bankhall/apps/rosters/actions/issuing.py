"""Forecasts are issued every night, whether or not a plan is made of them: what was expected can be held against."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.rosters.actions import lakeside
from bankhall.apps.rosters.actions.planning import issue_forecast
from bankhall.apps.runs import actions as runs
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

ISSUE = action_name("rosters.issue_forecast")
KIND = "issue_forecast"
Plain = Mapping[str, Any]


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    take_forecasts(run.answer, by=run.asked_by, scope=Scope.system(f"run {run.run_id}"))


def take_forecasts(answer: Plain, *, by: Actor, scope: Scope) -> None:
    """Issues a branch's weeks as of the answer's day. The same again changes nothing."""
    if not answer["issues"]:
        return
    branch_code, as_of = str(answer["branch_code"]), str(answer["as_of"])
    made_at = datetime.fromisoformat(f"{as_of}T00:00:00+00:00")
    with audit.act(ISSUE, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        for one in answer["issues"]:
            issue_forecast(branch_code, Week.parse(one["week"]), made_at, one)
        act.note(after={"as_of": as_of, "weeks": [one["week"] for one in answer["issues"]]})
        rows = [row for one in answer["issues"] for row in one["forecasts"]]
        lakeside.publish({"forecasts": rows}, batch=f"forecast {branch_code} {as_of}")
