"""A question to one person ends: answered, taken back, no longer needed, or late. Whoever waits for it is told.

Each end is one conditional update: of two at once one wins, and the other is told what the state is now.
"""

from datetime import date, datetime

from django.db.models import QuerySet

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_on
from bankhall.apps.audit.states import ActionName, action_name
from bankhall.apps.notices import actions as notices
from bankhall.apps.notices.states import Outcome
from bankhall.apps.rosters.actions.lending_today import end_loan_of, scope_at
from bankhall.apps.rosters.models import Ask, Roster, Stretch
from bankhall.apps.rosters.states import ASK_MOVES, OPEN_ASKS, AskState, RosterState
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

ENDS: dict[AskState, ActionName] = {
    AskState.ACCEPTED: action_name("rosters.accept_ask"),
    AskState.DECLINED: action_name("rosters.decline_ask"),
    AskState.WITHDRAWN: action_name("rosters.withdraw_ask"),
    AskState.LAPSED: action_name("rosters.lapse_ask"),
}
OUTCOMES = {AskState.WITHDRAWN: Outcome.OFF, AskState.LAPSED: Outcome.LAPSED}
Facts = dict[str, str | int | float]


def end_ask(row: Ask, target: AskState, *, by: Actor, scope: Scope, now: datetime) -> None:
    """Moves it as the table allows; the asker hears the answer, who was asked hears that it is off."""
    before = AskState(row.state)
    if target not in ASK_MOVES[before]:
        raise Refused("ask_not_now", state=f"state.ask.{before}", last=last_on(subject_of(row)))
    with audit.act(ENDS[target], by=by, scope=scope, subject=subject_of(row)) as act:
        if not Ask.objects.filter(pk=row.pk, state=before).update(state=target, answered_at=now):
            state = Ask.objects.values_list("state", flat=True).get(pk=row.pk)
            raise Refused("ask_not_now", state=f"state.ask.{state}", last=last_on(subject_of(row)))
        row.state = target
        act.note(before={"state": before}, after=told_of(row))
        _tell(row, by, scope)
        if target != AskState.ACCEPTED:
            end_loan_of(row, by=by, now=now)


def end_unneeded(branch_code: str, today: date, *, by: Actor, scope: Scope, now: datetime) -> None:
    """Somebody else came, or nobody is missing any more: who was asked in vain is told that they need not come."""
    rows = Ask.objects.filter(branch_code=branch_code, business_date=today, state__in=OPEN_ASKS)
    _withdraw(rows, by=by, scope=scope, now=now)


def open_asks_of(staff_no: str, today: date) -> QuerySet[Ask]:
    """What a person is asked for that day, by whatever branch."""
    return Ask.objects.filter(staff_no=staff_no, business_date=today, state__in=OPEN_ASKS)


def end_asks_of(staff_no: str, today: date, until: int | None, *, by: Actor, scope: Scope, now: datetime) -> None:
    """Whoever is missing until a minute (None: not back today) is not waited for before it by any branch."""
    mine = open_asks_of(staff_no, today)
    _withdraw(mine if until is None else mine.filter(start__lt=until), by=by, scope=scope, now=now)


def _withdraw(rows: QuerySet[Ask], *, by: Actor, scope: Scope, now: datetime) -> None:
    for row in rows.select_related("loan").order_by("id"):
        if not is_rostered(row):
            here = scope_at(row.branch_code, scope)
            end_ask(row, AskState.WITHDRAWN, by=by, scope=here, now=now)


def is_rostered(row: Ask) -> bool:
    """Whether the person stands on the published day in these hours."""
    rows = Stretch.objects.filter(staff_no=row.staff_no, business_date=row.business_date)
    here = Roster.objects.filter(branch_code=row.branch_code, state=RosterState.PUBLISHED)
    return rows.filter(roster__in=here, start__lt=row.end, end__gt=row.start).exists()


def subject_of(row: Ask) -> Subject:
    """The subject of audit lines and notices."""
    return Subject("ask", str(row.pk), row.branch_code)


def facts_of(row: Ask) -> Facts:
    """What a notice tells of it."""
    return {"day": row.business_date.isoformat(), "start": row.start, "end": row.end, "branch": row.branch_code}


def told_of(row: Ask) -> dict[str, object]:
    """What the trail keeps of it."""
    return {name: getattr(row, name) for name in ("staff_no", "business_date", "start", "end", "state")}


def _tell(row: Ask, by: Actor, scope: Scope) -> None:
    notices.settle(subject_of(row), how=OUTCOMES.get(AskState(row.state), Outcome.ANSWERED), by=by)
    if row.state == AskState.LAPSED:
        return
    if row.state == AskState.WITHDRAWN:
        kind, to, facts, key = "shift_off", row.staff_no, facts_of(row), f"ask {row.pk} off"
    else:
        answer = "agreed" if row.state == AskState.ACCEPTED else "refused"
        kind, to, key = "shift_answered", row.by_staff_no or row.by_code, f"ask {row.pk} {answer}"
        facts = facts_of(row) | {"who": row.staff_no, "answer": answer}
    notices.post(kind, to=to, facts=facts, subject=subject_of(row), key=key, urgent=True, by=by, scope=scope)
