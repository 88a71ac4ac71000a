"""During the day: the page, a look at the rest, a proposal taken."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.network import queries as network
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.kernel.errors import BadInput, NotFound, Refused
from bankhall.kernel.minutes import parse_minutes
from bankhall.web.day.shown import day_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.running import run_beside
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_error


def moment_of(told: Mapping[str, str]) -> tuple[date | None, int | None]:
    """The day and minute of a replay; what cannot be read is today."""
    try:
        day = date.fromisoformat(told.get("day", ""))
    except ValueError:
        return None, None
    try:
        return day, parse_minutes(told["at"]) if told.get("at") else None
    except BadInput:
        return day, None


@require_GET
def days(request: HttpRequest) -> HttpResponse:
    """The first branch within reach."""
    who = visitor_who_may(request, "see_plan")
    branches = network.branches(who.scope)
    if not branches:
        raise NotFound("branches_none")
    return redirect("day", branches[0].node_code)


@require_GET
def day(request: HttpRequest, branch: str) -> HttpResponse:
    """Today, or an earlier day at a minute of it."""
    who = visitor_who_may(request, "see_plan", branch)
    when, minute = moment_of(request.GET)
    page = rosters.day_page(who.scope, branch, day=when, minute=minute, now=settings.CLOCK.now())
    context = day_context(page, language())
    context["branches"] = [(node.node_code, node.name) for node in network.branches(who.scope)]
    if page.run:
        context["progress"] = run_beside(page.run, branch, request.get_full_path())
    return render(request, "day/templates/day.html", context)


@require_POST
def look(request: HttpRequest, branch: str) -> HttpResponse:
    """Asks for a look at the rest of the day."""
    who = visitor_who_may(request, "see_plan", branch)
    when, minute = moment_of(request.POST)
    try:
        actions.request_day_update(
            branch, day=when, minute=minute, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now()
        )
    except (BadInput, Refused) as error:
        messages.error(request, say_error(error, language()))
    return redirect(address(branch, request.POST))


@require_POST
def take(request: HttpRequest, branch: str) -> HttpResponse:
    """Puts a proposal into today's plan, or says why it cannot be."""
    who = visitor_who_may(request, "edit_roster", branch)
    try:
        look_id, place = int(request.POST["look"]), int(request.POST["place"])
        actions.take_proposal(look_id, place, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now())
    except (KeyError, ValueError) as error:
        raise BadInput("form_incomplete") from error
    except (NotFound, Refused) as error:
        messages.error(request, say_error(error, language()))
        return redirect("day", branch)
    messages.success(request, _("Done. It is in today's plan, as a new version; the supervisor sees it."))
    return redirect("day", branch)


def address(branch: str, told: Mapping[str, str]) -> str:
    """The page of today or of a replay."""
    query = urlencode({name: told[name] for name in ("day", "at") if told.get(name)})
    return reverse("day", args=[branch]) + (f"?{query}" if query else "")
