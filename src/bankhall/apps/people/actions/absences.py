"""Absences are asked for, answered by somebody else, and taken back. Granted ones become records that bind the roster.

Whether the branch can bear it is judged above, by the roster's rules (`rosters.actions.requests`), which call this.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_on
from bankhall.apps.audit.states import ActionName, action_name
from bankhall.apps.network.bases import load_rows
from bankhall.apps.people import queries, rules
from bankhall.apps.people.actions.ledger import Booking, book
from bankhall.apps.people.models import AbsenceAsked, AbsenceRow
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.people.queries.absences import as_line
from bankhall.apps.people.states import Account, AskedState, LineKind
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.bank.people import Absence, AbsenceKind, AbsenceState
from bankhall.kernel.errors import BadInput, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

ASK = action_name("people.ask_absence")
GRANT = action_name("people.grant_absence")
REFUSE = action_name("people.refuse_absence")
WITHDRAW = action_name("people.withdraw_absence")
NAMES: Mapping[AskedState, ActionName] = {AskedState.GRANTED: GRANT, AskedState.REFUSED: REFUSE}
ASKABLE = ("leave", "training")
Then = Callable[[AbsenceLine], object]
"""What the app above adds within the same act: whom it tells."""


def _nothing_more(line: AbsenceLine) -> None:
    del line


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for. `amount` is what it draws on the account that `pays`: hundredths of a day, or minutes."""

    kind: str
    first: date
    last: date
    start: int | None = None
    end: int | None = None
    pays: str = ""
    amount: int = 0
    reason: str = ""


def ask_absence(
    asking: Asking, *, findings: Sequence[Mapping[str, object]] = (), then: Then = _nothing_more, now: datetime,
    by: Actor, scope: Scope,
) -> AbsenceLine:  # fmt: skip
    """A request of one's own. The trail tells that a reason was given, never which."""
    who = queries.person(scope, by.staff_no)
    check_may(scope, "ask_for_oneself", who.branch_code)
    _check_free(by.staff_no, asking)
    subject = Subject("absence", "", who.branch_code)
    with audit.act(ASK, by=by, scope=scope, subject=subject) as act:
        row = AbsenceAsked.objects.create(
            staff_no=by.staff_no, branch_code=who.branch_code, kind=asking.kind, pays=asking.pays, first=asking.first,
            last=asking.last, start=asking.start, end=asking.end, amount=asking.amount, reason=asking.reason.strip(),
            findings=list(findings), asked_by=by.code, asked_at=now,
        )  # fmt: skip
        act.note(subject=rules.subject_of(row), after=_told(row))
        then(as_line(scope, row))
    return as_line(scope, row)


def answer_absence(
    request_id: int, granted: bool, *, reason: str = "", then: Then = _nothing_more, now: datetime, on: date, by: Actor,
    scope: Scope,
) -> AbsenceLine:  # fmt: skip
    """Grants or refuses. A refusal says why; a granted one binds the roster and draws on its account."""
    row = _row(request_id, scope)
    rules.check_answers(row, by=by, scope=scope)
    target = AskedState.GRANTED if granted else AskedState.REFUSED
    rules.check_move(row, target, on=on)
    if not granted and not reason.strip():
        raise BadInput("answer_needs_reason")
    with audit.act(NAMES[target], by=by, scope=scope, subject=rules.subject_of(row), reason=reason) as act:
        _move(row, target)
        row.answered_by, row.answered_name, row.answered_at, row.answer_reason = by.code, by.name, now, reason
        row.save()
        if granted:
            _bind(row, "granted")
            _draw(row, by, given_back=False)
        act.note(after=_told(row))
        then(as_line(scope, row))
    return as_line(scope, row)


def withdraw_absence(request_id: int, *, then: Then = _nothing_more, on: date, by: Actor, scope: Scope) -> AbsenceLine:
    """Taken back by the person: what waits, or what was granted and has not begun."""
    row = _row(request_id, scope)
    rules.check_own(row, by)
    rules.check_move(row, AskedState.WITHDRAWN, on=on)
    was_granted = row.state == AskedState.GRANTED
    with audit.act(WITHDRAW, by=by, scope=scope, subject=rules.subject_of(row)) as act:
        _move(row, AskedState.WITHDRAWN)
        if was_granted:
            _bind(row, "refused")
            _draw(row, by, given_back=True)
        act.note(after=_told(row))
        then(as_line(scope, row))
    return as_line(scope, row)


def absence_of(row: AbsenceAsked | Asking, staff_no: str, state: AbsenceState) -> Absence:
    """The kernel's record: local instants, half open."""
    midnight = datetime.combine(row.first, time())
    starts = midnight + timedelta(minutes=row.start or 0)
    until = datetime.combine(row.last, time()) + timedelta(days=1)
    ends = until if row.end is None else midnight + timedelta(minutes=row.end)
    return Absence(staff_no, starts, ends, cast("AbsenceKind", row.kind), state)


def _check_free(staff_no: str, asking: Asking) -> None:
    standing = [AskedState.ASKED, AskedState.GRANTED]
    rows = AbsenceAsked.objects.filter(staff_no=staff_no, state__in=standing)
    for row in rows.filter(first__lte=asking.last, last__gte=asking.first):
        apart = row.start is not None and asking.start is not None and not _meet(row, asking)
        if not apart:
            raise Refused("absence_twice", day=row.first, state=f"state.request.{row.state}")
    asked = absence_of(asking, staff_no, "asked")
    for known in queries.recorded_absences(staff_no, asking.first - timedelta(days=1)):
        if known.starts_at < asked.ends_at and asked.starts_at < known.ends_at:
            raise Refused("absence_recorded", day=known.starts_at.date(), kind=known.kind)


def _meet(row: AbsenceAsked, asking: Asking) -> bool:
    return (row.start or 0) < (asking.end or 0) and (asking.start or 0) < (row.end or 0)


def _row(request_id: int, scope: Scope) -> AbsenceAsked:
    row = AbsenceAsked.objects.filter(pk=request_id).first()
    if row is None:
        raise NotFound("request")
    if row.staff_no != scope.actor.staff_no:
        scope.check_sees(row.branch_code)
    return row


def _move(row: AbsenceAsked, target: AskedState) -> None:
    """One conditional update: of two at once, the second is told."""
    if not AbsenceAsked.objects.filter(pk=row.pk, state=row.state).update(state=target):
        raise Refused("request_changed_meanwhile", last=last_on(rules.subject_of(row)))
    row.state = target


def _bind(row: AbsenceAsked, state: AbsenceState) -> None:
    record = record_row("absences", absence_of(row, row.staff_no, state))
    load_rows(AbsenceRow, "absences", [record], batch=f"request {row.pk}")


def _draw(row: AbsenceAsked, by: Actor, *, given_back: bool) -> None:
    if row.pays not in rules.COUNTED:
        return
    kind, sign, mark = (LineKind.GIVEN_BACK, 1, " back") if given_back else (LineKind.TAKEN, -1, "")
    source = f"absence {row.pk}{mark}"
    book([Booking(row.staff_no, Account(row.pays), kind, row.first, sign * row.amount, source)], by=by)


def _told(row: AbsenceAsked) -> dict[str, object]:
    """For the trail: everything but the reason, which is health data."""
    told = {name: getattr(row, name) for name in ("staff_no", "kind", "pays", "first", "last", "start", "end", "state")}
    return told | {"has_reason": bool(row.reason)}
