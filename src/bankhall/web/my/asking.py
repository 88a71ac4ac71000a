"""Asking for leave, stating wishes, taking things back: forms to actions, and what the rules said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bankhall.apps.access.queries import Visitor
from bankhall.apps.people import queries as people
from bankhall.apps.people.actions import Asking
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.queries.requests import home_of, own_post, own_wishes
from bankhall.kernel.bank.roster import WishKind
from bankhall.kernel.errors import BadInput, BankhallError, Refused
from bankhall.kernel.minutes import parse_minutes
from bankhall.web.my.request_rows import balance_rows, nearest_of, own_rows, recorded_rows, spoken, wish_rows
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say, say_error

Said = TypeVar("Said")
KEPT = ("kind", "pays", "first", "last", "start", "end", "reason")


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a request that goes is made at once, one that does not comes back with why and the nearest day."""
    who = visitor_who_may(request, "ask_for_oneself")
    if request.method == "GET":
        return _form(request, who, {})
    try:
        asking = _asking(request.POST)
        found = actions.check_leave(asking, on=settings.CLOCK.today(), by=who.person.actor, scope=who.scope)
        anyway = bool(request.POST.get("anyway"))
        if found.findings and not anyway:
            return _form(request, who, {"findings": spoken(who, found.findings, language()),
                                        "nearest": nearest_of(found, language())})  # fmt: skip
        actions.ask_leave(
            asking, anyway=anyway, on=settings.CLOCK.today(), now=settings.CLOCK.now(), by=who.person.actor,
            scope=who.scope,
        )  # fmt: skip
    except (BadInput, Refused) as error:
        return _form(request, who, {"refused": say_error(error, language())}, status=422)
    messages.success(request, _("Asked. The answer comes here."))
    return redirect("my-requests")


def _asking(form: Mapping[str, str]) -> Asking:
    first, start, end = _day(form.get("first", "")), form.get("start", ""), form.get("end", "")
    last = _day(form["last"]) if form.get("last") else first
    span = (parse_minutes(start) if start else None, parse_minutes(end) if end else None)
    asking = Asking(form.get("kind", ""), first, last, *span, form.get("pays", ""), 0, form.get("reason", "")[:500])
    if not form.get("take"):
        return asking
    instead = _day(form["take"])
    return replace(asking, first=instead, last=instead + (last - first))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("date_unreadable", text=text) from error


def _form(request: HttpRequest, who: Visitor, said: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    kept = {name: request.POST.get(name, "") for name in KEPT} | {"pays": request.POST.get("pays", "leave")}
    if request.method == "GET":
        kept |= {"first": request.GET.get("first", "")}
    accounts = [(code, say(f"word.account_{code or 'none'}", language())) for code in ("leave", "comp", "")]
    context = {
        "station": "", "kept": kept, "accounts": accounts,
        "earliest": (settings.CLOCK.today() + timedelta(days=1)).isoformat(), "branch": home_of(who.scope),
        "post": own_post(who.scope),
    }  # fmt: skip
    return render(request, "my/templates/ask.html", context | dict(said), status=status)


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """States a wish, or takes it back."""
    who = visitor_who_may(request, "ask_for_oneself")
    kind, on, by = request.POST.get("wish", ""), settings.CLOCK.today(), who.person.actor

    if kind == "none":
        back = lambda: actions.take_back_wish(_day(request.POST.get("day", "")), on=on, by=by, scope=who.scope)  # noqa: E731
        return done(request, back, _("Taken back."), "my-requests")
    try:
        actions.state_wish(_day(request.POST.get("day", "")), cast("WishKind", kind), on=on, by=by, scope=who.scope)
    except (BadInput, Refused) as error:
        return _form(request, who, {"wish_refused": say_error(error, language()), "wished": request.POST}, status=422)
    messages.success(request, _("The wish is noted."))
    return redirect("my-requests")


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """What I asked for, and what became of it."""
    who = visitor_who_may(request, "ask_for_oneself")
    today = settings.CLOCK.today()
    context = {
        "station": "", "lines": own_rows(people.own_absences(who.scope), language(), today),
        "recorded": recorded_rows(people.recorded_absences(who.person.staff_no, today - timedelta(days=1)), language()),
        "wishes": wish_rows(own_wishes(who.scope, today), language()),
    }  # fmt: skip
    return render(request, "my/templates/requests.html", context)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a request back."""
    who = visitor_who_may(request, "ask_for_oneself")
    take = lambda: actions.withdraw_leave(number, on=settings.CLOCK.today(), by=who.person.actor, scope=who.scope)  # noqa: E731
    return done(request, take, _("Taken back."), "my-requests")


@require_GET
def balance(request: HttpRequest) -> HttpResponse:
    """What I have left, and what it is made of."""
    who = visitor_who_may(request, "ask_for_oneself")
    context = {"station": "", "accounts": balance_rows(people.balances(who.scope), language())}
    return render(request, "my/templates/balance.html", context)


def done(request: HttpRequest, act: Callable[[], Said], words: str | Callable[[Said], str], back: str) -> HttpResponse:
    """Back to the list with what was done (words that may hang on what the act says), or with why not."""
    try:
        said = act()
        messages.success(request, words if isinstance(words, str) else words(said))
    except BankhallError as error:
        messages.error(request, say_error(error, language()))
    return redirect(back)
