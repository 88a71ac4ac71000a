"""A branch's season is looked at by a job in the batch lane; its answer is kept by the day as of which it was made."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Season
from bankhall.apps.rosters.problems import season_question
from bankhall.apps.runs import actions as runs
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

TAKE = action_name("rosters.take_season")
KIND = "season_branch"


def request_season(branch_code: str, *, by: Actor, scope: Scope, now: datetime) -> int:
    """Queues the look ahead from next week on; answers the run's id."""
    check_may(scope, "plan_week", branch_code)
    today = now.astimezone(ZoneInfo(network.branch(scope, branch_code).zone)).date()
    return runs.submit(
        KIND, season_question(branch_code, today), by=by, branch_code=branch_code, business_date=today, lane="batch"
    )


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    take_season(dict(run.answer), by=run.asked_by, scope=Scope.system(f"run {run.run_id}"), run_id=run.run_id)


def take_season(answer: Mapping[str, Any], *, by: Actor, scope: Scope, run_id: int | None = None) -> None:
    """Stores an answer; one made again for the same day replaces it."""
    branch_code, as_of = str(answer["branch_code"]), date.fromisoformat(str(answer["as_of"]))
    with audit.act(TAKE, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        found = {"answer": dict(answer), "run_id": run_id}
        Season.objects.update_or_create(branch_code=branch_code, as_of=as_of, defaults=found)
        act.note(after={"as_of": as_of, "weeks": len(answer["weeks"])})
