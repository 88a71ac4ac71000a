"""Every branch's account of its last weeks is kept at night; what was not kept becomes a finding, week by week."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bankhall.apps.findings import actions as findings
from bankhall.apps.runs import actions as runs
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

KIND = "attendance_branch"
PROMISE, PLAN = "promise_not_kept", "plan_not_kept"
Plain = Mapping[str, Any]


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    see_what_was_not_kept(dict(run.answer), by=run.asked_by, source=f"run {run.run_id}")


def see_what_was_not_kept(answer: Plain, *, by: Actor, source: str) -> None:
    """Two looks a week: promises and plans that were not kept, with their half hours. A week with nothing of the kind
    takes back what an earlier look saw in it; one without records says nothing."""
    scope = Scope.system(source)
    for week in answer["weeks"]:
        if week["days"]:
            counted = {"week": week["week"], "days": week["days"]}
            faults = {name: week[name] for name in ("plan", "attendance", "both", "unknown", "unexpected", "verdict")}
            promise = counted | {"half_hours": week["promise_broken"], "of": week["judged"]} | faults
            plan = counted | {"half_hours": week["plan_broken"], "of": week["recorded"]}
            for kind, facts in ((PROMISE, promise), (PLAN, plan)):
                findings.see(_look(answer, week, kind, facts, source), by=by, scope=scope)


def _look(answer: Plain, week: Plain, kind: str, facts: Plain, source: str) -> findings.Seen:
    days: tuple[date, ...] = Week.parse(week["week"]).days()
    branch_code = str(answer["branch_code"])
    return findings.Seen(
        kind=kind, subject=Subject("branch", branch_code, branch_code), period=week["week"], first=days[0],
        last=days[-1], rows=tuple(week[kind]), facts=facts, source=source,
    )  # fmt: skip
