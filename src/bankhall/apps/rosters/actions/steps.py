"""A version goes from draft to published: proposed, confirmed, where needed approved, by different people."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from bankhall.apps.access.queries import MAY
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.findings import actions as findings
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import lakeside, telling
from bankhall.apps.rosters.actions.cover import see_cover
from bankhall.apps.rosters.actions.figures import judge
from bankhall.apps.rosters.actions.versions import ref_of, subject_of, version_of
from bankhall.apps.rosters.models import Change, Roster, StepTaken
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of, breaches_of, unmet_of
from bankhall.apps.rosters.states import REJECTING, STEPS, RosterState, Step
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput, Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

NAMES = {name: action_name(f"rosters.{name}") for name in STEPS}
UNMET = "unmet_need"
"""Kind of the finding: a published plan could not meet what it required."""


def propose(ref: RosterRef, *, by: Actor, scope: Scope, now: datetime, reason: str = "") -> RosterRef:
    """The branch manager stands for the draft; from here it is not edited."""
    roster = _ready(ref, STEPS["propose"], by=by, scope=scope)
    rules.check_feasible(roster)
    return _take(roster, STEPS["propose"], by=by, scope=scope, now=now, reason=reason)


def confirm(ref: RosterRef, *, by: Actor, scope: Scope, now: datetime, reason: str = "") -> RosterRef:
    """The supervisor answers for law and control: checked on today's rows, never one's own proposal.

    A change of a published week, which the branch agreed to before, is published with it unless the region approves.
    """
    roster = _ready(ref, STEPS["confirm"], by=by, scope=scope)
    rules.check_lawful(
        judge(roster, problem_of(roster), assignments_of(roster)), on=network.moment(roster.branch_code, now)[0]
    )
    done = _take(roster, STEPS["confirm"], by=by, scope=scope, now=now, reason=reason)
    change = Change.objects.filter(roster=roster).first()
    if change is not None:
        _publish_quietly(done, Scope.system("agreed to before"), now, change.reason)
    return done


def approve(ref: RosterRef, *, by: Actor, scope: Scope, now: datetime, reason: str = "") -> RosterRef:
    """The region agrees to overtime or extra cost beyond the branch's own limits."""
    roster = _ready(ref, STEPS["approve"], by=by, scope=scope)
    if not roster.approval_needed:
        raise Refused("approval_not_needed")
    return _take(roster, STEPS["approve"], by=by, scope=scope, now=now, reason=reason)


def reject(ref: RosterRef, reason: str, *, by: Actor, scope: Scope, now: datetime) -> RosterRef:
    """Back to the draft, with the reason: by whose turn it is, or by the branch manager who takes it back."""
    if not reason.strip():
        raise BadInput("reason_missing")
    roster = version_of(ref, scope)
    names = REJECTING.get(RosterState(roster.state), ())
    if not names:
        raise Refused("step_not_now", step="reject", state=roster.state, last=rules.last_step(roster))
    held = scope.roles_at(roster.branch_code)
    mine = [STEPS[name] for name in names if scope.everywhere or may_take(STEPS[name], held)]
    step = mine[0] if mine else STEPS[names[0]]
    rules.check_step(roster, step, by=by, scope=scope, edit=ref.edit)
    return _take(roster, step, by=by, scope=scope, now=now, reason=reason)


def may_take(step: Step, held: frozenset[str]) -> bool:
    """Whether one of the held roles may take a step."""
    return not held.isdisjoint(MAY[step.action])


def publish(ref: RosterRef, *, by: Actor, scope: Scope, now: datetime, reason: str = "") -> RosterRef:
    """Publishes the version whole: it supersedes the one before, goes to the lake, and what it could not meet is found.

    No judgement: everything is checked again on today's rows, and refused if anything stands against it.
    """
    roster = _ready(ref, STEPS["publish"], by=by, scope=scope)
    rules.check_approved(roster)
    problem, week = problem_of(roster), Week.parse(roster.week)
    rules.check_calendar(problem.bank, roster.branch_code, week)
    breaches = judge(roster, problem, assignments_of(roster))
    rules.check_lawful(breaches, on=network.moment(roster.branch_code, now)[0])
    rules.check_reason(breaches, reason)
    rules.check_approved(roster)
    with audit.act(NAMES["publish"], by=by, scope=scope, subject=subject_of(roster), reason=reason) as act:
        old = Roster.objects.filter(branch_code=roster.branch_code, week=roster.week, state=RosterState.PUBLISHED)
        before = old.first()
        old.update(state=RosterState.SUPERSEDED)
        _write_step(roster, STEPS["publish"], by=by, now=now, reason=reason)
        act.note(after={"state": roster.state, "breaches": len(breaches), "unmet": roster.unmet_half_hours})
        telling.published(roster, before, on=localdate(now), by=by, scope=scope)
        see_unmet(roster, week, by, scope)
        see_cover(roster.branch_code, week, by=by, scope=scope)
        to_lake(roster, week, breaches)
    return ref_of(roster)


def publish_due(now: datetime) -> int:
    """At the set hour: publishes what has its last needed step and nothing against it; answers how many."""
    scope = Scope.system("the set hour")
    ready = Roster.objects.filter(state__in=[RosterState.CONFIRMED, RosterState.APPROVED]).select_related("plan")
    zones = {node.node_code: node.zone for node in network.branches(scope)}
    due = [r for r in ready if rules.publishes_at(Week.parse(r.week), zones[r.branch_code]) <= now]
    return sum(_publish_quietly(ref_of(roster), scope, now) for roster in due)


def _publish_quietly(ref: RosterRef, scope: Scope, now: datetime, reason: str = "") -> bool:
    try:
        publish(ref, by=scope.actor, scope=scope, now=now, reason=reason)
    except Refused:  # it waits for a person: for a reason, an approval, a calendar
        return False
    return True


def _ready(ref: RosterRef, step: Step, *, by: Actor, scope: Scope) -> Roster:
    roster = version_of(ref, scope)
    rules.check_step(roster, step, by=by, scope=scope, edit=ref.edit)
    return roster


def _take(roster: Roster, step: Step, *, by: Actor, scope: Scope, now: datetime, reason: str) -> RosterRef:
    before = roster.state
    with audit.act(NAMES[step.name], by=by, scope=scope, subject=subject_of(roster), reason=reason) as act:
        _write_step(roster, step, by=by, now=now, reason=reason)
        act.note(before={"state": before}, after={"state": roster.state, "edit": roster.edit})
        telling.step_taken(roster, step, on=localdate(now), by=by, scope=scope)
    return ref_of(roster)


def _write_step(roster: Roster, step: Step, *, by: Actor, now: datetime, reason: str) -> None:
    """The move itself is one conditional update: of two at once, one is refused."""
    moved = Roster.objects.filter(pk=roster.pk, state=roster.state, edit=roster.edit).update(state=step.target)
    if not moved:
        raise Refused("roster_changed_meanwhile", edit=roster.edit, last=rules.last_step(roster))
    roster.state = step.target
    roster.save()
    StepTaken.objects.create(
        roster=roster, step=step.name, by_code=by.code, by_name=by.name, by_staff_no=by.staff_no, at=now,
        edit=roster.edit, reason=reason,
    )  # fmt: skip


def see_unmet(roster: Roster, week: Week, by: Actor, scope: Scope) -> None:
    """What a published version could not meet becomes a finding."""
    unmet = unmet_of(roster)
    look = findings.Seen(
        kind=UNMET, subject=Subject("branch", roster.branch_code, roster.branch_code), period=roster.week,
        first=week.first_day(), last=week.days()[-1], rows=tuple(to_plain(row) for row in unmet),
        facts={"half_hours": roster.unmet_half_hours, "week": roster.week}, source=ref_of(roster).code,
    )  # fmt: skip
    findings.see(look, by=by, scope=scope)


def to_lake(roster: Roster, week: Week, breaches: Sequence[Breach]) -> None:
    """The published version, and the ones that it superseded in their new state."""
    versions = Roster.objects.filter(
        branch_code=roster.branch_code, week=roster.week, state__in=[RosterState.PUBLISHED, RosterState.SUPERSEDED]
    )
    import pyarrow as pa

    rosters = [
        lakeside.rosters_table(assignments_of(row), week=week, version=row.version, state=row.state)
        for row in versions.order_by("version")
    ]
    plan = roster.plan
    lakeside.publish_tables(
        {
            "rosters": pa.concat_tables(rosters),
            "requirement": lakeside.canonical("requirement", plan.requirement),
            "proof": lakeside.canonical("proof", plan.proof),
            "unmet": lakeside.unmet_table(unmet_of(roster)),
            "breaches": lakeside.breaches_table(breaches_of(roster) or breaches),
        },
        batch=f"publish {ref_of(roster).code}",
    )
