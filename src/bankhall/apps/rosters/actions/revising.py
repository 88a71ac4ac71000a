"""What happens to a week after it was published: a successor with the reason, published at once; a draft gets an edit.

Whoever calls has had the change agreed as its own rules ask; here every rule is asked again on today's rows, and what
would break law or control is refused whole.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.actions.cover import see_cover
from bankhall.apps.rosters.actions.figures import judge
from bankhall.apps.rosters.actions.steps import see_unmet, to_lake
from bankhall.apps.rosters.actions.versions import advance, subject_of, write_edit
from bankhall.apps.rosters.models import Change, Plan, Roster, StepTaken
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import STANDING, RosterState
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

REVISE = action_name("rosters.revise")
Rewrite = Callable[[Roster, tuple[Assignment, ...]], Sequence[Assignment]]
KEPT = ("requirement", "proof", "forecasts", "day_totals", "shortfalls", "conflict", "notes")


def revise(
    branch_code: str,
    week: Week,
    change: Rewrite,
    *,
    what: str,
    by: Actor,
    now: datetime,
    reason: str,
    base: bool = False,
) -> None:
    """Changes the published version and the draft of a week. Refused where there is neither (a pool's `base` begins
    with an empty roster), and while a version is on its way."""
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week)).select_related("plan")
    found = {row.state: row for row in rows.filter(state__in=[RosterState.PUBLISHED, *STANDING])}
    on_its_way = [state for state in found if state not in (RosterState.PUBLISHED, RosterState.DRAFT)]
    if on_its_way:
        last = rules.last_step(found[on_its_way[0]])
        raise Refused("roster_on_its_way", branch_code=branch_code, state=on_its_way[0], last=last)
    if not found and not base:
        raise Refused("roster_missing", branch_code=branch_code)
    published = found.get(RosterState.PUBLISHED)
    if published or base:
        _succeed(branch_code, week, published, change, what=what, by=by, now=now, reason=reason)
    if RosterState.DRAFT in found:
        _edit(found[RosterState.DRAFT], change, what=what, by=by, on=network.moment(branch_code, now)[0], reason=reason)


def _edit(roster: Roster, change: Rewrite, *, what: str, by: Actor, on: date, reason: str) -> None:
    before = assignments_of(roster)
    after = tuple(change(roster, before))
    scope = Scope.system(what)
    with audit.act(REVISE, by=by, scope=scope, subject=subject_of(roster), reason=reason) as act:
        advance(roster)
        write_edit(roster, before, after, what=what, by=by)
        rules.check_lawful(judge(roster, problem_of(roster), after), on=on)
        roster.save()
        act.note(after={"edit": roster.edit, "what": what})


def _succeed(
    branch_code: str, week: Week, before: Roster | None, change: Rewrite, *, what: str, by: Actor, now: datetime,
    reason: str,
) -> None:  # fmt: skip
    scope = Scope.system(what)
    with audit.act(REVISE, by=by, scope=scope, branch_code=branch_code, reason=reason) as act:
        old = assignments_of(before) if before else ()
        roster = _successor(branch_code, week, before, now)
        after = tuple(change(roster, old))
        write_edit(roster, (), after, what=what, by=by)
        breaches = judge(roster, problem_of(roster), after)
        rules.check_lawful(breaches, on=network.moment(branch_code, now)[0])
        roster.save()
        StepTaken.objects.create(
            roster=roster, step="publish", by_code=by.code, by_name=by.name, by_staff_no=by.staff_no, at=now,
            edit=roster.edit, reason=reason,
        )  # fmt: skip
        if before is not None:
            Change.objects.create(roster=roster, replaces=before.version, source=what, reason=reason)
        act.note(subject=subject_of(roster), after={"version": roster.version, "what": what})
        telling.published(roster, before, on=localdate(now), by=by, scope=scope)
        see_unmet(roster, week, by, scope)
        see_cover(branch_code, week, by=by, scope=scope)
        to_lake(roster, week, breaches)


def _successor(branch_code: str, week: Week, before: Roster | None, now: datetime) -> Roster:
    """The next number, published; of two at once, the one who finds the old version gone is refused."""
    if before is not None:
        mine = Roster.objects.filter(pk=before.pk, state=RosterState.PUBLISHED, edit=before.edit)
        if not mine.update(state=RosterState.SUPERSEDED):
            raise Refused("roster_changed_meanwhile", edit=before.edit, last=rules.last_step(before))
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week)).order_by("-version")
    newest = rows.values_list("version", flat=True).first() or 0
    kept = ("status", "run_id", "seed", "inputs_hash", "made_at", "moves")
    told = {name: getattr(before, name) for name in kept} if before else {"status": "feasible", "made_at": now}
    try:
        with transaction.atomic():
            roster = Roster.objects.create(
                branch_code=branch_code, week=str(week), first=week.first_day(), version=newest + 1, edit=1,
                state=RosterState.PUBLISHED, **told,
            )  # fmt: skip
    except IntegrityError as error:  # a pool's base had none to hold: another loan has begun it
        first = Roster(branch_code=branch_code, week=str(week), version=newest + 1)
        raise Refused("roster_changed_meanwhile", last=rules.last_step(first)) from error
    Plan.objects.create(roster=roster, **({name: getattr(before.plan, name) for name in KEPT} if before else {}))
    return roster
