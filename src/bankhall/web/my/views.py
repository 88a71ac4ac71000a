"""My roster, and the same for a calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bankhall.apps.notices import queries as notices
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import MyRoster
from bankhall.documents.calendars import icalendar_bytes
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week
from bankhall.web.my.answering import waiting_for
from bankhall.web.my.shown import loans_shown, roster_context, shifts_of
from bankhall.web.my.why import answer_of
from bankhall.web.ui.downloads import CALENDAR, download
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor, visitor_who_may


def mine(request: HttpRequest) -> MyRoster:
    """The reader's week: the one asked for, else this week's."""
    who = visitor_who_may(request, "see_own_roster")
    try:
        week = Week.parse(request.GET.get("week", ""))
    except BadInput:
        week = Week.of(settings.CLOCK.today())
    return rosters.my_roster(who.scope, week)


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """When and where I work."""
    page, today = mine(request), settings.CLOCK.today()
    loans = rosters.my_loans(visitor(request).scope, on=today)
    context = roster_context(page, language(), today) | {"asked": loans_shown(loans, language())}
    context["answer"] = answer_of(request, visitor(request), page, language(), today)
    context |= waiting_for(visitor(request).scope) | {"feed": notices.feed_link(visitor(request).scope)}
    return render(request, "my/templates/roster.html", context)


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The week as an iCalendar file."""
    page = mine(request)
    made_at = page.published_at or settings.CLOCK.now()
    body = icalendar_bytes(page.name.read(language()), shifts_of(page, language()), zone=page.zone, made_at=made_at)
    return download(body, f"roster-{page.week}.ics", CALENDAR)
