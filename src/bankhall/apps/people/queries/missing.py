"""Who is missing today. The kind goes to the person and to those who may mark, to nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from bankhall.apps.access.queries import may
from bankhall.apps.people.models import Missing
from bankhall.apps.people.states import MISSING, MissingState
from bankhall.kernel.bank.people import Absence, AbsenceState
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope

Standing = Mapping[str, Sequence[tuple[int, int]]]
"""By person from when until when they stand at a branch on a day."""


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


def missing_on(scope: Scope, branch_code: str, day: date, also: Standing | None = None) -> tuple[MissingLine, ...]:
    """Who counts as missing on a day, by shift; one query. `also` stand here that day: they may be marked elsewhere,
    and the shift is then theirs here."""
    marks, standing = may(scope, "change_today", branch_code), also or {}
    rows = _marked(scope, branch_code, day, standing)
    return tuple(_line(row, scope, standing if row.branch_code != branch_code else {}, marks) for row in rows)


def _line(row: Missing, scope: Scope, elsewhere: Standing, marks: bool) -> MissingLine:
    spans = elsewhere.get(row.staff_no, ())
    tells = (marks and not spans) or row.staff_no == scope.actor.staff_no
    start, end = min((one for one, _ in spans), default=row.start), max((one for _, one in spans), default=row.end)
    return MissingLine(
        0 if spans else row.pk, row.staff_no, row.kind if tells else "", row.until is not None, row.since, row.until,
        start, end, row.by_name or row.by_code, row.at,
    )  # fmt: skip


def missing_place(scope: Scope, number: int) -> tuple[str, str]:
    """The branch and the person of one mark; NotFound outside the scope."""
    row = Missing.objects.filter(pk=number).first()
    if row is None or not scope.sees(row.branch_code):
        raise NotFound("missing")
    return row.branch_code, row.staff_no


def missing_absences(scope: Scope, branch_code: str, day: date, also: Standing | None = None) -> tuple[Absence, ...]:
    """The same as the records that bind the roster, by number."""
    rows = _marked(scope, branch_code, day, also or {})
    return tuple(absence_of_missing(row) for row in sorted(rows, key=lambda row: row.staff_no))


def _marked(scope: Scope, branch_code: str, day: date, also: Standing) -> list[Missing]:
    """Marked here, or elsewhere for a time in which they were to stand here."""
    scope.check_sees(branch_code)
    here = Q(branch_code=branch_code) | Q(staff_no__in=list(also))
    rows = Missing.objects.filter(here, business_date=day, state=MissingState.MARKED).order_by("start", "staff_no")
    return [row for row in rows if row.branch_code == branch_code or _touches(row, also[row.staff_no])]


def _touches(row: Missing, spans: Iterable[tuple[int, int]]) -> bool:
    return any(row.since < end and (row.until is None or start < row.until) for start, end in spans)


def absence_of_missing(row: Missing, state: AbsenceState = "granted") -> Absence:
    """The record that binds: local instants, half open, without the kind."""
    midnight = datetime.combine(row.business_date, time())
    ends = midnight + (timedelta(days=1) if row.until is None else timedelta(minutes=row.until))
    return Absence(row.staff_no, midnight + timedelta(minutes=row.since), ends, MISSING, state)
