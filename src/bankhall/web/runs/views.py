"""The timetable and the runs: who may see them, stop one, set an hour."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.runs import actions, queries
from bankhall.apps.runs.queries import Hour
from bankhall.apps.runs.states import OPEN, RunState
from bankhall.kernel.errors import BadInput, Refused
from bankhall.web.runs.shown import runs_context
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor, visitor_who_may
from bankhall.wording.say import say_error

STATES: dict[str, tuple[RunState, ...]] = {"open": OPEN, "failed": (RunState.FAILED,)}


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """The timetable above, the runs below, newest first."""
    who = visitor_who_may(request, "see_runs")
    get = request.GET
    state = get.get("state", "") if get.get("state", "") in STATES else ""
    before = get.get("before", "")
    found = queries.run_list(
        who.scope, kind=get.get("kind", "")[:60], states=STATES.get(state, ()),
        before_id=int(before) if before.isdecimal() and len(before) < 19 else 0,
    )  # fmt: skip
    context = runs_context(who, found, queries.timetable(local_now()), language(), edit=get.get("edit", ""))
    context |= {"state": state, "kind": get.get("kind", ""), "older_query": _older(request)}
    return render(request, "runs/templates/runs.html", context)


@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stops a run; whatever was there before it stays. That it has just ended is no mishap."""
    who = visitor(request)
    try:
        actions.cancel(run_id, by=who.person.actor, scope=who.scope)
        messages.success(request, _("It is being stopped."))
    except Refused as error:
        messages.info(request, say_error(error, language()))
    return redirect("runs")


@require_POST
def set_hour(request: HttpRequest, kind: str) -> HttpResponse:
    """Another hour for an entry."""
    who = visitor_who_may(request, "edit_timetable")
    actions.set_hour(kind, hour_of(request.POST), by=who.person.actor, scope=who.scope)
    messages.success(request, _("The timetable is changed."))
    return redirect("runs")


def hour_of(post: QueryDict) -> Hour:
    """The form as an hour."""
    try:
        at = time.fromisoformat(post.get("at", ""))
    except ValueError as error:
        raise BadInput("hour_unreadable") from error
    days = frozenset(int(day) for day in post.getlist("weekday") if day in "1234567" and len(day) == 1)
    ahead = post.get("catch_up_days", "")
    return Hour(at, days, int(ahead) if ahead.isdecimal() and len(ahead) < 4 else 0, bool(post.get("is_on")))


def local_now() -> datetime:
    """The site's clock, in the site's zone."""
    return settings.CLOCK.now().astimezone(ZoneInfo(settings.TIME_ZONE))


def _older(request: HttpRequest) -> str:
    """The search without its page, to hang the next page's id on."""
    query = request.GET.copy()
    query.pop("before", None)
    return query.urlencode()
