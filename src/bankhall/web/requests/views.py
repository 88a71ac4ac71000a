"""A branch's requests. Each view: who may, one query or action, one template."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.access.queries import narrowed
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.calendar import leave_calendar
from bankhall.kernel.errors import BankhallError, NotFound
from bankhall.web.requests.shown import calendar_context, requests_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_error


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the reader's first branch."""
    who = visitor_who_may(request, "see_requests")
    codes = sorted(narrowed(who.scope, "see_requests"))
    if not codes:
        raise NotFound("branch", branch_code="")
    return redirect("branch-requests", codes[0])


@require_GET
def branch_requests(request: HttpRequest, branch: str) -> HttpResponse:
    """What waits, with what the days can bear, and what was answered."""
    who = visitor_who_may(request, "see_requests", branch)
    context = requests_context(who, branch, language()) | {"branch_name": network.branch(who.scope, branch).name}
    return render(request, "requests/templates/requests.html", context)


@require_GET
def calendar(request: HttpRequest, branch: str) -> HttpResponse:
    """Twelve weeks, for one post."""
    who = visitor_who_may(request, "see_leave_calendar", branch)
    try:
        first = date.fromisoformat(request.GET.get("first", ""))
    except ValueError:
        first = settings.CLOCK.today()
    page = leave_calendar(who.scope, branch, first=first)
    context = calendar_context(page, request.GET.get("post", ""), language(), settings.CLOCK.today())
    named = {"branch_name": network.branch(who.scope, branch).name, "sees_requests": who.may("see_requests", branch)}
    return render(request, "requests/templates/calendar.html", context | named)


@require_POST
def answer_leave(request: HttpRequest, branch: str, number: int) -> HttpResponse:
    """Granted or refused."""
    who = visitor_who_may(request, "answer_requests", branch)
    agreed, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "")
    now, on = settings.CLOCK.now(), settings.CLOCK.today()
    return _answered(request, branch, lambda: actions.answer_leave(
        number, agreed, reason=reason, on=on, now=now, by=who.person.actor, scope=who.scope
    ))  # fmt: skip


@require_POST
def answer_offer(request: HttpRequest, branch: str, number: int) -> HttpResponse:
    """Agreed to or refused."""
    who = visitor_who_may(request, "answer_requests", branch)
    agreed, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "")
    now, on = settings.CLOCK.now(), settings.CLOCK.today()
    return _answered(request, branch, lambda: actions.answer_offer(
        number, agreed, reason=reason, on=on, now=now, by=who.person.actor, scope=who.scope
    ))  # fmt: skip


def _answered(request: HttpRequest, branch: str, act: Callable[[], object]) -> HttpResponse:
    """Back to the list with what was done, or with why not."""
    try:
        act()
        messages.success(request, _("Answered."))
    except BankhallError as error:
        messages.error(request, say_error(error, language()))
    return redirect("branch-requests", branch)
