"""Who may ask, answer and take back an absence, and when."""

from datetime import date

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit.queries import last_on
from bankhall.apps.people.models import AbsenceAsked
from bankhall.apps.people.states import MOVES, AskedState
from bankhall.kernel.errors import NotAllowed, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

COUNTED = ("leave", "comp")
"""Accounts that a request may draw on."""


def subject_of(row: AbsenceAsked) -> Subject:
    """The subject of audit lines."""
    return Subject("absence", str(row.pk), row.branch_code)


def check_own(row: AbsenceAsked, by: Actor) -> None:
    """Only the person themselves takes a request back."""
    if not by.staff_no or row.staff_no != by.staff_no:
        raise NotAllowed("not_own_request")


def check_answers(row: AbsenceAsked, *, by: Actor, scope: Scope) -> None:
    """Whoever may at the branch, and never the asker: by account, and by staff number."""
    check_may(scope, "answer_requests", row.branch_code)
    if row.asked_by == by.code or (by.staff_no and row.staff_no == by.staff_no):
        raise NotAllowed("own_request")


def check_move(row: AbsenceAsked, target: AskedState, *, on: date) -> None:
    """The table of moves; a granted absence is given back before it begins."""
    state = AskedState(row.state)
    if target not in MOVES[state]:
        raise Refused("request_not_now", state=f"state.request.{state}", last=last_on(subject_of(row)))
    if state == AskedState.GRANTED and row.first <= on:
        raise Refused("absence_has_begun", day=row.first)


def may_read_reason(scope: Scope, staff_no: str, branch_code: str) -> bool:
    """Health data: the person's own, and theirs who answer it."""
    from bankhall.apps.access.queries import may

    return scope.actor.staff_no == staff_no or may(scope, "answer_requests", branch_code)
