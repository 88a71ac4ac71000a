"""Who is missing today. The kind goes to the person and to those who may mark, to nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from bankhall.apps.access.queries import may
from bankhall.apps.people.models import Missing
from bankhall.apps.people.states import MISSING, MissingState
from bankhall.kernel.bank.people import Absence, AbsenceState
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One who is missing since a minute, or late `until` another. `kind` is empty for a reader who may not see it,
    `number` is 0 where another branch marked them, which alone takes that back."""

    number: int
    staff_no: str
    kind: str
    late: bool
    since: int
    until: int | None
    start: int
    end: int
    by_name: str
    at: datetime


def missing_on(scope: Scope, branch_code: str, day: date, also: Collection[str] = ()) -> tuple[MissingLine, ...]:
    """Who counts as missing on a day, by shift; one query. `also` stand here that day: they may be marked elsewhere."""
    marks = may(scope, "change_today", branch_code)
    return tuple(
        MissingLine(
            row.pk if row.branch_code == branch_code else 0, row.staff_no,
            row.kind if (marks and row.branch_code == branch_code) or row.staff_no == scope.actor.staff_no else "",
            row.until is not None, row.since, row.until, row.start, row.end, row.by_name or row.by_code, row.at,
        )
        for row in _marked(scope, branch_code, day, also).order_by("start", "staff_no")
    )  # fmt: skip


def missing_place(scope: Scope, number: int) -> tuple[str, str]:
    """The branch and the person of one mark; NotFound outside the scope."""
    row = Missing.objects.filter(pk=number).first()
    if row is None or not scope.sees(row.branch_code):
        raise NotFound("missing")
    return row.branch_code, row.staff_no


def missing_absences(scope: Scope, branch_code: str, day: date, also: Collection[str] = ()) -> tuple[Absence, ...]:
    """The same as the records that bind the roster."""
    return tuple(absence_of_missing(row) for row in _marked(scope, branch_code, day, also).order_by("staff_no"))


def _marked(scope: Scope, branch_code: str, day: date, also: Collection[str]) -> QuerySet[Missing]:
    scope.check_sees(branch_code)
    here = Q(branch_code=branch_code) | Q(staff_no__in=also)
    return Missing.objects.filter(here, business_date=day, state=MissingState.MARKED)


def absence_of_missing(row: Missing, state: AbsenceState = "granted") -> Absence:
    """The record that binds: local instants, half open, without the kind."""
    midnight = datetime.combine(row.business_date, time())
    ends = midnight + (timedelta(days=1) if row.until is None else timedelta(minutes=row.until))
    return Absence(row.staff_no, midnight + timedelta(minutes=row.since), ends, MISSING, state)
