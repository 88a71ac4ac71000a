"""Shifts are offered, taken and swapped; each step is judged at once by the roster's rules, and answered by another.

A step is one conditional update: of two people at once, one wins and the other is told what the state is now.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from bankhall.analytics.rostering.changes import Judged, hand_over
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_on
from bankhall.apps.audit.states import ActionName, action_name
from bankhall.apps.people import queries as people
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.actions.changing import Changing, change_week, check_no_other_version
from bankhall.apps.rosters.models import Roster, ShiftOffer
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.problems.weeks import judge_change, published_of
from bankhall.apps.rosters.queries.offers import OfferLine, offer_line
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import OFFER_MOVES, OPEN_OFFERS, OfferState
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

OFFER = action_name("rosters.offer_shift")
TAKE = action_name("rosters.take_shift")
WITHDRAW = action_name("rosters.withdraw_offer")
CONFIRM = action_name("rosters.confirm_swap")
REFUSE = action_name("rosters.refuse_swap")
LAPSE = action_name("rosters.lapse_offer")
COLLEAGUES = Scope.system("colleagues who could take a shift")


@dataclass(frozen=True, slots=True)
class Offering:
    """One's work of a date, to a named colleague or to anybody; with a return date it is a swap."""

    day: date
    to_staff_no: str = ""
    return_day: date | None = None


@dataclass(frozen=True, slots=True)
class OfferCheck:
    """What the rules say of an offer. `could` are the colleagues for whom law and control say nothing against it."""

    findings: tuple[Breach, ...]
    could: tuple[str, ...]

    @property
    def goes(self) -> bool:
        """No rule of law or control says no, and there is somebody who could."""
        return bool(self.could) and not any(b.rule_class == "law_control" for b in self.findings)


def check_offer(offering: Offering, *, on: date, by: Actor, scope: Scope) -> OfferCheck:
    """Judged for the named colleague, or for everybody; names those who could take it in any case."""
    who = people.person(scope, by.staff_no)
    check_may(scope, "ask_for_oneself", who.branch_code)
    roster = _roster_of(who.branch_code, offering, on)
    _check_has_work(roster, by.staff_no, offering.day)
    others = [p.staff_no for p in people.staff(COLLEAGUES, who.branch_code) if p.staff_no != by.staff_no]
    asked = problem_of(roster)
    judged = {other: _judged(roster, by.staff_no, other, offering, asked) for other in others}
    could = tuple(other for other, found in judged.items() if not found.law and _gives_back(roster, other, offering))
    if not offering.to_staff_no:
        return OfferCheck((), could)
    if offering.to_staff_no not in judged:
        raise NotFound("person")
    return OfferCheck(judged[offering.to_staff_no].findings, could)


def offer_shift(offering: Offering, *, on: date, now: datetime, by: Actor, scope: Scope) -> OfferLine:
    """Offers one's own published shift. What breaks law or control is not offered at all."""
    found = check_offer(offering, on=on, by=by, scope=scope)
    rules.check_lawful(found.findings)
    if not found.could or (offering.to_staff_no and offering.to_staff_no not in found.could):
        raise Refused("nobody_could_take_it")
    branch_code = people.person(scope, by.staff_no).branch_code
    with audit.act(OFFER, by=by, scope=scope, branch_code=branch_code) as act:
        row = _create(branch_code, offering, now, by)
        act.note(subject=_subject(row), after=_told(row))
        telling.offer_made(row, _shift_of(row), by=by, scope=scope)
    return offer_line(row)


def take_offer(offer_id: int, *, on: date, now: datetime, by: Actor, scope: Scope) -> OfferLine:
    """A colleague takes it: the one who was named, or anybody of the branch for an open one."""
    row = _row(offer_id, scope)
    check_may(scope, "ask_for_oneself", row.branch_code)
    if not by.staff_no or by.staff_no == row.staff_no or row.to_staff_no not in ("", by.staff_no):
        raise NotAllowed("offer_not_for_you")
    _check_move(row, OfferState.TAKEN)
    roster = _roster_of(row.branch_code, _offering(row), on)
    _check_has_work(roster, row.staff_no, row.business_date)
    rules.check_lawful(_judged(roster, row.staff_no, by.staff_no, _offering(row)).law)
    with audit.act(TAKE, by=by, scope=scope, subject=_subject(row)) as act:
        _move(row, OfferState.TAKEN)
        row.taken_by, row.taken_at = by.staff_no, now
        row.save()
        act.note(after=_told(row))
        telling.offer_taken(row, _shift_of(row), on=on, by=by, scope=scope)
    return offer_line(row)


def withdraw_offer(offer_id: int, *, by: Actor, scope: Scope) -> OfferLine:
    """Taken back by who offered it, or by who took it, until it is answered."""
    row = _row(offer_id, scope)
    if not by.staff_no or by.staff_no not in (row.staff_no, row.taken_by):
        raise NotAllowed("not_own_request")
    return _end(row, OfferState.WITHDRAWN, WITHDRAW, by=by, scope=scope)


def answer_offer(
    offer_id: int, agreed: bool, *, reason: str = "", on: date, now: datetime, by: Actor, scope: Scope
) -> OfferLine:
    """Whoever may, and neither of the two. A yes makes the week's next version; an agreement broken needs a reason."""
    row = _row(offer_id, scope)
    _check_answers(row, by=by, scope=scope)
    if not agreed:
        if not reason.strip():
            raise BadInput("answer_needs_reason")
        return _end(row, OfferState.REFUSED, REFUSE, by=by, scope=scope, now=now, reason=reason)
    _check_move(row, OfferState.CONFIRMED)
    roster = _roster_of(row.branch_code, _offering(row), on)
    _check_has_work(roster, row.staff_no, row.business_date)
    found = _judged(roster, row.staff_no, row.taken_by, _offering(row))
    rules.check_lawful(found.law)
    rules.check_reason(found.agreement, reason)
    check_no_other_version(row.branch_code, Week.parse(row.week))
    shift = _shift_of(row)
    with audit.act(CONFIRM, by=by, scope=scope, subject=_subject(row), reason=reason) as act:
        _move(row, OfferState.CONFIRMED)
        changing = Changing(found.assignments, f"offer:{row.pk}", reason or f"offer {row.pk}")
        ref = change_week(roster, changing, now=now, by=by, scope=scope)
        row.made_version = ref.version
        _note_answer(row, by, now, reason)
        act.note(after=_told(row))
        telling.offer_ended(row, shift, by=by, scope=scope)
    return offer_line(row)


def lapse_offers(now: datetime, on: date) -> int:
    """What nobody took or answered before its first day is over; answers how many."""
    scope = Scope.system("the day has come")
    due = ShiftOffer.objects.filter(state__in=list(OPEN_OFFERS))
    lapsed = [row for row in due if min(row.business_date, row.return_date or row.business_date) <= on]
    for row in lapsed:
        _end(row, OfferState.LAPSED, LAPSE, by=scope.actor, scope=scope, now=now)
    return len(lapsed)


def _create(branch_code: str, offering: Offering, now: datetime, by: Actor) -> ShiftOffer:
    try:
        with transaction.atomic():
            return ShiftOffer.objects.create(
                branch_code=branch_code, week=str(Week.of(offering.day)), business_date=offering.day,
                staff_no=by.staff_no, to_staff_no=offering.to_staff_no, return_date=offering.return_day, offered_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("offered_already", day=offering.day) from error


def _roster_of(branch_code: str, offering: Offering, on: date) -> Roster:
    """The published week of both days, which lie ahead."""
    if offering.return_day and Week.of(offering.return_day) != Week.of(offering.day):
        raise BadInput("swap_in_one_week")
    if offering.return_day and not offering.to_staff_no:
        raise BadInput("swap_names_somebody")
    if min(offering.day, offering.return_day or offering.day) <= on:
        raise Refused("shift_has_begun")
    roster = published_of(branch_code, Week.of(offering.day))
    if roster is None:
        raise Refused("week_not_published")
    return roster


def _check_has_work(roster: Roster, staff_no: str, day: date) -> None:
    if not roster.stretches.filter(staff_no=staff_no, business_date=day).exists():
        raise Refused("no_shift_that_day", day=day)
    rules.check_not_lent(staff_no, day, day)


def _gives_back(roster: Roster, other: str, offering: Offering) -> bool:
    """In a swap the colleague has work to give back."""
    day = offering.return_day
    return day is None or roster.stretches.filter(staff_no=other, business_date=day).exists()


def _judged(roster: Roster, giver: str, taker: str, offering: Offering, asked: RosterProblem | None = None) -> Judged:
    changed = hand_over(assignments_of(roster), giver, taker, offering.day, offering.return_day)
    return judge_change(roster, changed, asked=asked)


def _offering(row: ShiftOffer) -> Offering:
    return Offering(row.business_date, row.to_staff_no or row.taken_by, row.return_date)


def _row(offer_id: int, scope: Scope) -> ShiftOffer:
    row = ShiftOffer.objects.filter(pk=offer_id).first()
    if row is None:
        raise NotFound("offer")
    scope.check_sees(row.branch_code)
    return row


def _check_answers(row: ShiftOffer, *, by: Actor, scope: Scope) -> None:
    check_may(scope, "answer_requests", row.branch_code)
    if by.staff_no and by.staff_no in (row.staff_no, row.taken_by):
        raise NotAllowed("own_request")


def _check_move(row: ShiftOffer, target: OfferState) -> None:
    if target not in OFFER_MOVES[OfferState(row.state)]:
        raise Refused("offer_not_now", state=f"state.offer.{row.state}", last=last_on(_subject(row)))


def _end(
    row: ShiftOffer, target: OfferState, name: ActionName, *, by: Actor, scope: Scope,
    now: datetime | None = None, reason: str = "",
) -> OfferLine:  # fmt: skip
    _check_move(row, target)
    with audit.act(name, by=by, scope=scope, subject=_subject(row), reason=reason) as act:
        _move(row, target)
        if now is not None:
            _note_answer(row, by, now, reason)
        act.note(after=_told(row))
        telling.offer_ended(row, _shift_of(row), by=by, scope=scope)
    return offer_line(row)


def _note_answer(row: ShiftOffer, by: Actor, now: datetime, reason: str) -> None:
    row.answered_by, row.answered_name, row.answered_at, row.answer_reason = by.code, by.name, now, reason
    row.save()


def _move(row: ShiftOffer, target: OfferState) -> None:
    """One conditional update: who comes second is told what the state is now."""
    if not ShiftOffer.objects.filter(pk=row.pk, state=row.state).update(state=target):
        state = ShiftOffer.objects.values_list("state", flat=True).get(pk=row.pk)
        raise Refused("offer_not_now", state=f"state.offer.{state}", last=last_on(_subject(row)))
    row.state = target


def _shift_of(row: ShiftOffer) -> dict[str, str | int | float]:
    """The offered day as a notice tells it; its hours when the week is still published."""
    roster = published_of(row.branch_code, Week.parse(row.week))
    told: dict[str, str | int | float] = {"day": row.business_date.isoformat(), "branch": row.branch_code}
    if roster is None:
        return told
    work = roster.stretches.filter(staff_no=row.staff_no, business_date=row.business_date).exclude(kind="break")
    hours = work.aggregate(start=Min("start"), end=Max("end"))
    return told if hours["start"] is None else told | hours


def _subject(row: ShiftOffer) -> Subject:
    return Subject("offer", str(row.pk), row.branch_code)


def _told(row: ShiftOffer) -> dict[str, object]:
    names = ("staff_no", "business_date", "to_staff_no", "return_date", "taken_by", "state", "made_version")
    return {name: getattr(row, name) for name in names}
