"""A published week is changed by a further version with its reason, which goes the way of every version.

`states.MOVES` knows no way past the supervisor: a changed version is proposed by who agreed to the change, the
supervisor confirms that law and control hold, and since the branch has already said yes it is then published at once.
Where the region must approve, it waits for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bankhall.apps.access.queries import may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import steps
from bankhall.apps.rosters.actions.figures import judge
from bankhall.apps.rosters.actions.versions import (
    advance,
    new_version,
    ref_of,
    standing_version,
    subject_of,
    write_edit,
)
from bankhall.apps.rosters.models import Change, Plan, Roster
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

CHANGE = action_name("rosters.change_week")
KEPT = ("requirement", "proof", "forecasts", "day_totals", "shortfalls", "notes")


@dataclass(frozen=True, slots=True)
class Changing:
    """Other assignments for a published week: what asked for them (`offer:3`), and why."""

    assignments: tuple[Assignment, ...]
    source: str
    reason: str


def check_no_other_version(branch_code: str, week: Week) -> None:
    """Two changes of one week are not prepared at once: the second would not know of the first."""
    other = standing_version(branch_code, week)
    if other is not None:
        raise Refused("version_on_its_way", version=other.version, last=rules.last_step(other))


def change_week(published: Roster, changing: Changing, *, now: datetime, by: Actor, scope: Scope) -> RosterRef:
    """The next version of a published week, proposed where the actor may propose, else left as a draft."""
    branch_code, week = published.branch_code, Week.parse(published.week)
    with audit.act(CHANGE, by=by, scope=scope, branch_code=branch_code, reason=changing.reason) as act:
        _check_still_in_force(published)
        check_no_other_version(branch_code, week)
        roster = _copy(published, week)
        _write(roster, published, changing, network.moment(branch_code, now)[0], by)
        act.note(subject=subject_of(roster), after={"source": changing.source, "replaces": published.version})
        ref = ref_of(roster)
        if may(scope, "propose_roster", branch_code):
            ref = steps.propose(ref, by=by, scope=scope, now=now, reason=changing.reason)
    return ref


def _check_still_in_force(published: Roster) -> None:
    """Locks the version until the act ends: of two changes at once the second finds the first's version."""
    if not Roster.objects.select_for_update().filter(pk=published.pk, state=RosterState.PUBLISHED).exists():
        raise Refused("roster_changed_meanwhile", last=rules.last_step(published))


def _copy(published: Roster, week: Week) -> Roster:
    roster = new_version(published.branch_code, week, made_at=published.made_at)
    Plan.objects.filter(roster=roster).update(**{name: getattr(published.plan, name) for name in KEPT})
    roster.plan.refresh_from_db()
    roster.seed, roster.inputs_hash, roster.run_id = published.seed, published.inputs_hash, published.run_id
    return roster


def _write(roster: Roster, published: Roster, changing: Changing, on: date, by: Actor) -> None:
    advance(roster)
    breaches = judge(roster, problem_of(roster), changing.assignments)
    rules.check_lawful(breaches, on=on)
    write_edit(roster, (), changing.assignments, what="change", by=by)
    roster.save()
    Change.objects.create(roster=roster, replaces=published.version, source=changing.source, reason=changing.reason)


def replace_in_draft(roster: Roster, after: Sequence[Assignment], before: Sequence[Assignment], by: Actor) -> None:
    """Other assignments in a draft that nobody has proposed, as an edit that can be undone. Inside an open act."""
    advance(roster)
    write_edit(roster, before, after, what="absence", by=by)
    judge(roster, problem_of(roster), after)
    roster.save()
