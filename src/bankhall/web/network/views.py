"""The Network page."""

from typing import Literal, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import NetworkFilters
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week
from bankhall.web.network.shown import network_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.paging import page_links, page_number
from bankhall.web.ui.visitor import visitor_who_may


def week_of(text: str) -> Week:
    """The week of the address; none or nonsense is next week."""
    try:
        return Week.parse(text)
    except BadInput:
        return Week.of(settings.CLOCK.today()).plus(1)


def filters_of(request: HttpRequest) -> NetworkFilters:
    """The filter bar lives in the address."""
    get = request.GET
    gap = get.get("gap", "")
    known_gap = cast("Literal['', 'short', 'none']", gap if gap in ("short", "none") else "")
    return NetworkFilters(get.get("region", ""), get.get("state", ""), known_gap, get.get("q", "").strip()[:60])


@require_GET
def network(request: HttpRequest) -> HttpResponse:
    """Is next week ready?"""
    who = visitor_who_may(request, "see_network")
    page = rosters.network_page(
        who.scope,
        week_of(request.GET.get("week", "")),
        filters=filters_of(request),
        page=page_number(request),
        on=settings.CLOCK.today(),
    )
    context = network_context(page, language(), settings.CLOCK.today())
    context |= {
        "pager": page_links(request, page.page, page.pages),
        "may_plan": who.may("plan_week"),
        "may_lend": who.may("see_lending"),
    }
    return render(request, "network/templates/network.html", context)


@require_POST
def plan_all(request: HttpRequest) -> HttpResponse:
    """Asks for a plan of every branch on the list that has none yet; each appears as it is ready."""
    who = visitor_who_may(request, "plan_week")
    week = week_of(request.POST.get("week", ""))
    for branch_code in request.POST.getlist("branch"):
        actions.request_plan(
            branch_code, week, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now(), lane="batch"
        )
    return redirect(f"{reverse('network')}?week={week}")
