"""The business calendar: a year of days with their source; a year can be loaded, a day set by hand."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.imports import actions
from bankhall.apps.network import queries as network
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import DAY_KINDS, CalendarDay
from bankhall.kernel.errors import BadInput
from bankhall.web.settings_pages.months import months_of
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import word


def year_of(text: str) -> int:
    """The year of the address, else this one."""
    return int(text) if text.isdecimal() and 2000 <= int(text) <= 2100 else settings.CLOCK.today().year


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A year, month by month."""
    who = visitor_who_may(request, "see_network")
    year = network.calendar_year(who.scope, year_of(request.GET.get("year", "")))
    context = {
        "station": "records", "year": year, "months": months_of(year, language()),
        "special": [day for day in year.days if day.kind in ("holiday", "makeup_workday") or day.markers],
        "kinds": [(kind, word(kind, language())) for kind in DAY_KINDS], "may_edit": who.may("edit_calendar"),
        "may_see_audit": who.may("see_audit"), "before": year.year - 1, "after": year.year + 1,
    }  # fmt: skip
    return render(request, "settings_pages/templates/calendar.html", context)


@require_POST
def load_year(request: HttpRequest) -> HttpResponse:
    """Brings in a year that the house knows."""
    who = visitor_who_may(request, "edit_calendar")
    year = year_of(request.POST.get("year", ""))
    actions.load_calendar_year(year, by=who.person.actor, scope=who.scope)
    return redirect(f"{reverse('calendar')}?year={year}")


@require_POST
def edit_day(request: HttpRequest) -> HttpResponse:
    """Sets one date, with its source."""
    who = visitor_who_may(request, "edit_calendar")
    day = day_of(request)
    actions.edit_calendar_day(day, by=who.person.actor, scope=who.scope)
    return redirect(f"{reverse('calendar')}?year={day.date.year}")


def day_of(request: HttpRequest) -> CalendarDay:
    """The form as a record."""
    post = request.POST
    try:
        when = date.fromisoformat(post.get("date", ""))
    except ValueError as error:
        raise BadInput("date_unreadable", text=post.get("date", "")) from error
    kind = post.get("kind", "")
    if kind not in DAY_KINDS:
        raise BadInput("form_incomplete")
    markers = tuple(part for part in post.get("markers", "").replace(",", " ").split() if part)
    name = Bilingual(post.get("name_zh", "").strip(), post.get("name_en", "").strip())
    return CalendarDay(when, kind, name, markers, "", post.get("source", "").strip())
