"""Balances: always the sum of their lines, and the lines themselves."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from bankhall.apps.access.queries import check_may
from bankhall.apps.people.models import LedgerLine
from bankhall.apps.people.queries.staff import person
from bankhall.apps.people.states import Account, LineKind
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line with the balance after it."""

    account: Account
    kind: LineKind
    on: date
    amount: int
    after: int
    source: str
    reason: str
    by_code: str


@dataclass(frozen=True, slots=True)
class Balance:
    """One account: its sum and the lines that it is made of, oldest first."""

    account: Account
    amount: int
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Balances:
    """Everything that a person has left, and from what it is made."""

    staff_no: str
    name: Bilingual
    branch_code: str
    accounts: tuple[Balance, ...]


def balances(scope: Scope, staff_no: str = "") -> Balances:
    """The reader's own accounts, or those of a person whose requests the reader answers."""
    who = person(scope, staff_no or scope.actor.staff_no)
    if who.staff_no != scope.actor.staff_no:
        check_may(scope, "answer_requests", who.branch_code)
    rows = list(LedgerLine.objects.filter(staff_no=who.staff_no).order_by("on", "id"))
    accounts = tuple(_balance(account, [r for r in rows if r.account == account]) for account in Account)
    return Balances(who.staff_no, who.called(), who.branch_code, accounts)


def balance_of(staff_no: str, account: str) -> int:
    """The sum of one account. Whoever asks was checked before."""
    found = LedgerLine.objects.filter(staff_no=staff_no, account=account).aggregate(total=Sum("amount"))
    return found["total"] or 0


def has_entry(source: str) -> bool:
    """Whether anything was booked from a source."""
    return LedgerLine.objects.filter(source=source).exists()


def _balance(account: Account, rows: list[LedgerLine]) -> Balance:
    entries, total = [], 0
    for row in rows:
        total += row.amount
        kind = LineKind(row.kind)
        entries.append(LedgerEntry(account, kind, row.on, row.amount, total, row.source, row.reason, row.by_code))
    return Balance(account, total, tuple(entries))
