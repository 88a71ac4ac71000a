"""The season pages, and asking for a new look ahead."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.web.season.shown import branch_context, list_context
from bankhall.web.ui.lang import back_to, language
from bankhall.web.ui.running import run_beside
from bankhall.web.ui.visitor import visitor_who_may


@require_GET
def branches(request: HttpRequest) -> HttpResponse:
    """Every branch's twelve weeks; who sees one branch alone goes to it."""
    who = visitor_who_may(request, "see_plan")
    page = rosters.season_list(who.scope, on=settings.CLOCK.today())
    if len(page.lines) == 1:
        return redirect("season-branch", page.lines[0].branch_code)
    return render(request, "season/templates/branches.html", list_context(page, language()))


@require_GET
def branch(request: HttpRequest, branch: str) -> HttpResponse:
    """One branch: which weeks cannot be staffed, and what would help."""
    who = visitor_who_may(request, "see_plan", branch)
    page = rosters.season_page(who.scope, branch)
    context = branch_context(page, language()) | {"sees_leave": who.may("see_leave_calendar", branch)}
    if page.run:
        context["progress"] = run_beside(page.run, branch, reverse("season-branch", args=[branch]))
    return render(request, "season/templates/branch.html", context)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Asks for a new look ahead of the named branches; each appears as it is ready."""
    who = visitor_who_may(request, "plan_week")
    for branch_code in request.POST.getlist("branch"):
        actions.request_season(branch_code, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now())
    return back_to(request)
