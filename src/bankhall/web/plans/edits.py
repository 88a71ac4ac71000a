"""One change by hand: form fields to the action that makes it, and the words of what was done."""

from collections.abc import Mapping
from typing import cast, get_args

from django.utils.translation import gettext as _

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.bank.roster import AssignmentKind
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.scope import Actor, Scope
from bankhall.web.plans.people_rows import Cell
from bankhall.wording.figures import span

Done = tuple[str, str]
"""The key of the stretch that should have the focus, and what the toast says."""


def apply_edit(form: Mapping[str, str], ref: RosterRef, *, by: Actor, scope: Scope) -> Done:
    """Makes the change; the action checks who may and whether the page was fresh."""
    what = form.get("what", "")
    if what == "undo":
        actions.undo(ref, by=by, scope=scope)
        return "", ""
    makers = {"move": _move, "lock": _lock, "swap": _swap, "retype": _retype, "remove": _remove}
    if what not in makers:
        raise BadInput("form_incomplete")
    try:
        where = Cell.parse(form.get("key", ""))
    except ValueError as error:
        raise BadInput("form_incomplete") from error
    return makers[what](form, ref, where, by, scope)


def stretch(where: Cell) -> StretchName:
    """The stretch as the action names it."""
    return StretchName(where.staff_no, where.day, where.start)


def _minute(form: Mapping[str, str], name: str) -> int:
    if form.get(f"{name}_time"):
        return parse_minutes(form[f"{name}_time"])
    try:
        return int(form[name])
    except (KeyError, ValueError) as error:
        raise BadInput("form_incomplete") from error


def _move(form: Mapping[str, str], ref: RosterRef, where: Cell, by: Actor, scope: Scope) -> Done:
    start, end = _minute(form, "start"), _minute(form, "end")
    staff_no = form.get("staff_no") or where.staff_no
    actions.move(ref, stretch(where), start=start, end=end, staff_no=staff_no, by=by, scope=scope)
    return str(Cell(staff_no, where.day, start)), _("Moved to %(span)s") % {"span": span(start, end)}


def _lock(form: Mapping[str, str], ref: RosterRef, where: Cell, by: Actor, scope: Scope) -> Done:
    locked = form.get("locked", "") != "1"
    actions.lock(ref, stretch(where), locked, by=by, scope=scope)
    return str(where), _("Locked") if locked else _("Unlocked")


def _swap(form: Mapping[str, str], ref: RosterRef, where: Cell, by: Actor, scope: Scope) -> Done:
    actions.swap(ref, where.staff_no, form.get("other", ""), where.day, by=by, scope=scope)
    return "", _("Days swapped")


def _retype(form: Mapping[str, str], ref: RosterRef, where: Cell, by: Actor, scope: Scope) -> Done:
    kind, code, post_code = [*form.get("place", "").split("~"), "", "", ""][:3]
    if kind not in get_args(AssignmentKind):
        raise BadInput("form_incomplete")
    known = cast("AssignmentKind", kind)
    actions.retype(ref, stretch(where), kind=known, code=code, post_code=post_code, by=by, scope=scope)
    return str(where), _("Changed")


def _remove(form: Mapping[str, str], ref: RosterRef, where: Cell, by: Actor, scope: Scope) -> Done:  # noqa: ARG001 - one shape
    actions.remove(ref, stretch(where), by=by, scope=scope)
    return "", _("Taken out")
