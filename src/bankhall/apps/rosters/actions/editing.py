"""A draft is edited by hand: lock, move, swap, retype, remove, undo. The same rules check it at once; none is skipped.

An edit that breaks a rule is kept and named, so that a person can go on with the next one; publishing is what refuses.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bankhall.analytics.rostering import moves
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import ActionName, action_name
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions.figures import judge
from bankhall.apps.rosters.actions.proving import ask_for_proof
from bankhall.apps.rosters.actions.versions import (
    advance,
    read_assignments,
    ref_of,
    replace,
    subject_of,
    version_of,
    write_edit,
)
from bankhall.apps.rosters.models import Edit, Roster
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.kernel.bank.roster import Assignment, AssignmentKind
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.scope import Actor, Scope

LOCK = action_name("rosters.lock")
MOVE = action_name("rosters.move")
SWAP = action_name("rosters.swap")
RETYPE = action_name("rosters.retype")
REMOVE = action_name("rosters.remove")
UNDO = action_name("rosters.undo")
Change = Callable[[RosterProblem, tuple[Assignment, ...]], Sequence[Assignment]]


@dataclass(frozen=True, slots=True)
class StretchName:
    """Names one stretch of a version: nobody has two that start together."""

    staff_no: str
    day: date
    start: int


@dataclass(frozen=True, slots=True)
class EditResult:
    """The version at its new edit, with what the rules say of it."""

    ref: RosterRef
    breaches: tuple[Breach, ...]
    unmet_half_hours: int
    cost_fen: int


def lock(ref: RosterRef, which: StretchName, locked: bool = True, *, by: Actor, scope: Scope) -> EditResult:
    """A locked stretch stands in every re-solve; unlocked by `locked=False`."""
    return _edit(ref, LOCK, lambda p, a: moves.lock(p, a, named(a, which), locked=locked).assignments, by, scope)


def move(
    ref: RosterRef, which: StretchName, *, start: int, end: int, day: date | None = None, staff_no: str = "",
    by: Actor, scope: Scope,
) -> EditResult:  # fmt: skip
    """Another span, another day or another person; neighbours of the same person are pushed back."""

    def change(problem: RosterProblem, rows: tuple[Assignment, ...]) -> Sequence[Assignment]:
        one = named(rows, which)
        return moves.move(
            problem, rows, one, start=start, end=end, business_date=day or one.business_date,
            staff_no=staff_no or one.staff_no,
        ).assignments  # fmt: skip

    return _edit(ref, MOVE, change, by, scope)


def swap(ref: RosterRef, staff_no: str, other_no: str, day: date, *, by: Actor, scope: Scope) -> EditResult:
    """Two people change a day's work."""
    return _edit(ref, SWAP, lambda p, a: moves.swap(p, a, staff_no, other_no, day=day).assignments, by, scope)


def retype(
    ref: RosterRef, which: StretchName, *, kind: AssignmentKind, code: str, post_code: str, by: Actor, scope: Scope
) -> EditResult:
    """The same span at another window, post or duty, or as a break."""

    def change(problem: RosterProblem, rows: tuple[Assignment, ...]) -> Sequence[Assignment]:
        one = named(rows, which)
        return moves.retype(problem, rows, one, kind=kind, code=code, post_code=post_code).assignments

    return _edit(ref, RETYPE, change, by, scope)


def remove(ref: RosterRef, which: StretchName, *, by: Actor, scope: Scope) -> EditResult:
    """Takes a stretch away."""
    return _edit(ref, REMOVE, lambda p, a: moves.remove(p, a, named(a, which)).assignments, by, scope)


def undo(ref: RosterRef, *, by: Actor, scope: Scope) -> EditResult:
    """Takes the newest edit back that was not taken back yet; the first plan itself stays."""
    roster = version_of(ref, scope)
    rules.check_draft(roster, ref.edit, scope=scope)
    last = roster.edits.filter(undone=False).order_by("-number").first()
    if last is None or last.number == roster.edits.order_by("number").values_list("number", flat=True).first():
        raise Refused("nothing_to_undo")
    problem = problem_of(roster)
    with audit.act(UNDO, by=by, scope=scope, subject=subject_of(roster)) as act:
        advance(roster)
        replace(roster, read_assignments(last.added), read_assignments(last.removed))
        Edit.objects.filter(pk=last.pk).update(undone=True)
        breaches = judge(roster, problem, assignments_of(roster))
        roster.save()
        act.note(after={"edit": roster.edit, "undone": last.number})
        ask_for_proof(roster, by=by)
    return _result(roster, breaches)


def named(rows: Sequence[Assignment], which: StretchName) -> Assignment:
    """The stretch that is meant; NotFound when the version has none such."""
    for row in rows:
        if (row.staff_no, row.business_date, row.start) == (which.staff_no, which.day, which.start):
            return row
    raise NotFound("stretch", staff_no=which.staff_no, day=which.day.isoformat(), start=which.start)


def _edit(ref: RosterRef, name: ActionName, change: Change, by: Actor, scope: Scope) -> EditResult:
    roster = version_of(ref, scope)
    rules.check_draft(roster, ref.edit, scope=scope)
    problem, before = problem_of(roster), assignments_of(roster)
    after = tuple(change(problem, before))
    with audit.act(name, by=by, scope=scope, subject=subject_of(roster)) as act:
        advance(roster)
        write_edit(roster, before, after, what=name.partition(".")[2], by=by)
        breaches = judge(roster, problem, after)
        roster.save()
        act.note(before=sorted(set(before) - set(after), key=str), after=sorted(set(after) - set(before), key=str))
        _keep_proof(roster, before, after, by)
    return _result(roster, breaches)


def _keep_proof(roster: Roster, before: Sequence[Assignment], after: Sequence[Assignment], by: Actor) -> None:
    """A lock moves nobody: its proof stands. Any other edit is proved anew."""
    same = {replace_lock(a) for a in before} == {replace_lock(a) for a in after}
    if same and roster.proof_edit == roster.edit - 1:
        Roster.objects.filter(pk=roster.pk).update(proof_edit=roster.edit)
        roster.proof_edit = roster.edit
    else:
        ask_for_proof(roster, by=by)


def replace_lock(one: Assignment) -> Assignment:
    """The stretch whatever its lock."""
    return dataclasses.replace(one, locked=False)


def _result(roster: Roster, breaches: Sequence[Breach]) -> EditResult:
    return EditResult(ref_of(roster), tuple(breaches), roster.unmet_half_hours, roster.cost_fen)
