"""Branches are measured by a job; its answer becomes measurements, forecast issues (replayed) and an outlook."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.metrics import actions as metrics
from bankhall.apps.metrics.queries import of_records
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.actions import lakeside
from bankhall.apps.rosters.models import ForecastIssue, Outlook
from bankhall.apps.rosters.problems import measure_question
from bankhall.apps.runs import actions as runs
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

MEASURE = action_name("rosters.measure")
KIND = "measure_branch"
Plain = Mapping[str, Any]


def request_measures(branch_code: str, *, on: date, by: Actor, scope: Scope) -> int:
    """Queues the measuring of a branch as of a day; answers the run's id."""
    check_may(scope, "see_metrics", branch_code)
    question = measure_question(branch_code, as_of=on)
    return runs.submit(KIND, question, by=by, branch_code=branch_code, business_date=on, lane="batch")


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    scope = Scope.system(f"run {run.run_id}")
    take_measures(dict(run.answer), by=run.asked_by, scope=scope, now=run.asked_at, run_id=run.run_id)


def take_measures(answer: Plain, *, by: Actor, scope: Scope, now: datetime, run_id: int | None = None) -> None:
    """Stores what was measured. A forecast that was really issued is never replaced by a replay."""
    branch_code, as_of = answer["branch_code"], date.fromisoformat(answer["as_of"])
    with audit.act(MEASURE, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        metrics.record(of_records(branch_code, answer), by=by, scope=scope, now=now, run_id=run_id)
        found = {name: answer[name] for name in ("errors", "error_dates", "effects")}
        Outlook.objects.update_or_create(branch_code=branch_code, as_of=as_of, defaults=found | {"run_id": run_id})
        fresh = [one for one in answer["replayed"] if _replay(branch_code, one)]
        act.note(after={"as_of": as_of, "replayed": [one["made_at"] for one in fresh]})
        rows = [row for one in fresh for row in one["forecasts"]]
        lakeside.publish(
            {"forecasts": rows, "requirement": answer.get("requirement", ())}, batch=f"measure {branch_code} {as_of}"
        )


def _replay(branch_code: str, one: Plain) -> bool:
    made_at = datetime.fromisoformat(one["made_at"])
    first = made_at.date()
    span = {"last": first + timedelta(days=6), "day_totals": one["day_totals"], "replayed": True}
    _, made = ForecastIssue.objects.get_or_create(branch_code=branch_code, made_at=made_at, first=first, defaults=span)
    return made


def measure_all(
    on: date, *, by: Actor, scope: Scope, now: datetime, processes: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Measures every branch of the scope here and now; answers the codes of those that could be."""
    from bankhall.data.fanout import fan_out

    codes = tuple(node.node_code for node in network.branches(scope))
    questions = {code: measure_question(code, as_of=on) for code in codes}
    answers = fan_out(
        "bankhall.data.network_jobs:measure_or_say", questions, processes=processes,
        keep=Path(settings.HOME) / "answers" / "measures", progress=progress,
    )  # fmt: skip
    done = tuple(code for code in codes if "answer" in answers[code])
    for code in done:
        take_measures(answers[code]["answer"], by=by, scope=scope, now=now)
    return done
