"""How quick one is at the same work: one's own page, and the branch's people for its manager, by name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.speeds import LEAST_VISITS, SpeedLine, SpeedsPage
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording import figures
from bankhall.wording.say import say


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Mine, what it is made of and what it is for."""
    who = visitor_who_may(request, "see_own_speed")
    page, tongue = rosters.own_speed(who.scope, settings.CLOCK.today()), language()
    (line,) = page.lines
    shown = _line(line, tongue)
    if page.first and page.last:
        shown["from"] = say("pace.from", tongue, n=line.visits, first=page.first, last=page.last)
    context = {"page": page, "one": shown, "branches": rosters.managed_branches(who.scope)}
    return render(request, "my/templates/pace.html", context)


@require_GET
def of_branch(request: HttpRequest, branch: str) -> HttpResponse:
    """Those of a branch's people, for its manager alone."""
    who = visitor_who_may(request, "see_speeds", branch)
    page, tongue = rosters.branch_speeds(who.scope, branch, settings.CLOCK.today()), language()
    context = {"page": page, "lines": [_line(line, tongue) for line in page.lines], "span": _span(page, tongue)}
    return render(request, "my/templates/branch_pace.html", context)


def _span(page: SpeedsPage, tongue: str) -> str:
    return say("pace.branch_from", tongue, first=page.first, last=page.last) if page.first and page.last else ""


def _line(line: SpeedLine, tongue: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": line.name.read(tongue), "visits": line.visits, "state": line.state}
    if line.state != "known":
        return shown | {"words": say(f"pace.{line.state}", tongue, n=line.visits, least=LEAST_VISITS)}
    beside = "alike"
    if line.high_minutes < line.mean_minutes:
        beside = "quicker"
    elif line.low_minutes > line.mean_minutes:
        beside = "slower"
    return shown | {
        "words": say(f"pace.{beside}", tongue), "minutes": line,
        "mean": say("pace.minutes", tongue, n=line.mean_minutes),
        "own": say("pace.minutes", tongue, n=line.own_minutes),
        "range": say("pace.range", tongue, low=line.low_minutes, high=line.high_minutes),
        "between": f"{figures.one(line.low_minutes)}{figures.DASH}{figures.one(line.high_minutes)}",
    }  # fmt: skip
