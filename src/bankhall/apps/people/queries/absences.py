"""Requests for leave and training. A reason goes to the person and to those who answer, to nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bankhall.apps.access.queries import check_may
from bankhall.apps.network.bases import rows_of
from bankhall.apps.people import rules
from bankhall.apps.people.models import AbsenceAsked, AbsenceRow
from bankhall.apps.people.states import AskedState
from bankhall.data.exchange.codec import read_record
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.errors import NotAllowed, NotFound
from bankhall.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """One request. `start` and `end` None: whole days. `reason` is empty for a reader who may not see it."""

    request_id: int
    staff_no: str
    branch_code: str
    kind: str
    pays: str
    first: date
    last: date
    start: int | None
    end: int | None
    amount: int
    state: AskedState
    has_reason: bool
    reason: str
    findings: tuple[Mapping[str, object], ...]
    asked_at: datetime
    answered_name: str
    answered_at: datetime | None
    answer_reason: str


def own_absences(scope: Scope) -> tuple[AbsenceLine, ...]:
    """The reader's own requests, newest first."""
    rows = AbsenceAsked.objects.filter(staff_no=scope.actor.staff_no or "\0").order_by("-id")[:100]
    return _lines(scope, rows)


def recorded_absences(staff_no: str, on: date) -> tuple[Absence, ...]:
    """What the records grant somebody, from a date on, without any request of theirs here: training, leave imported."""
    rows = rows_of(AbsenceRow, "absences", Q(staff_no=staff_no, state="granted") & ~Q(taken_in__startswith="request "))
    found: list[Absence] = [read_record("absences", row) for row in rows]
    return tuple(sorted((a for a in found if a.ends_at.date() > on), key=lambda a: a.starts_at))


def absences_asked(scope: Scope, branch_code: str, *, states: Iterable[AskedState] = ()) -> tuple[AbsenceLine, ...]:
    """A branch's requests for whoever may see them, what waits first."""
    check_may(scope, "see_requests", branch_code)
    rows = AbsenceAsked.objects.filter(branch_code=branch_code).order_by("first", "id")
    wanted = list(states)
    return _lines(scope, rows.filter(state__in=wanted) if wanted else rows)


def absence_line(scope: Scope, request_id: int) -> AbsenceLine:
    """One request: one's own, or of a branch whose requests the reader may see."""
    row = AbsenceAsked.objects.filter(pk=request_id).first()
    if row is None or not (scope.everywhere or row.staff_no == scope.actor.staff_no or scope.sees(row.branch_code)):
        raise NotFound("request")
    if row.staff_no != scope.actor.staff_no:
        check_may(scope, "see_requests", row.branch_code)
    return as_line(scope, row)


def away_between(scope: Scope, branch_code: str, first: date, last: date) -> tuple[AbsenceLine, ...]:
    """What is asked and granted in a span, for everybody of the branch; the reasons of others stay out."""
    if not scope.everywhere and branch_code not in scope.codes():
        raise NotAllowed("branch_out_of_scope", branch_code=branch_code)
    standing = [AskedState.ASKED, AskedState.GRANTED]
    rows = AbsenceAsked.objects.filter(branch_code=branch_code, state__in=standing, first__lte=last, last__gte=first)
    return _lines(scope, rows.order_by("first", "id"))


def as_line(scope: Scope, row: AbsenceAsked) -> AbsenceLine:
    """Row to value, for this reader."""
    reason = row.reason if rules.may_read_reason(scope, row.staff_no, row.branch_code) else ""
    return AbsenceLine(
        row.pk, row.staff_no, row.branch_code, row.kind, row.pays, row.first, row.last, row.start, row.end, row.amount,
        AskedState(row.state), bool(row.reason), reason, tuple(row.findings), row.asked_at, row.answered_name,
        row.answered_at, row.answer_reason,
    )  # fmt: skip


def _lines(scope: Scope, rows: Iterable[AbsenceAsked]) -> tuple[AbsenceLine, ...]:
    return tuple(as_line(scope, row) for row in rows)
