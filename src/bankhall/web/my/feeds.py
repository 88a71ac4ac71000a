"""A calendar that stays up to date: a link that nobody can guess, made and withdrawn by whose shifts it shows."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bankhall.apps.access.queries import may, scope_of
from bankhall.apps.identity.queries import person_named
from bankhall.apps.notices import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.documents.calendars import icalendar_bytes
from bankhall.kernel.errors import NotFound
from bankhall.web.my.shown import shifts_of
from bankhall.web.ui.downloads import CALENDAR
from bankhall.web.ui.visitor import client_address, visitor_who_may


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Makes a link and shows it this once, or withdraws the one that is in use."""
    who = visitor_who_may(request, "see_own_roster")
    if request.POST.get("do") == "withdraw":
        actions.withdraw_link(now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope)
        messages.success(request, _("Withdrawn. The link opens nothing any more."))
        return redirect("my-roster")
    secret = actions.make_link(now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope)
    url = request.build_absolute_uri(reverse("feed", args=[secret]))
    return render(
        request, "my/templates/feed.html", {"station": "", "url": url, "subscribe": f"webcal:{url.partition(':')[2]}"}
    )


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The published shifts of whom the link speaks for, without signing in; 404 for a link that opens nothing."""
    username = actions.read_feed(secret, address=client_address(request), now=timezone.now())
    person, today = person_named(username), settings.CLOCK.today()
    scope = scope_of(person, today)
    if not (person.is_active and person.staff_no and may(scope, "see_own_roster")):
        raise NotFound("page_not_found")
    pages = rosters.my_coming_weeks(scope, today)
    with translation.override(person.language):
        shifts = tuple(shift for page in pages for shift in shifts_of(page, person.language))
    made_at = max((page.published_at for page in pages if page.published_at), default=settings.CLOCK.now())
    zone = pages[0].zone if pages else settings.TIME_ZONE
    body = icalendar_bytes(person.name.read(person.language), shifts, zone=zone, made_at=made_at)
    return HttpResponse(body, content_type=CALENDAR, headers={"Cache-Control": "no-store"})
