"""Lines of the ledger: written once, never changed. What was booked from a source is not booked from it again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network.bases import Row
from bankhall.apps.people import queries
from bankhall.apps.people.models import LedgerLine
from bankhall.apps.people.states import Account, LineKind
from bankhall.kernel.errors import BadInput, NotAllowed
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

CORRECT = action_name("people.correct_balance")
OPENED_BY = {Account.LEAVE: ("leave_days_left", 100), Account.OVERTIME: ("overtime_minutes_month", 1),
             Account.COMP: ("comp_minutes", 1)}  # fmt: skip
"""The column of `staff` that opens an account, and what one of its units counts."""
CHUNK = 400


@dataclass(frozen=True, slots=True)
class Booking:
    """One line to be written."""

    staff_no: str
    account: Account
    kind: LineKind
    on: date
    amount: int
    source: str
    reason: str = ""


def book(bookings: Iterable[Booking], *, by: Actor) -> int:
    """Writes lines inside an open act; what stands there from the same source is left alone. Answers how many."""
    fresh = [one for one in bookings if one.amount and not _stands(one)]
    now = timezone.now()
    LedgerLine.objects.bulk_create([_row(one, by.code, now) for one in fresh], batch_size=CHUNK)
    return len(fresh)


def correct_balance(
    staff_no: str, account: Account, amount: int, *, reason: str, on: date, now: datetime, by: Actor, scope: Scope
) -> None:
    """Adds what was forgotten or takes away what was too much: by whoever may, with a reason, never for oneself."""
    who = queries.person(scope, staff_no)
    check_may(scope, "correct_balance", who.branch_code)
    if by.staff_no == staff_no:
        raise NotAllowed("own_balance")
    if not reason.strip() or not amount:
        raise BadInput("correction_incomplete")
    subject = Subject("person", staff_no, who.branch_code)
    with audit.act(CORRECT, by=by, scope=scope, subject=subject, reason=reason) as act:
        line = Booking(staff_no, account, LineKind.CORRECTION, on, amount, f"correction {now.isoformat()}", reason)
        book([line], by=by)
        act.note(after={"account": str(account), "amount": amount})


def open_accounts(rows: Sequence[Row], *, batch: str) -> None:
    """Imported balances: the first opens an account, a later date's restates it by the difference."""
    dated = {str(row["staff_no"]): row for row in rows if row.get("balances_on")}
    for place in range(0, len(dated), CHUNK):
        part = dict(list(dated.items())[place : place + CHUNK])
        _open_part(part, batch)


def _open_part(rows: dict[str, Row], batch: str) -> None:
    standing: dict[tuple[str, str], list[LedgerLine]] = defaultdict(list)
    for line in LedgerLine.objects.filter(staff_no__in=rows):
        standing[line.staff_no, line.account].append(line)
    fresh = [
        one
        for staff_no, row in rows.items()
        for account, (column, unit) in OPENED_BY.items()
        if row.get(column) is not None
        and (one := _opening(staff_no, row, account, round(float(row[column]) * unit), standing[staff_no, account]))
    ]
    now = timezone.now()
    LedgerLine.objects.bulk_create([_row(one, f"import {batch}"[:60], now) for one in fresh], batch_size=CHUNK)


def _opening(staff_no: str, row: Row, account: Account, stated: int, lines: list[LedgerLine]) -> Booking | None:
    """What brings the sum of the lines up to the date to the stated balance; None when that date was stated before."""
    said = row["balances_on"]
    on = said if isinstance(said, date) else date.fromisoformat(said)
    if any(line.kind == LineKind.OPENING and line.on >= on for line in lines):
        return None
    before = sum(line.amount for line in lines if line.on <= on)
    return Booking(staff_no, account, LineKind.OPENING, on, stated - before, f"opening {on.isoformat()}")


def _stands(one: Booking) -> bool:
    return LedgerLine.objects.filter(staff_no=one.staff_no, account=one.account, source=one.source).exists()


def _row(one: Booking, by_code: str, at: datetime) -> LedgerLine:
    return LedgerLine(
        staff_no=one.staff_no, account=one.account, kind=one.kind, on=one.on, amount=one.amount, source=one.source,
        reason=one.reason, by_code=by_code, at=at,
    )  # fmt: skip
