"""What-if questions: asked by any reader of a plan, kept with their answers, named, and put into the plan."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bankhall.analytics.planning.what_if.changes import ForGood, check_windows, plain_changes, read_changes
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions.figures import judge
from bankhall.apps.rosters.actions.proving import ask_for_proof
from bankhall.apps.rosters.actions.versions import (
    advance,
    new_version,
    read_assignments,
    ref_of,
    standing_version,
    subject_of,
    version_of,
    write_edit,
)
from bankhall.apps.rosters.models import Plan, Roster, WhatIf
from bankhall.apps.rosters.problems import problem_of, what_if_question
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of, bank_of
from bankhall.apps.rosters.states import RosterState
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs import queries as run_queries
from bankhall.apps.runs.states import Lane
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

ASK = action_name("rosters.ask_what_if")
NAME = action_name("rosters.name_what_if")
PUT = action_name("rosters.put_what_if")
ANSWER = action_name("rosters.answer_what_if")
KIND = "what_if"
FIRST_OF_ALL = 15
KEPT = ("requirement", "forecasts", "day_totals", "shortfalls", "notes")


def ask_what_if(
    ref: RosterRef, changes: list[dict[str, Any]], *, day: date, by: Actor, scope: Scope, now: datetime, name: str = ""
) -> int:
    """Keeps the question and queues it; answers its number. BadInput for a question that asks for nothing, or for
    windows of a post that has none.

    What is asked for good goes to the batch lane, everything else is answered at once.
    """
    check_may(scope, "see_plan", ref.branch_code)
    roster = version_of(ref, scope)
    rules.check_feasible(roster)
    asked = read_changes(changes)
    check_windows(asked, bank_of(ref.branch_code))
    lane: Lane = "batch" if isinstance(asked[0], ForGood) else "interactive"
    with audit.act(ASK, by=by, scope=scope, subject=subject_of(roster)) as act:
        run_id = runs.submit(
            KIND, what_if_question(roster, plain_changes(asked)), by=by, branch_code=ref.branch_code,
            business_date=roster.first, lane=lane, priority=FIRST_OF_ALL,
        )  # fmt: skip
        known = run_queries.answer_of(Scope.system("an answer that is there"), run_id)
        row = WhatIf.objects.create(
            roster=roster, branch_code=ref.branch_code, edit=roster.edit, day=day, name=name.strip()[:120],
            changes=plain_changes(asked), by_code=by.code, by_name=by.name, at=now, run_id=run_id, answer=known,
        )  # fmt: skip
        act.note(after={"what_if": row.pk, "changes": row.changes})
    return row.pk


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side: the answer to everybody who asked the same."""
    rows = WhatIf.objects.filter(run_id=run.run_id, answer__isnull=True)
    scope = Scope.system(f"run {run.run_id}")
    with audit.act(ANSWER, by=run.asked_by, scope=scope, branch_code=run.branch_code) as act:
        numbers = list(rows.values_list("pk", flat=True))
        WhatIf.objects.filter(pk__in=numbers).update(answer=dict(run.answer))
        act.note(after={"what_ifs": numbers})


def name_what_if(number: int, name: str, *, by: Actor, scope: Scope) -> None:
    """Gives a question a name, or takes it away: whoever asked, or who may plan the week."""
    row = found(number, scope)
    if row.by_code != by.code:
        check_may(scope, "plan_week", row.branch_code)
    with audit.act(NAME, by=by, scope=scope, subject=subject_of(row.roster)) as act:
        act.note(before={"name": row.name}, after={"name": name.strip()[:120], "what_if": row.pk})
        row.name = name.strip()[:120]
        row.save()


def put_into_plan(number: int, *, by: Actor, scope: Scope) -> RosterRef:
    """The roster of an answer becomes the draft: an edit of the one that was asked about, else a new version.

    Refused when the version has changed since, when another is on its way, and when nobody would stand elsewhere.
    """
    row = found(number, scope)
    check_may(scope, "edit_roster", row.branch_code)
    answer: Mapping[str, Any] = row.answer or {}
    if not answer.get("assignments") or not answer["roster"]["person_days"]:
        raise Refused("what_if_no_roster")
    roster = row.roster
    if roster.edit != row.edit:
        raise Refused("roster_changed_meanwhile", edit=row.edit, last=rules.last_step(roster))
    draft = standing_version(row.branch_code, Week.parse(roster.week))
    if draft is not None and (draft.pk != roster.pk or draft.state != RosterState.DRAFT):
        raise Refused("roster_not_draft", state=draft.state)
    after = read_assignments(answer["assignments"])
    with audit.act(PUT, by=by, scope=scope, subject=subject_of(roster)) as act:
        target = draft or _copied(roster)
        before = assignments_of(target)
        advance(target)
        write_edit(target, before, after, what="what_if", by=by)
        judge(target, problem_of(target), after)
        target.save()
        row.put_version = target.version
        row.save()
        act.note(subject=subject_of(target), after={"what_if": row.pk, "version": target.version, "edit": target.edit})
        ask_for_proof(target, by=by)
    return ref_of(target)


def _copied(roster: Roster) -> Roster:
    """A new draft with the plan of a version that is published already; its roster begins as it stands there."""
    target = new_version(roster.branch_code, Week.parse(roster.week), made_at=roster.made_at)
    for name in ("seed", "inputs_hash", "moves", "status"):
        setattr(target, name, getattr(roster, name))
    Plan.objects.filter(roster=target).update(**{name: getattr(roster.plan, name) for name in KEPT})
    target.plan.refresh_from_db()
    return target


def found(number: int, scope: Scope) -> WhatIf:
    """The question; NotFound where there is none, NotAllowed outside the scope."""
    row = WhatIf.objects.filter(pk=number).select_related("roster__plan").first()
    if row is None:
        raise NotFound("what_if", number=number)
    scope.check_sees(row.branch_code)
    return row
