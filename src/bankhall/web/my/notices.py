"""What I was told: the newest first, each a sentence and the way to what it is about. Opening one marks it as read."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bankhall.apps.access.queries import Visitor
from bankhall.apps.notices import actions, queries
from bankhall.apps.notices.queries import Called, NoticeLine, Settled
from bankhall.apps.notices.states import Outcome
from bankhall.kernel.errors import BadInput
from bankhall.web.my.notice_links import address_of
from bankhall.web.ui.lang import language
from bankhall.web.ui.paging import page_links, page_number
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.figures import day_title, moment, span
from bankhall.wording.say import say, say_error
from bankhall.wording.sentences import Names, say_notice


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The list; looking at it opens nothing."""
    who = visitor_who_may(request, "see_own_notices")
    page = queries.my_notices(who.scope, page=page_number(request))
    mine = who.person.actor.staff_no or who.person.actor.code
    context = {
        "station": "notices", "lines": [_shown(line, page.called, language(), mine) for line in page.lines],
        "pager": page_links(request, page.page, page.pages),
        "waiting": say("count.unread", language(), n=page.unread) if page.unread else "",
    }  # fmt: skip
    return render(request, "my/templates/notices.html", context)


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Marks one as read and goes to what it is about; or marks all and stays."""
    who = visitor_who_may(request, "see_own_notices")
    number = request.POST.get("notice", "")
    if not number.isdecimal():
        actions.open_all(by=who.person.actor, scope=who.scope)
        messages.success(request, _("All marked as read."))
        return redirect("my-notices")
    line = queries.my_notice(who.scope, int(number[:18]))
    actions.open_notices([line.notice_id], by=who.person.actor, scope=who.scope)
    return redirect(address_of(line, who))


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """What I also get by mail; what the bank always sends is said and cannot be switched off."""
    who = visitor_who_may(request, "see_own_notices")
    if request.method == "GET":
        return _choices(request, who, {})
    form = request.POST
    try:
        actions.choose(
            by_mail=bool(form.get("by_mail")), topics=form.getlist("topic"), address=form.get("address", "")[:200],
            by=who.person.actor, scope=who.scope,
        )  # fmt: skip
    except BadInput as error:
        refused = {"refused": say_error(error, language()), "kept": form.get("address", "")}
        return _choices(request, who, refused, status=422)
    messages.success(request, _("Kept. It holds from the next notice on."))
    return redirect("my-notice-settings")


def _choices(request: HttpRequest, who: Visitor, said: dict[str, Any], *, status: int = 200) -> HttpResponse:
    page, words = queries.my_channels(who.scope), language()
    mark = "、" if words.startswith("zh") else ", "
    context = {
        "station": "notices", "page": page, "kept": page.address, "quiet": span(*page.quiet) if any(page.quiet) else "",
        "topics": [(name, say(f"topic.{name}", words), chosen) for name, chosen in page.topics],
        "always": [say(f"always.{kind}", words) for kind in page.always], "domains": mark.join(page.domains),
        "groups": mark.join(say(f"channel.{name}", words) for name in page.groups),
    }  # fmt: skip
    return render(request, "my/templates/notice_settings.html", context | said, status=status)


def names_of(called: Called) -> Names:
    """The table that sentences are made with."""
    return Names(staff=called.staff, branches=called.branches, posts=called.posts)


def _shown(line: NoticeLine, called: Called, language: str, mine: str) -> dict[str, Any]:
    posted = timezone.localtime(line.posted_at)
    return {
        "id": line.notice_id, "words": say_notice(line.kind, line.facts, language, names_of(called)),
        "unread": line.waits, "urgent": line.urgent and line.settled is None,
        "settled": _settled(line.settled, called, language, mine) if line.settled else "",
        "when": _when(line.posted_at, language), "day": day_title(posted.date(), language),
        "iso": posted.isoformat(timespec="minutes"),
    }  # fmt: skip


def _settled(end: Settled, called: Called, language: str, mine: str) -> str:
    """Who dealt with it meanwhile, and when."""
    by_me = end.by == mine and end.outcome != Outcome.LAPSED
    code = f"settled.{end.outcome}_by_you" if by_me else f"settled.{end.outcome}"
    return say(code, language, who=names_of(called).person(end.by, language), when=_when(end.at, language))


def _when(at: datetime, language: str) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == settings.CLOCK.today() else moment(local, language)
