"""Attendance: the page, and what a branch manager enters by hand."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.network import queries as network
from bankhall.apps.people import actions as people
from bankhall.apps.rosters import queries as rosters
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.week import Week
from bankhall.web.day.attending import attendance_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_error


@require_GET
def attendances(request: HttpRequest) -> HttpResponse:
    """The first branch within reach."""
    who = visitor_who_may(request, "see_metrics")
    branches = network.branches(who.scope)
    if not branches:
        raise NotFound("branches_none")
    return redirect("attendance", branches[0].node_code)


@require_GET
def attendance(request: HttpRequest, branch: str) -> HttpResponse:
    """One branch's week, one day of it, and the four weeks behind."""
    who = visitor_who_may(request, "see_metrics", branch)
    told = request.GET.get("week", "")
    page = rosters.attendance_page(
        who.scope, branch, week=Week.parse(told) if told else None, day=_day(request.GET.get("day", "")),
        on=settings.CLOCK.today(),
    )  # fmt: skip
    context = attendance_context(page, language())
    context["branches"] = [(node.node_code, node.name) for node in network.branches(who.scope)]
    return render(request, "day/templates/attendance.html", context)


@require_POST
def enter(request: HttpRequest, branch: str) -> HttpResponse:
    """Keeps when somebody came and left."""
    who = visitor_who_may(request, "mark_attendance", branch)
    form = request.POST
    try:
        day = date.fromisoformat(form["day"])
        came, left = parse_minutes(form["came"]), parse_minutes(form["left"]) if form.get("left") else None
        entry = people.Attending(form["staff_no"], branch, day, came, left)
    except (KeyError, ValueError) as error:
        raise BadInput("form_incomplete") from error
    try:
        people.mark_attendance(entry, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now())
        messages.success(request, _("Kept."))
    except (BadInput, NotFound) as error:
        messages.error(request, say_error(error, language()))
    return _back(branch, day)


@require_POST
def remove(request: HttpRequest, branch: str) -> HttpResponse:
    """Takes the record of a person's day out."""
    who = visitor_who_may(request, "mark_attendance", branch)
    staff_no, day = request.POST.get("staff_no", ""), _day(request.POST.get("day", ""))
    if not staff_no or day is None:
        raise BadInput("form_incomplete")
    try:
        people.remove_attendance(staff_no, branch, day, by=who.person.actor, scope=who.scope)
        messages.success(request, _("Removed. The trail keeps what stood there."))
    except NotFound as error:
        messages.error(request, say_error(error, language()))
    return _back(branch, day)


def _back(branch: str, day: date) -> HttpResponse:
    return redirect(f"{reverse('attendance', args=[branch])}?week={Week.of(day)}&day={day.isoformat()}#people")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
