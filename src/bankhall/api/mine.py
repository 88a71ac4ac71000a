"""One's own: roster, requests, wishes, shifts on offer, balances, loans."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import (
    Body,
    CodeText,
    Day,
    Done,
    Minute,
    NumberPath,
    PageNumber,
    PageSize,
    WeekPath,
    Words,
)
from bankhall.api.shapes import page_shape, paged, plain, shape
from bankhall.apps.people import queries as people
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.queries import AbsenceLine, Balances
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.actions import LeaveCheck, OfferCheck, Offering
from bankhall.apps.rosters.queries.lending import LoanLine
from bankhall.apps.rosters.queries.offers import OfferLine, offers_open_to, own_offers
from bankhall.apps.rosters.queries.pages import MyRoster
from bankhall.apps.rosters.queries.requests import own_wishes
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

router = Router()


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish for a date that is still open."""

    day: date
    kind: str


class LeaveAsked(Body):
    """Leave or training, whole days or (both times) part of one. `anyway` asks although a rule speaks against it."""

    kind: CodeText
    first: Day
    last: Day
    start: Minute | None = None
    end: Minute | None = None
    pays: Literal["", "leave", "comp"] = ""
    reason: Words = ""
    anyway: bool = False

    def asking(self) -> Asking:
        """As the actions know it."""
        return Asking(self.kind, self.first, self.last, self.start, self.end, self.pays, 0, self.reason)


class ShiftOffered(Body):
    """One's published shift of a day, to a colleague or to all; with `return_day` it is a swap."""

    day: Day
    to_staff_no: Words = ""
    return_day: Day | None = None

    def offering(self) -> Offering:
        """As the actions know it."""
        return Offering(self.day, self.to_staff_no, self.return_day)


class Wished(Body):
    """A day off, an early or a late shift; `none` takes the wish back."""

    day: Day
    kind: Literal["off", "early", "late", "none"]


@router.get("/my/roster/{week}", response=shape(MyRoster))
def roster(request: HttpRequest, week: WeekPath) -> Any:
    """My published week."""
    return plain(rosters.my_roster(caller_who_may(request, "see_own_roster").scope, Week.parse(week)))


@router.get("/my/requests", response=page_shape(AbsenceLine))
def requests(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What I asked for, and what became of it."""
    return paged(people.own_absences(caller_who_may(request, "ask_for_oneself").scope), page, size)


@router.post("/my/requests/check", response=shape(LeaveCheck))
def check_leave(request: HttpRequest, body: LeaveAsked) -> Any:
    """What the rules say of a request, and the nearest day that would go; nothing is written."""
    scope = caller_who_may(request, "ask_for_oneself").scope
    return plain(actions.check_leave(body.asking(), on=settings.CLOCK.today(), by=scope.actor, scope=scope))


@router.post("/my/requests", response=shape(AbsenceLine))
def ask_leave(request: HttpRequest, body: LeaveAsked) -> Any:
    """Asks for leave or training."""
    caller_who_may(request, "ask_for_oneself")
    return acting(request, lambda by, scope: actions.ask_leave(
        body.asking(), anyway=body.anyway, on=settings.CLOCK.today(), now=settings.CLOCK.now(), by=by, scope=scope
    ))  # fmt: skip


@router.post("/my/requests/{number}/withdraw", response=shape(AbsenceLine))
def withdraw_leave(request: HttpRequest, number: NumberPath) -> Any:
    """Takes a request back."""
    caller_who_may(request, "ask_for_oneself")
    return acting(
        request, lambda by, scope: actions.withdraw_leave(number, on=settings.CLOCK.today(), by=by, scope=scope)
    )


@router.get("/my/wishes", response=page_shape(WishLine))
def wishes(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """My wishes for days to come."""
    scope = caller_who_may(request, "ask_for_oneself").scope
    return paged([WishLine(day, kind) for day, kind in own_wishes(scope, settings.CLOCK.today())], page, size)


@router.post("/my/wishes", response=Done)
def wish(request: HttpRequest, body: Wished) -> Any:
    """States a wish, or takes it back."""
    caller_who_may(request, "ask_for_oneself")

    def do(by: Actor, scope: Scope) -> None:
        if body.kind == "none":
            actions.take_back_wish(body.day, on=settings.CLOCK.today(), by=by, scope=scope)
        else:
            actions.state_wish(body.day, body.kind, on=settings.CLOCK.today(), by=by, scope=scope)

    return acting(request, do)


@router.get("/my/offers", response=page_shape(OfferLine))
def offers(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What I offered or took."""
    return paged(own_offers(caller_who_may(request, "ask_for_oneself").scope), page, size)


@router.get("/my/offers/open", response=page_shape(OfferLine))
def offers_open(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What I could take."""
    scope = caller_who_may(request, "ask_for_oneself").scope
    return paged(offers_open_to(scope, settings.CLOCK.today()), page, size)


@router.post("/my/offers/check", response=shape(OfferCheck))
def check_offer(request: HttpRequest, body: ShiftOffered) -> Any:
    """What the rules say of an offer, and who could take it; nothing is written."""
    scope = caller_who_may(request, "ask_for_oneself").scope
    return plain(actions.check_offer(body.offering(), on=settings.CLOCK.today(), by=scope.actor, scope=scope))


@router.post("/my/offers", response=shape(OfferLine))
def offer(request: HttpRequest, body: ShiftOffered) -> Any:
    """Offers a shift, or a swap."""
    caller_who_may(request, "ask_for_oneself")
    return acting(request, lambda by, scope: actions.offer_shift(
        body.offering(), on=settings.CLOCK.today(), now=settings.CLOCK.now(), by=by, scope=scope
    ))  # fmt: skip


@router.post("/my/offers/{number}/take", response=shape(OfferLine))
def take(request: HttpRequest, number: NumberPath) -> Any:
    """Takes a colleague's shift."""
    caller_who_may(request, "ask_for_oneself")
    return acting(request, lambda by, scope: actions.take_offer(
        number, on=settings.CLOCK.today(), now=settings.CLOCK.now(), by=by, scope=scope
    ))  # fmt: skip


@router.post("/my/offers/{number}/withdraw", response=shape(OfferLine))
def withdraw_offer(request: HttpRequest, number: NumberPath) -> Any:
    """Takes an offer, or a taken shift, back."""
    caller_who_may(request, "ask_for_oneself")
    return acting(request, lambda by, scope: actions.withdraw_offer(number, by=by, scope=scope))


@router.get("/my/balances", response=shape(Balances))
def balances(request: HttpRequest) -> Any:
    """What I have left, and what it is made of."""
    return plain(people.balances(caller_who_may(request, "ask_for_oneself").scope))


@router.get("/my/loans", response=page_shape(LoanLine))
def loans(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What I am asked to do at another branch, from today on."""
    scope = caller_who_may(request, "see_own_roster").scope
    return paged(rosters.my_loans(scope, on=settings.CLOCK.today()), page, size)
