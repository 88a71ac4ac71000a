"""Today at a branch: who is there and who is missing, the proposal, who could come, the changed day and its review."""

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import (
    Body,
    BranchPath,
    CodeText,
    Done,
    Minute,
    Number,
    NumberPath,
    Reasoned,
    WeekText,
    Words,
)
from bankhall.api.shapes import plain, shape
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.today import TodayPage
from bankhall.kernel.week import Week

router = Router()
TODAY = "/branches/{branch_code}/today"


class Marked(Body):
    """Somebody is missing: not today any more, or (`until`) until a minute of the day; `late` says until when."""

    staff_no: CodeText
    kind: Literal["sick", "late", "other"]
    until: Minute | None = None


class CandidateAsked(Body):
    """One of the proposal's candidates."""

    staff_no: CodeText


class Reviewed(Body):
    """The version that was published on the day itself."""

    week: WeekText
    version: Number
    reason: Words = ""


class Kept(Schema):
    """The number under which it is kept."""

    number: int


class Proposed(Schema):
    """The proposal that is being computed; null: nobody is missing any more."""

    number: int | None


class Published(Schema):
    """The version that was made."""

    version: int


@router.get(TODAY, response=shape(TodayPage))
def today(request: HttpRequest, branch_code: BranchPath) -> Any:
    """Who is there and who is missing, the proposal that stands, who could come, who was asked, who has seen it."""
    who = caller_who_may(request, "see_plan", branch_code)
    return plain(rosters.today_page(who.scope, branch_code, settings.CLOCK.now()))


@router.post(f"{TODAY}/missing", response=Kept)
def mark(request: HttpRequest, branch_code: BranchPath, body: Marked) -> Any:
    """Marks somebody missing from now on, and asks for a proposal for the rest of the day."""
    caller_who_may(request, "change_today", branch_code)
    return acting(request, lambda by, scope: {"number": actions.mark_missing(
        branch_code, body.staff_no, body.kind, body.until, now=settings.CLOCK.now(), by=by, scope=scope
    )})  # fmt: skip


@router.post(f"{TODAY}/missing/{{number}}/take-back", response=Done)
def take_back(request: HttpRequest, branch_code: BranchPath, number: NumberPath) -> Any:
    """They are there after all."""
    caller_who_may(request, "change_today", branch_code)
    return acting(
        request, lambda by, scope: actions.take_back_missing(number, now=settings.CLOCK.now(), by=by, scope=scope)
    )


@router.post(f"{TODAY}/propose", response=Proposed)
def propose(request: HttpRequest, branch_code: BranchPath) -> Any:
    """Asks for a new proposal: time has passed, or the plan was changed."""
    caller_who_may(request, "change_today", branch_code)
    return acting(request, lambda by, scope: {
        "number": actions.propose_again(branch_code, now=settings.CLOCK.now(), by=by, scope=scope)
    })  # fmt: skip


@router.post(f"{TODAY}/proposals/{{number}}/publish", response=Published)
def publish(request: HttpRequest, branch_code: BranchPath, number: NumberPath, body: Reasoned) -> Any:
    """Publishes the proposal as the week's next version."""
    caller_who_may(request, "change_today", branch_code)
    return acting(request, lambda by, scope: {
        "version": actions.publish_today(number, body.reason, now=settings.CLOCK.now(), by=by, scope=scope)
    })  # fmt: skip


@router.post(f"{TODAY}/asks", response=Kept)
def ask(request: HttpRequest, branch_code: BranchPath, body: CandidateAsked) -> Any:
    """Asks one of the candidates whether they can come."""
    caller_who_may(request, "change_today", branch_code)
    return acting(request, lambda by, scope: {
        "number": actions.ask_to_come(branch_code, body.staff_no, now=settings.CLOCK.now(), by=by, scope=scope)
    })  # fmt: skip


@router.post(f"{TODAY}/asks/{{number}}/withdraw", response=Done)
def withdraw(request: HttpRequest, branch_code: BranchPath, number: NumberPath) -> Any:
    """Takes the question back."""
    caller_who_may(request, "change_today", branch_code)
    return acting(request, lambda by, scope: actions.withdraw_ask(number, now=settings.CLOCK.now(), by=by, scope=scope))


@router.post(f"{TODAY}/review", response=Done)
def review(request: HttpRequest, branch_code: BranchPath, body: Reviewed) -> Any:
    """The supervisor confirms what was published on the day itself."""
    caller_who_may(request, "confirm_roster", branch_code)
    ref = RosterRef(branch_code, Week.parse(body.week), body.version, 0)
    return acting(
        request,
        lambda by, scope: actions.review_today(ref, now=settings.CLOCK.now(), by=by, scope=scope, reason=body.reason),
    )
