"""Shifts that are offered, taken and taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bankhall.apps.access.queries import Visitor
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import Offering
from bankhall.apps.rosters.queries.offers import offers_open_to, own_offers
from bankhall.apps.rosters.queries.requests import colleagues, own_shifts
from bankhall.kernel.errors import BadInput, NotFound, Refused
from bankhall.web.my.asking import done
from bankhall.web.my.request_rows import offer_rows, spoken
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.figures import day_title, listed, span
from bankhall.wording.say import say_error


@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest) -> HttpResponse:
    """What I could take, what I offered, and a form to offer; what no rule allows comes back with who could."""
    who = visitor_who_may(request, "ask_for_oneself")
    if request.method == "GET":
        return _page(request, who, {})
    on, by = settings.CLOCK.today(), who.person.actor
    said: dict[str, Any] = {}
    try:
        offering = _offering(request.POST)
        found = actions.check_offer(offering, on=on, by=by, scope=who.scope)
        once = {one.title: one for one in spoken(who, found.findings, language())}  # not for every half hour again
        said = {"findings": list(once.values()), "could": _names(who, found.could)}
        actions.offer_shift(offering, on=on, now=settings.CLOCK.now(), by=by, scope=who.scope)
    except (BadInput, Refused, NotFound) as error:
        return _page(request, who, {"refused": say_error(error, language()), **said}, status=422)
    messages.success(request, _("Offered."))
    return redirect("my-offers")


@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a colleague's shift."""
    who = visitor_who_may(request, "ask_for_oneself")
    on, now = settings.CLOCK.today(), settings.CLOCK.now()
    act = lambda: actions.take_offer(number, on=on, now=now, by=who.person.actor, scope=who.scope)  # noqa: E731
    return done(request, act, _("Taken. It stands once the branch manager has agreed."), "my-offers")


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Takes an offer back."""
    who = visitor_who_may(request, "ask_for_oneself")
    act = lambda: actions.withdraw_offer(number, by=who.person.actor, scope=who.scope)  # noqa: E731
    return done(request, act, _("Taken back."), "my-offers")


def _offering(form: Mapping[str, str]) -> Offering:
    try:
        back = date.fromisoformat(form["back"]) if form.get("back") else None
        return Offering(date.fromisoformat(form.get("day", "")), form.get("to", ""), back)
    except ValueError as error:
        raise BadInput("form_incomplete") from error


def _names(who: Visitor, staff_nos: tuple[str, ...]) -> str:
    names = dict(_colleagues(who))
    return listed([names.get(code, code) for code in staff_nos], language())


def _colleagues(who: Visitor) -> list[tuple[str, str]]:
    return [(code, name.read(language())) for code, name in colleagues(who.scope)]


def _page(request: HttpRequest, who: Visitor, said: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    today, others = settings.CLOCK.today(), _colleagues(who)
    names = dict(others) | {who.person.staff_no: who.person.name.read(language())}
    shifts = own_shifts(who.scope, today)
    context = {
        "station": "", "open": offer_rows(offers_open_to(who.scope, today), names, language()),
        "mine": offer_rows(own_offers(who.scope), names, language()), "colleagues": others,
        "shifts": [(s.day.isoformat(), f"{day_title(s.day, language())} {span(s.start, s.end)}") for s in shifts],
        "kept": {name: request.POST.get(name, request.GET.get(name, "")) for name in ("day", "to", "back")},
    }  # fmt: skip
    return render(request, "my/templates/offers.html", context | dict(said), status=status)
