"""What the reader is asked today, and what they are to have seen: one press each."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.asks import AskLine
from bankhall.apps.rosters.states import AskState, LoanState
from bankhall.kernel.scope import Scope
from bankhall.web.my.asking import done
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.figures import day_title, span, week_span


def waiting_for(scope: Scope) -> dict[str, Any]:
    """Questions and changed versions that wait for the reader."""
    told = language()
    asks = [_question(one, told) for one in rosters.my_asks(scope, settings.CLOCK.today())]
    return {
        "questions": [one for one in asks if not one["agreed_at"]],
        "agreed": [one for one in asks if one["agreed_at"]],
        "changes": [
            {
                "number": one.number, "week": str(one.ref.week), "week_words": week_span(one.ref.week, told),
                "version": one.ref.version, "reason": one.reason,
            }
            for one in rosters.my_acknowledgements(scope)
        ],
    }  # fmt: skip


def _question(one: AskLine, language: str) -> dict[str, Any]:
    """`agreed_at`: when the reader said yes; `home_waits`: their own branch has still to agree."""
    agreed_at = one.answered_at if one.state == AskState.ACCEPTED else None
    return {
        "number": one.number, "by": one.by_name.read(language), "day": day_title(one.day, language),
        "when": span(one.start, one.end), "where": one.branch_name.read(language) or one.branch_code,
        "asked_at": f"{localtime(one.at):%H:%M}", "home_waits": one.loan == LoanState.TAKING_AGREED,
        "agreed_at": f"{localtime(agreed_at):%H:%M}" if agreed_at else "",
    }  # fmt: skip


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Yes or no to whoever asked."""
    who = visitor_who_may(request, "ask_for_oneself")
    accepted = request.POST.get("answer") == "yes"
    now, by = settings.CLOCK.now(), who.person.actor
    words = _("Taken back.") if request.POST.get("answer") == "back" else _("Thank you. The branch manager knows.")
    return done(
        request, lambda: actions.answer_ask(number, accepted, now=now, by=by, scope=who.scope), words, "my-roster"
    )


@require_POST
def acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    """The reader has seen the change."""
    who = visitor_who_may(request, "see_own_roster")
    now, by = settings.CLOCK.now(), who.person.actor

    def act() -> int | None:
        return actions.acknowledge_roster(number, now=now, by=by, scope=who.scope)

    return done(request, act, _noted, "my-roster")


def _noted(later: int | None) -> str:
    if later is None:
        return _("Noted.")
    words = _("Noted. Meanwhile the week was changed once more: please look at version %(version)s.")
    return words % {"version": later}
