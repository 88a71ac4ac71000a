"""How quick people are is learned at night, and forgotten at once where a rule says so. The trail tells how many, of
nobody how quick."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import SpeedRow
from bankhall.apps.rosters.problems import speeds_question
from bankhall.apps.rosters.queries.speeds import learns_speeds
from bankhall.apps.runs import actions as runs
from bankhall.data.planning.remembered import forget_speeds
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

LEARN = action_name("rosters.learn_speeds")
KIND = "fit_speeds"
Plain = Mapping[str, Any]


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    scope = Scope.system(f"run {run.run_id}")
    take_speeds(dict(run.answer), on=settings.CLOCK.today(), by=run.asked_by, scope=scope)


def take_speeds(answer: Plain, *, on: date, by: Actor, scope: Scope) -> None:
    """Keeps the newest look of a branch in place of the last; nothing where the rules say no meanwhile."""
    branch_code = answer["branch_code"]
    span = {"first": date.fromisoformat(answer["first"]), "last": date.fromisoformat(answer["last"])}
    with audit.act(LEARN, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        forget_where_off([branch_code], on)
        SpeedRow.objects.filter(branch_code=branch_code).delete()
        people = answer["people"] if learns_speeds(branch_code, on) else []
        SpeedRow.objects.bulk_create([SpeedRow(branch_code=branch_code, **span, **one) for one in people])
        act.note(after={"people": len(people), **{name: day.isoformat() for name, day in span.items()}})


def forget_where_off(branch_codes: list[str], on: date) -> None:
    """Removes what is kept of the branches whose rules say no, in the store and beside it. Only inside an act."""
    off = [code for code in branch_codes if not learns_speeds(code, on)]
    SpeedRow.objects.filter(branch_code__in=off).delete()
    for code in off:
        forget_speeds(settings.HOME / "answers" / "weeks", code)


def learn_all(
    on: date, *, by: Actor, scope: Scope, processes: int = 2, progress: Callable[[int, int, str], None] | None = None
) -> None:
    """Every branch of the scope, here and now; the answers are kept nowhere else."""
    from bankhall.data.fanout import fan_out

    questions = {node.node_code: speeds_question(node.node_code, as_of=on) for node in network.branches(scope)}
    found = fan_out("bankhall.data.speed_jobs:speeds_branch_job", questions, processes=processes, progress=progress)
    for answer in found.values():
        take_speeds(answer, on=on, by=by, scope=scope)
