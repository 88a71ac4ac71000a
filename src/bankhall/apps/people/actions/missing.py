"""Somebody is missing or late today: marked by who runs the branch, kept, and bound on the roster as an absence.

The kind is health data. It stays in its own table; the record that binds the roster says `missing` and no more.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_on
from bankhall.apps.audit.states import action_name
from bankhall.apps.network.bases import load_rows
from bankhall.apps.people.models import AbsenceRow, Missing
from bankhall.apps.people.queries.missing import absence_of_missing
from bankhall.apps.people.states import MISSING_MOVES, MissingState
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.bank.people import AbsenceState
from bankhall.kernel.errors import BadInput, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

MARK_MISSING = action_name("people.mark_missing")
TAKE_BACK_MISSING = action_name("people.take_back_missing")
MISSING_KINDS = ("sick", "late", "other")


@dataclass(frozen=True, slots=True)
class Marking:
    """Who, which shift of which date, since when, until when (None: not today any more), and of which kind."""

    staff_no: str
    branch_code: str
    day: date
    kind: str
    since: int
    until: int | None
    start: int
    end: int


def mark_missing(marking: Marking, *, now: datetime, by: Actor, scope: Scope, key: UUID | None = None) -> int:
    """Keeps it and binds the roster; answers its number. Of two who mark the same person, one is told."""
    check_may(scope, "change_today", marking.branch_code)
    if marking.kind not in MISSING_KINDS or (marking.kind == "late" and marking.until is None):
        raise BadInput("form_incomplete")
    if marking.until is not None and marking.until <= marking.since:
        raise BadInput("back_before_now")
    with audit.act(MARK_MISSING, by=by, scope=scope, branch_code=marking.branch_code, key=key) as act:
        row = _create(marking, now, by)
        _bind(row, "granted")
        act.note(subject=_subject(row), after=_told(row))
    return row.pk


def take_back_missing(number: int, *, by: Actor, scope: Scope) -> str:
    """They are there after all; answers the branch. What was published meanwhile stays as it is."""
    row = Missing.objects.filter(pk=number).first()
    if row is None or not scope.sees(row.branch_code):
        raise NotFound("missing")
    check_may(scope, "change_today", row.branch_code)
    with audit.act(TAKE_BACK_MISSING, by=by, scope=scope, subject=_subject(row)) as act:
        sources = [state for state, targets in MISSING_MOVES.items() if MissingState.TAKEN_BACK in targets]
        if not Missing.objects.filter(pk=row.pk, state__in=sources).update(state=MissingState.TAKEN_BACK):
            raise Refused("missing_taken_back", last=last_on(_subject(row)))
        row.state = MissingState.TAKEN_BACK
        _bind(row, "refused")
        act.note(after=_told(row))
    return row.branch_code


def _create(marking: Marking, now: datetime, by: Actor) -> Missing:
    try:
        with transaction.atomic():
            return Missing.objects.create(
                staff_no=marking.staff_no, branch_code=marking.branch_code, business_date=marking.day,
                kind=marking.kind, since=marking.since, until=marking.until, start=marking.start, end=marking.end,
                by_code=by.code, by_name=by.name, at=now,
            )  # fmt: skip
    except IntegrityError as error:
        same = Missing.objects.filter(
            staff_no=marking.staff_no, business_date=marking.day, state=MissingState.MARKED
        ).first()
        raise Refused("missing_already", last=last_on(_subject(same)) if same else None) from error


def _bind(row: Missing, state: AbsenceState) -> None:
    record = record_row("absences", absence_of_missing(row, state))
    load_rows(AbsenceRow, "absences", [record], batch=f"missing {row.pk}")


def _told(row: Missing) -> dict[str, object]:
    """For the trail: everything but the kind, which is health data."""
    return {name: getattr(row, name) for name in ("staff_no", "business_date", "since", "until", "state")}


def _subject(row: Missing) -> Subject:
    return Subject("missing", str(row.pk), row.branch_code)
