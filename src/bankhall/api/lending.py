"""The lending board of a week, and the steps on a loan."""

from collections.abc import Callable
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import CodeText, Day, Done, MaybeCode, Queued, Reasoned, WeekPath
from bankhall.api.shapes import plain, shape
from bankhall.apps.access.queries import Action
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.lending import LendingFilters, LendingPage
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

router = Router()
PLAIN: dict[str, Callable[..., None]] = {
    "offer": actions.offer_loan, "agree": actions.agree_loan, "acknowledge": actions.acknowledge_loan,
}  # fmt: skip
WITH_REASON: dict[str, Callable[..., None]] = {
    "refuse": actions.refuse_loan, "withdraw": actions.withdraw_loan, "decline": actions.decline_loan,
}  # fmt: skip
MAY_STEP: dict[str, Action] = {
    "offer": "offer_loan", "agree": "agree_loan", "acknowledge": "acknowledge_loan", "refuse": "agree_loan",
    "withdraw": "offer_loan", "decline": "acknowledge_loan",
}  # fmt: skip


@router.get("/lending/{week}", response=shape(LendingPage))
def board(
    request: HttpRequest,
    week: WeekPath,
    *,
    day: Day | None = None,
    post_code: MaybeCode = "",
    gap: Literal["", "short", "spare"] = "",
    part: Literal["", "morning", "afternoon"] = "",
    region_code: MaybeCode = "",
) -> Any:
    """Who is short, who has somebody to spare, and which loans stand."""
    who = caller_who_may(request, "see_lending")
    filters = LendingFilters(day, post_code, gap, part, region_code)
    return plain(rosters.lending_page(who.scope, Week.parse(week), filters=filters, on=settings.CLOCK.today()))


@router.post("/lending/{week}/find", response=Queued)
def find(request: HttpRequest, week: WeekPath) -> Any:
    """Queues the search for the loans that would save most."""
    caller_who_may(request, "offer_loan")

    def do(by: Actor, scope: Scope) -> object:
        asked = actions.request_loans("", Week.parse(week), by=by, scope=scope, now=settings.CLOCK.now())
        return {"run_id": asked}

    return acting(request, do)


@router.post("/loans/{code}/{step}", response=Done)
def take(
    request: HttpRequest,
    code: CodeText,
    step: Literal["offer", "agree", "acknowledge", "refuse", "withdraw", "decline"],
    body: Reasoned,
) -> Any:
    """One step; the board says which may be taken now."""
    caller_who_may(request, MAY_STEP[step])

    def do(by: Actor, scope: Scope) -> None:
        told = {"by": by, "scope": scope, "now": settings.CLOCK.now(), "on": settings.CLOCK.today()}
        if step in PLAIN:
            PLAIN[step](code, **told)
        else:
            WITH_REASON[step](code, body.reason.strip(), **told)

    return acting(request, do)
