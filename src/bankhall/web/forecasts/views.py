"""The Forecast page."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from bankhall.apps.network import queries as network
from bankhall.apps.rosters import queries as rosters
from bankhall.kernel.errors import NotFound
from bankhall.web.forecasts.shown import forecast_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may


@require_GET
def forecasts(request: HttpRequest) -> HttpResponse:
    """The first branch within reach."""
    who = visitor_who_may(request, "see_forecast")
    branches = network.branches(who.scope)
    if not branches:
        raise NotFound("branches_none")
    return redirect("forecast-branch", branches[0].node_code)


@require_GET
def forecast(request: HttpRequest, branch: str) -> HttpResponse:
    """One branch, one service or all, and one day of it."""
    who = visitor_who_may(request, "see_forecast", branch)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = None
    page = rosters.forecast_page(
        who.scope, branch, service_code=request.GET.get("service", ""), day=day, on=settings.CLOCK.today()
    )
    context = forecast_context(page, language())
    context["branches"] = [(node.node_code, node.name) for node in network.branches(who.scope)]
    return render(request, "forecasts/templates/forecast.html", context)
