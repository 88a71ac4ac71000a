"""A branch's requests and offers, and their answers; what each day can still bear."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import Body, BranchPath, Day, NumberPath, PageNumber, PageSize, Words
from bankhall.api.shapes import page_shape, paged, plain, shape
from bankhall.apps.people import queries as people
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.people.states import AskedState
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.calendar import LeaveCalendar, leave_calendar
from bankhall.apps.rosters.queries.offers import OfferLine, branch_offers

router = Router()


class Answered(Body):
    """Yes or no, with the reason of the answer."""

    agreed: bool
    reason: Words = ""


@router.get("/branches/{branch_code}/requests", response=page_shape(AbsenceLine))
def listed(
    request: HttpRequest,
    branch_code: BranchPath,
    state: AskedState | None = None,
    page: PageNumber = 1,
    size: PageSize = 50,
) -> Any:
    """Requests for leave and training, by day. A reason goes to those who answer, to nobody else."""
    who = caller_who_may(request, "see_requests", branch_code)
    return paged(people.absences_asked(who.scope, branch_code, states=[state] if state else ()), page, size)


@router.get("/branches/{branch_code}/offers", response=page_shape(OfferLine))
def offers(
    request: HttpRequest,
    branch_code: BranchPath,
    open_only: bool = False,
    page: PageNumber = 1,
    size: PageSize = 50,
) -> Any:
    """Shifts on offer, newest first."""
    who = caller_who_may(request, "see_requests", branch_code)
    return paged(branch_offers(who.scope, branch_code, open_only=open_only), page, size)


@router.get("/branches/{branch_code}/leave-calendar", response=shape(LeaveCalendar))
def calendar(request: HttpRequest, branch_code: BranchPath, first: Day | None = None) -> Any:
    """Twelve weeks: what each day can still bear, who is away, who asked."""
    who = caller_who_may(request, "see_leave_calendar", branch_code)
    return plain(leave_calendar(who.scope, branch_code, first=first or settings.CLOCK.today()))


@router.post("/branches/{branch_code}/requests/{number}/answer", response=shape(AbsenceLine))
def answer(request: HttpRequest, branch_code: BranchPath, number: NumberPath, body: Answered) -> Any:
    """Grants or refuses; nobody answers their own."""
    caller_who_may(request, "answer_requests", branch_code)
    return acting(request, lambda by, scope: actions.answer_leave(
        number, body.agreed, reason=body.reason, on=settings.CLOCK.today(), now=settings.CLOCK.now(), by=by,
        scope=scope,
    ))  # fmt: skip


@router.post("/branches/{branch_code}/offers/{number}/answer", response=shape(OfferLine))
def answer_offer(request: HttpRequest, branch_code: BranchPath, number: NumberPath, body: Answered) -> Any:
    """Agrees to a taken shift, or refuses it."""
    caller_who_may(request, "answer_requests", branch_code)
    return acting(request, lambda by, scope: actions.answer_offer(
        number, body.agreed, reason=body.reason, on=settings.CLOCK.today(), now=settings.CLOCK.now(), by=by,
        scope=scope,
    ))  # fmt: skip
