"""People are asked whether they can come today; they alone answer, and a yes lets the proposal plan with them.

Each step is one conditional update: of two at once one wins, and the other is told what the state is now.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import ActionName, action_name
from bankhall.apps.network import queries as network
from bankhall.apps.notices import actions as notices
from bankhall.apps.rosters.actions.proposing import propose_today
from bankhall.apps.rosters.models import Ask, Proposal, Roster, Stretch
from bankhall.apps.rosters.states import ASK_MOVES, AskState, ProposalState, RosterState
from bankhall.kernel.errors import NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

ASK = action_name("rosters.ask_to_come")
ACCEPT = action_name("rosters.accept_ask")
DECLINE = action_name("rosters.decline_ask")
WITHDRAW = action_name("rosters.withdraw_ask")
LAPSE = action_name("rosters.lapse_ask")


@audit.repeatable(ASK, int)
def ask_to_come(
    branch_code: str, staff_no: str, *, now: datetime, by: Actor, scope: Scope, key: UUID | None = None
) -> int:
    """Asks one of the standing proposal's candidates for the hours that it names. Nobody whom a rule of law keeps."""
    check_may(scope, "change_today", branch_code)
    today, minute = network.moment(branch_code, now)
    found = _candidate(branch_code, today, staff_no)
    if int(found["start"]) <= minute:
        raise Refused("proposal_outdated")
    with audit.act(ASK, by=by, scope=scope, branch_code=branch_code, key=key) as act:
        row = _create(branch_code, today, found, now, by)
        facts = _facts(row) | {"who": by.staff_no or by.code}
        notices.post(
            "shift_asked", to=staff_no, facts=facts, subject=_subject(row), key=f"ask {row.pk}", urgent=True, by=by,
            scope=scope,
        )  # fmt: skip
        act.note(subject=_subject(row), after=_told(row))
    return row.pk


def answer_ask(number: int, accepted: bool, *, now: datetime, by: Actor, scope: Scope) -> str:
    """The person's own answer, before the hours begin; answers the state. A yes asks for a new proposal."""
    row = _row(number, scope)
    check_may(scope, "ask_for_oneself")
    if not by.staff_no or by.staff_no != row.staff_no:
        raise NotAllowed("ask_not_for_you")
    if _is_late(row, now):
        _end(row, AskState.LAPSED, LAPSE, by=by, scope=scope, now=now)
        raise Refused("ask_not_now", state=f"state.ask.{AskState.LAPSED}")
    target, name = (AskState.ACCEPTED, ACCEPT) if accepted else (AskState.DECLINED, DECLINE)
    with transaction.atomic():
        _end(row, target, name, by=by, scope=scope, now=now, tell=True)
        if accepted:
            propose_today(row.branch_code, now=now, by=by, scope=scope)
    return target


def withdraw_ask(number: int, *, now: datetime, by: Actor, scope: Scope) -> None:
    """No longer needed: by whoever runs the branch, as long as the person is not on the published day through it."""
    row = _row(number, scope)
    check_may(scope, "change_today", row.branch_code)
    was_accepted = row.state == AskState.ACCEPTED
    if was_accepted and _is_rostered(row):
        raise Refused("ask_is_rostered")
    with transaction.atomic():
        _end(row, AskState.WITHDRAWN, WITHDRAW, by=by, scope=scope, now=now)
        if was_accepted:
            propose_today(row.branch_code, now=now, by=by, scope=scope)


def lapse_asks(now: datetime) -> int:
    """What nobody answered before its hours began; answers how many."""
    scope = Scope.system("the hours have begun")
    due = [row for row in Ask.objects.filter(state=AskState.ASKED) if _is_late(row, now)]
    for row in due:
        _end(row, AskState.LAPSED, LAPSE, by=scope.actor, scope=scope, now=now)
    return len(due)


def _candidate(branch_code: str, today: date, staff_no: str) -> Mapping[str, Any]:
    rows = Proposal.objects.filter(branch_code=branch_code, business_date=today, state=ProposalState.PROPOSED)
    row = rows.select_related("roster").first()
    if row is None or row.answer is None or row.roster.state != RosterState.PUBLISHED:
        raise Refused("proposal_outdated")
    found: list[Mapping[str, Any]] = [one for one in row.answer["candidates"] if one["staff_no"] == staff_no]
    if not found or found[0]["against"]:
        raise Refused("cannot_come")
    return found[0]


def _create(branch_code: str, today: date, found: Mapping[str, Any], now: datetime, by: Actor) -> Ask:
    try:
        with transaction.atomic():
            return Ask.objects.create(
                branch_code=branch_code, business_date=today, staff_no=found["staff_no"], start=found["start"],
                end=found["end"], by_code=by.code, by_name=by.name, by_staff_no=by.staff_no, at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("asked_already") from error


def _row(number: int, scope: Scope) -> Ask:
    row = Ask.objects.filter(pk=number).first()
    if row is None or not (scope.sees(row.branch_code) or row.staff_no == scope.actor.staff_no):
        raise NotFound("ask")
    return row


def _is_late(row: Ask, now: datetime) -> bool:
    return network.moment(row.branch_code, now) >= (row.business_date, row.start)


def _is_rostered(row: Ask) -> bool:
    rows = Stretch.objects.filter(staff_no=row.staff_no, business_date=row.business_date)
    here = Roster.objects.filter(branch_code=row.branch_code, state=RosterState.PUBLISHED)
    return rows.filter(roster__in=here, start__lt=row.end, end__gt=row.start).exists()


def _end(
    row: Ask, target: AskState, name: ActionName, *, by: Actor, scope: Scope, now: datetime, tell: bool = False
) -> None:
    before = AskState(row.state)
    if target not in ASK_MOVES[before]:
        raise Refused("ask_not_now", state=f"state.ask.{before}")
    with audit.act(name, by=by, scope=scope, subject=_subject(row)) as act:
        if not Ask.objects.filter(pk=row.pk, state=before).update(state=target, answered_at=now):
            state = Ask.objects.values_list("state", flat=True).get(pk=row.pk)
            raise Refused("ask_not_now", state=f"state.ask.{state}")
        row.state = target
        act.note(before={"state": before}, after=_told(row))
        if tell:
            _tell(row, target, by, scope)


def _tell(row: Ask, target: AskState, by: Actor, scope: Scope) -> None:
    answer = "agreed" if target == AskState.ACCEPTED else "refused"
    facts = _facts(row) | {"who": row.staff_no, "answer": answer}
    notices.post(
        "shift_answered", to=row.by_staff_no or row.by_code, facts=facts,
        subject=_subject(row), key=f"ask {row.pk} {answer}", urgent=True, by=by, scope=scope,
    )  # fmt: skip


def _facts(row: Ask) -> dict[str, str | int | float]:
    return {"day": row.business_date.isoformat(), "start": row.start, "end": row.end, "branch": row.branch_code}


def _told(row: Ask) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("staff_no", "business_date", "start", "end", "state")}


def _subject(row: Ask) -> Subject:
    return Subject("ask", str(row.pk), row.branch_code)
