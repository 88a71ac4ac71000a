"""A branch's year of mandatory leave and rotation. Each view: who may, one query or action, one template."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.access.queries import Visitor
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.queries.year import year_page
from bankhall.kernel.errors import BadInput, BankhallError
from bankhall.kernel.week import Week
from bankhall.web.requests.year_shown import year_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say, say_error


@require_GET
def year(request: HttpRequest, branch: str) -> HttpResponse:
    """The year at a glance, and what is to be decided."""
    who = visitor_who_may(request, "see_year", branch)
    page = year_page(who.scope, branch, on=settings.CLOCK.today())
    context = year_context(page, language(), settings.CLOCK.today())
    return render(request, "requests/templates/year.html", context | {"sees_requests": who.may("see_requests", branch)})


@require_POST
def plan(request: HttpRequest, branch: str) -> HttpResponse:
    """Plans afresh around what is fixed."""
    who = visitor_who_may(request, "plan_year", branch)
    on, now = settings.CLOCK.today(), settings.CLOCK.now()

    def do() -> str:
        made = actions.propose_year(branch, on=on, now=now, by=who.person.actor, scope=who.scope)
        return say("count.weeks_proposed", language(), n=made)

    return _done(request, branch, do)


@require_POST
def note(request: HttpRequest, branch: str) -> HttpResponse:
    """The supervisor has seen it."""
    who = visitor_who_may(request, "note_year", branch)

    def do() -> str:
        actions.note_year(branch, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope)
        return _("Noted.")

    return _done(request, branch, do)


@require_POST
def decide(request: HttpRequest, branch: str, number: int) -> HttpResponse:
    """Fixes, moves or releases one person's week."""
    who = visitor_who_may(request, "plan_year", branch)
    return _done(request, branch, lambda: _decided(request, who, number))


def _decided(request: HttpRequest, who: Visitor, number: int) -> str:
    on, by, what = settings.CLOCK.today(), who.person.actor, request.POST.get("do", "")
    if what == "fix":
        actions.fix_year_week(number, on=on, now=settings.CLOCK.now(), by=by, scope=who.scope)
        return _("Fixed. The person is told; every plan from now on sees it.")
    if what == "move":
        actions.move_year_week(number, Week.parse(request.POST.get("week", "")), on=on, by=by, scope=who.scope)
        return _("Moved.")
    if what == "release":
        actions.release_year_week(number, request.POST.get("reason", ""), on=on, by=by, scope=who.scope)
        return _("Released. The person is due again.")
    raise BadInput("form_incomplete")


def _done(request: HttpRequest, branch: str, act: Callable[[], str]) -> HttpResponse:
    """Back to the page with what was done, or with why not."""
    try:
        messages.success(request, act())
    except BankhallError as error:
        messages.error(request, say_error(error, language()))
    return redirect("branch-year", branch)
