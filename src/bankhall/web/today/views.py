"""A branch's today. Each view: who may, one query or action, one template."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.access.queries import Visitor, narrowed
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.errors import BankhallError, NotFound
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.week import Week
from bankhall.web.today.shown import today_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_error


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the reader's first branch."""
    who = visitor_who_may(request, "see_plan")
    codes = sorted(narrowed(who.scope, "see_plan"))
    if not codes:
        raise NotFound("branch", branch_code="")
    return redirect("branch-today", codes[0])


@require_GET
def today(request: HttpRequest, branch: str) -> HttpResponse:
    """Who is there and who is missing; for who runs the branch, what to do about it."""
    who = visitor_who_may(request, "see_plan", branch)
    page = rosters.today_page(who.scope, branch, settings.CLOCK.now())
    return render(request, "today/templates/today.html", today_context(page, language(), request.path))


@require_POST
def mark(request: HttpRequest, branch: str) -> HttpResponse:
    """Somebody is missing, or late until a time."""
    form = request.POST

    def act(who: Visitor, key: UUID | None) -> None:
        until = parse_minutes(form["until"]) if form.get("until") else None
        actions.mark_missing(
            branch, form.get("staff_no", ""), form.get("kind", ""), until, now=settings.CLOCK.now(),
            by=who.person.actor, scope=who.scope, key=key,
        )  # fmt: skip

    return _done(request, branch, act, _("Marked. The rest of the day is being planned anew."))


@require_POST
def take_back(request: HttpRequest, branch: str, number: int) -> HttpResponse:
    """They are there after all."""

    def act(who: Visitor, _key: UUID | None) -> None:
        actions.take_back_missing(number, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope)

    return _done(request, branch, act, _("Taken back."))


@require_POST
def propose(request: HttpRequest, branch: str) -> HttpResponse:
    """Computes the proposal anew."""

    def act(who: Visitor, _key: UUID | None) -> None:
        actions.propose_again(branch, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope)

    return _done(request, branch, act, _("The rest of the day is being planned anew."))


@require_POST
def ask(request: HttpRequest, branch: str) -> HttpResponse:
    """Asks one person to come."""
    staff_no = request.POST.get("staff_no", "")

    def act(who: Visitor, key: UUID | None) -> None:
        actions.ask_to_come(branch, staff_no, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope, key=key)

    return _done(request, branch, act, _("Asked. The answer comes here."), "#come")


@require_POST
def withdraw(request: HttpRequest, branch: str, number: int) -> HttpResponse:
    """Takes a question back."""

    def act(who: Visitor, _key: UUID | None) -> None:
        actions.withdraw_ask(number, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope)

    return _done(request, branch, act, _("Taken back."), "#come")


@require_POST
def publish(request: HttpRequest, branch: str, number: int) -> HttpResponse:
    """Publishes the proposal."""
    reason = request.POST.get("reason", "")[:300]

    def act(who: Visitor, key: UUID | None) -> None:
        actions.publish_today(number, reason, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope, key=key)

    return _done(request, branch, act, _("Published. Everybody whose day changed was told."))


@require_POST
def review(request: HttpRequest, branch: str, week: str, version: int) -> HttpResponse:
    """The supervisor confirms a version that was published the same day."""

    def act(who: Visitor, _key: UUID | None) -> None:
        ref = RosterRef(branch, Week.parse(week), version, 0)
        reason = request.POST.get("reason", "")[:300]
        actions.review_today(ref, now=settings.CLOCK.now(), by=who.person.actor, scope=who.scope, reason=reason)

    return _done(request, branch, act, _("Confirmed."))


def _done(
    request: HttpRequest, branch: str, act: Callable[[Visitor, UUID | None], None], words: str, place: str = ""
) -> HttpResponse:
    """Back to the page with what was done, or with why not."""
    who = visitor_who_may(request, "see_plan", branch)
    try:
        act(who, _key_of(request))
        messages.success(request, words)
    except BankhallError as error:
        messages.error(request, say_error(error, language()))
    return redirect(f"{redirect('branch-today', branch).url}{place}")


def _key_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
