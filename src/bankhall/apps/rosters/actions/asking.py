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
from bankhall.apps.audit.queries import LastAct, last_at, last_on
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.notices import actions as notices
from bankhall.apps.rosters.actions.ending_asks import end_ask, facts_of, is_rostered, subject_of, told_of
from bankhall.apps.rosters.actions.holding import hold_weeks
from bankhall.apps.rosters.actions.lending_today import scope_at, want_loan
from bankhall.apps.rosters.actions.proposing import OF_THE_DAY, hold_today, propose_today
from bankhall.apps.rosters.models import Ask, Proposal
from bankhall.apps.rosters.states import OPEN_ASKS, AskState, LoanState, ProposalState, RosterState
from bankhall.kernel.errors import NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

ASK = action_name("rosters.ask_to_come")


@audit.repeatable(ASK, int)
def ask_to_come(
    branch_code: str, staff_no: str, *, now: datetime, by: Actor, scope: Scope, key: UUID | None = None
) -> int:
    """Asks one of the standing proposal's candidates for the hours that it names. Nobody whom a rule of law keeps.

    Somebody of another branch comes when their home agrees too; it and the region are told.
    """
    check_may(scope, "change_today", branch_code)
    today, minute = network.moment(branch_code, now)
    found = _candidate(branch_code, today, staff_no)
    if int(found["start"]) <= minute:
        raise Refused("proposal_outdated")
    with audit.act(ASK, by=by, scope=scope, branch_code=branch_code, key=key) as act:
        row = _create(branch_code, today, found, now, by)
        facts = facts_of(row) | {"who": by.staff_no or by.code}
        notices.post(
            "shift_asked", to=staff_no, facts=facts, subject=subject_of(row), key=f"ask {row.pk}", urgent=True, by=by,
            scope=scope,
        )  # fmt: skip
        if found.get("home"):
            want_loan(row, found, by=by, now=now)
        act.note(subject=subject_of(row), after=told_of(row))
    return row.pk


def answer_ask(number: int, accepted: bool, *, now: datetime, by: Actor, scope: Scope) -> str:
    """The person's own answer, before the hours begin; answers the state. A yes asks for a new proposal, and so does
    one that is taken back, as long as the person is not on the published day through it."""
    row = _row(number, scope)
    check_may(scope, "ask_for_oneself")
    if not by.staff_no or by.staff_no != row.staff_no:
        raise NotAllowed("ask_not_for_you")
    if _is_late(row, now):
        _lapse(row, by, scope_at(row.branch_code, scope), now)
        raise Refused("ask_not_now", state=f"state.ask.{row.state}", last=last_on(subject_of(row)))
    target = AskState.ACCEPTED if accepted else AskState.DECLINED
    here = scope_at(row.branch_code, scope)
    with transaction.atomic():
        hold_today(row.branch_code, row.business_date)
        row.refresh_from_db()
        had_agreed = row.state == AskState.ACCEPTED
        if had_agreed and is_rostered(row):
            raise Refused("yes_is_rostered")
        planned_with = row.loan is None or row.loan.state == LoanState.AGREED
        end_ask(row, target, by=by, scope=here, now=now)
        if (accepted or had_agreed) and planned_with:
            propose_today(row.branch_code, now=now, by=by, scope=here)
    return target


def withdraw_ask(number: int, *, now: datetime, by: Actor, scope: Scope) -> None:
    """No longer needed: by whoever runs the branch, as long as the person is not on the published day through it."""
    row = _row(number, scope)
    check_may(scope, "change_today", row.branch_code)
    with transaction.atomic():
        hold_today(row.branch_code, row.business_date)
        row.refresh_from_db()
        was_accepted = row.state == AskState.ACCEPTED
        if was_accepted and is_rostered(row):
            raise Refused("ask_is_rostered")
        end_ask(row, AskState.WITHDRAWN, by=by, scope=scope, now=now)
        if was_accepted:
            propose_today(row.branch_code, now=now, by=by, scope=scope)


def lapse_asks(now: datetime) -> int:
    """What nobody answered before its hours began; answers how many."""
    scope = Scope.system("the hours have begun")
    due = [row for row in Ask.objects.filter(state=AskState.ASKED) if _is_late(row, now)]
    return sum(_lapse(row, scope.actor, scope, now) for row in due)


def _lapse(row: Ask, by: Actor, scope: Scope, now: datetime) -> bool:
    """Whether it was still open. The week is held as by whoever answers: the question and its loan end together."""
    with transaction.atomic():
        hold_weeks(Week.of(row.business_date), [row.branch_code])
        row.refresh_from_db()
        if row.state != AskState.ASKED:
            return False
        end_ask(row, AskState.LAPSED, by=by, scope=scope, now=now)
    return True


def _candidate(branch_code: str, today: date, staff_no: str) -> Mapping[str, Any]:
    rows = Proposal.objects.filter(branch_code=branch_code, business_date=today, state=ProposalState.PROPOSED)
    row = rows.select_related("roster").first()
    if row is None or row.answer is None or row.roster.state != RosterState.PUBLISHED:
        raise Refused("proposal_overtaken", last=last_at(branch_code, OF_THE_DAY))
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
        raise Refused("asked_already", last=_last_of(found["staff_no"], today)) from error


def _last_of(staff_no: str, today: date) -> LastAct | None:
    row = Ask.objects.filter(staff_no=staff_no, business_date=today, state__in=list(OPEN_ASKS)).first()
    return last_on(subject_of(row)) if row else None


def _row(number: int, scope: Scope) -> Ask:
    row = Ask.objects.filter(pk=number).select_related("loan").first()
    if row is None or not (scope.sees(row.branch_code) or row.staff_no == scope.actor.staff_no):
        raise NotFound("ask")
    return row


def _is_late(row: Ask, now: datetime) -> bool:
    return network.moment(row.branch_code, now) >= (row.business_date, row.start)
