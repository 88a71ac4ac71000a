"""The lending board, and the steps on a loan."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.lending import LendingFilters
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.week import Week
from bankhall.web.lending.shown import board_context
from bankhall.web.ui.lang import back_to, language
from bankhall.web.ui.paging import page_links, page_number
from bankhall.web.ui.running import run_beside
from bankhall.web.ui.visitor import visitor, visitor_who_may
from bankhall.wording.say import say

Act = Callable[..., None]
PAGE_LINES = 30
"""The worst stand first: a screenful is what one decides on."""
PLAIN: dict[str, Act] = {
    "offer_loan": actions.offer_loan,
    "agree_loan": actions.agree_loan,
    "acknowledge_loan": actions.acknowledge_loan,
}
WITH_REASON: dict[str, Act] = {
    "refuse_loan": actions.refuse_loan,
    "withdraw_loan": actions.withdraw_loan,
    "decline_loan": actions.decline_loan,
}


def week_of(text: str) -> Week:
    """The week of the address; none or nonsense is next week."""
    try:
        return Week.parse(text)
    except BadInput:
        return Week.of(settings.CLOCK.today()).plus(1)


def filters_of(request: HttpRequest) -> LendingFilters:
    """The filter bar lives in the address; nonsense is every."""
    get = request.GET
    gap, part = get.get("gap", ""), get.get("part", "")
    return LendingFilters(
        _date(get.get("day", "")), get.get("post", "")[:60], gap if gap in ("short", "spare") else "",
        part if part in ("morning", "afternoon") else "", get.get("region", "")[:60],
    )  # fmt: skip


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Who is short, who has somebody to spare, and which loans stand."""
    who = visitor_who_may(request, "see_lending")
    week = week_of(request.GET.get("week", ""))
    page = rosters.lending_page(who.scope, week, filters=filters_of(request), on=settings.CLOCK.today())
    context = board_context(page, language())
    lines = context["lines"]
    pages = max(1, -(-len(lines) // PAGE_LINES))
    number = min(page_number(request), pages)
    context["lines"] = lines[(number - 1) * PAGE_LINES : number * PAGE_LINES]
    context["pager"] = page_links(request, number, pages)
    context |= {"before": _of_week(request, week.plus(-1)), "after": _of_week(request, week.plus(1))}
    if page.run:
        context["progress"] = run_beside(page.run, "", request.get_full_path())
    return render(request, "lending/templates/board.html", context)


def _of_week(request: HttpRequest, week: Week) -> str:
    """The same look at another week, whose days are others."""
    query = request.GET.copy()
    query["week"] = str(week)
    for name in ("day", "page"):
        query.pop(name, None)
    return query.urlencode()


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Asks for the loans that would save most; they appear on the board, as it was filtered, when they are found."""
    who = visitor_who_may(request, "offer_loan")
    week = week_of(request.POST.get("week", ""))
    actions.request_loans("", week, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now())
    return back_to(request)


@require_POST
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step on a loan, from the board or from somebody's own roster."""
    who = visitor(request)
    told = {"by": who.person.actor, "scope": who.scope, "now": settings.CLOCK.now(), "on": settings.CLOCK.today()}
    if step in PLAIN:
        PLAIN[step](code, **told)
    elif step in WITH_REASON:
        WITH_REASON[step](code, request.POST.get("reason", "").strip()[:500], **told)
    else:
        raise NotFound("page_not_found")
    messages.success(request, say(f"done.{step}", language()))
    return back_to(request)
