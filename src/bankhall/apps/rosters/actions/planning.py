"""A plan is asked for, computed by a child, and taken into a draft after every rule was checked on today's rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.metrics import actions as metrics
from bankhall.apps.metrics.queries import of_plan
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.actions import lakeside
from bankhall.apps.rosters.actions.figures import judge
from bankhall.apps.rosters.actions.versions import (
    advance,
    new_version,
    read_assignments,
    ref_of,
    standing_version,
    subject_of,
    write_edit,
)
from bankhall.apps.rosters.models import ForecastIssue, Plan, Roster
from bankhall.apps.rosters.problems import plan_question, problem_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import RosterState
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs import queries as run_queries
from bankhall.apps.runs.states import Lane
from bankhall.kernel.errors import BadInput, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

TAKE = action_name("rosters.take_plan")
KIND = "plan_branch"
SEED = 7
Question = Mapping[str, Any]
KEPT = ("requirement", "proof", "forecasts", "day_totals", "shortfalls", "conflict", "notes")


@dataclass(frozen=True, slots=True)
class NetworkPlanned:
    """What planning all branches brought: references of the drafts, and what went wrong where (error code)."""

    taken: Mapping[str, RosterRef]
    failed: Mapping[str, str]


def request_plan(
    branch_code: str,
    week: Week,
    *,
    by: Actor,
    scope: Scope,
    now: datetime,
    lane: Lane = "interactive",
    seed: int = SEED,
) -> int:
    """Queues the plan of a week (around the locks of its draft) and answers the run's id.

    Refused while a version is on its way to publication.
    """
    question = ask(branch_code, week, scope=scope, now=now, seed=seed)
    return runs.submit(
        KIND, question, by=by, branch_code=branch_code, business_date=week.first_day(), lane=lane,
        priority=10 if lane == "interactive" else 0,
    )  # fmt: skip


def ask(branch_code: str, week: Week, *, scope: Scope, now: datetime, seed: int = SEED) -> dict[str, Any]:
    """The question of a plan as plain JSON, for whoever computes it without the queue."""
    check_may(scope, "plan_week", branch_code)
    node = network.branch(scope, branch_code)
    draft = standing_version(branch_code, week)
    if draft is not None and draft.state != RosterState.DRAFT:
        raise Refused("roster_not_draft", state=draft.state)
    as_of = min(now.astimezone(ZoneInfo(node.zone)).date(), week.first_day())
    return plan_question(branch_code, week, as_of=as_of, seed=seed, draft=draft)


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side. A draft that was edited meanwhile is left alone: the answer waits for `accept_answer`."""
    question = dict(run.question)
    draft = standing_version(str(question["branch_code"]), Week.parse(str(question["week"])))
    if draft is not None and _moved_on(draft, question):
        return
    scope = Scope.system(f"run {run.run_id}")
    take_plan(question, dict(run.answer), by=run.asked_by, scope=scope, now=run.asked_at, run_id=run.run_id)


def _moved_on(draft: Roster, question: Question) -> bool:
    asked = question.get("draft")
    if draft.state != RosterState.DRAFT:
        return True
    return asked is not None and (asked["version"], asked["edit"]) != (draft.version, draft.edit)


def accept_answer(run_id: int, *, by: Actor, scope: Scope, now: datetime) -> RosterRef:
    """Takes a run's answer into the draft although it was edited meanwhile; the edits can be had back by undo."""
    page = run_queries.run_page(scope, run_id)
    check_may(scope, "edit_roster", page.branch_code)
    question, answer = run_queries.question_of(scope, run_id), run_queries.answer_of(scope, run_id)
    if page.kind != KIND or not isinstance(question, dict) or not isinstance(answer, dict):
        raise BadInput("answer_unreadable", run_id=run_id)
    return take_plan(question, answer, by=by, scope=scope, now=now, run_id=run_id)


def take_plan(
    question: Question, answer: Question, *, by: Actor, scope: Scope, now: datetime, run_id: int | None = None
) -> RosterRef:
    """Writes an answer into the week's draft (a new version where there is none).

    The problem is built afresh from today's rows: an answer that breaks law or control by them is Refused
    (`answer_stale`). Forecast and measurements go out with it, all in one act.
    """
    branch_code, week = str(question["branch_code"]), Week.parse(str(question["week"]))
    made_at = datetime.fromisoformat(f"{question['as_of']}T00:00:00+00:00")
    with audit.act(TAKE, by=by, scope=scope, branch_code=branch_code) as act:
        roster = standing_version(branch_code, week) or new_version(branch_code, week, made_at=made_at)
        if roster.state != RosterState.DRAFT:
            raise Refused("roster_not_draft", state=roster.state)
        _write_plan(roster, answer, made_at=made_at, seed=int(question["seed"]), run_id=run_id)
        _write_assignments(roster, answer, by)
        issue_forecast(branch_code, week, made_at, answer)
        values = of_plan(branch_code, week.days(), answer)
        metrics.record(values, by=by, scope=scope, now=now, run_id=run_id)
        act.note(subject=subject_of(roster), after=_summary(roster))
        lakeside.publish({"forecasts": answer["forecasts"]}, batch=f"plan {branch_code} {week}")
    return ref_of(roster)


def _write_plan(roster: Roster, answer: Question, *, made_at: datetime, seed: int, run_id: int | None) -> None:
    Plan.objects.filter(roster=roster).update(**{name: answer.get(name) or [] for name in KEPT})
    roster.plan.refresh_from_db()
    roster.status, roster.seed, roster.run_id, roster.made_at = str(answer["status"]), seed, run_id, made_at
    roster.inputs_hash, roster.moves = str(answer["inputs_hash"]), int(answer["moves"])


def _write_assignments(roster: Roster, answer: Question, by: Actor) -> None:
    before, after = assignments_of(roster), read_assignments(answer["rosters"])
    advance(roster)
    breaches = judge(roster, problem_of(roster), after)
    if roster.status == "feasible" and roster.law_breaches:
        against = next(breach for breach in breaches if breach.rule_class == "law_control")
        raise Refused("answer_stale", count=roster.law_breaches, rule_code=against.rule_code)
    write_edit(roster, before, after, what="plan", by=by)
    roster.proof_edit = roster.edit
    roster.save()


def issue_forecast(branch_code: str, week: Week, made_at: datetime, answer: Question) -> None:
    """Notes that this is what was expected then. Inside an act; the rows themselves go to the lake."""
    span = {"first": week.first_day(), "last": week.days()[-1], "day_totals": answer["day_totals"], "replayed": False}
    ForecastIssue.objects.update_or_create(
        branch_code=branch_code, made_at=made_at, first=week.first_day(), defaults=span
    )


def _summary(roster: Roster) -> dict[str, object]:
    names = ("version", "edit", "status", "inputs_hash", "seed", "cost_fen", "unmet_half_hours", "law_breaches")
    return {name: getattr(roster, name) for name in names}


def plan_network(
    week: Week, *, by: Actor, scope: Scope, now: datetime, processes: int = 2, seed: int = SEED,
    progress: Callable[[int, int, str], None] | None = None, branch_codes: tuple[str, ...] = (),
) -> NetworkPlanned:  # fmt: skip
    """Plans every branch of the scope here and now over several processes, and takes the answers as drafts."""
    from bankhall.data.fanout import fan_out

    codes = branch_codes or tuple(node.node_code for node in network.branches(scope))
    questions = {code: ask(code, week, scope=scope, now=now, seed=seed) for code in codes}
    answers = fan_out(
        "bankhall.data.network_jobs:plan_or_say",
        questions,
        processes=processes,
        keep=_kept_answers(),
        progress=progress,
    )
    taken: dict[str, RosterRef] = {}
    failed: dict[str, str] = {}
    for code, question in questions.items():
        said = answers[code]
        if "answer" not in said:
            failed[code] = said["failed"]
            continue
        try:
            taken[code] = take_plan(question, said["answer"], by=by, scope=scope, now=now)
        except Refused as refused:
            failed[code] = refused.code
    return NetworkPlanned(taken, failed)


def _kept_answers() -> Path:
    return Path(settings.HOME) / "answers"
