"""The page "Compare": two versions of a week, person by person and half hour by half hour."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.apps.rosters.queries.versions_beside import VersionsBeside
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week
from bankhall.web.plans.panels import names_of
from bankhall.web.plans.what_if_words import DeltaLine, delta, figure_deltas
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording import figures
from bankhall.wording.say import say
from bankhall.wording.sentences import Names, place, say_breach

Row = Mapping[str, Any]
NOT_KNOWN = (None, None)
"""A figure without an interval."""


@require_GET
def compare(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """From one version to another: `?from=2&to=3`; the two newest by default."""
    who = visitor_who_may(request, "see_plan", branch)
    before, after = (_version(request.GET.get(name, "")) for name in ("from", "to"))
    page = rosters.versions_beside(who.scope, branch, Week.parse(week), before, after)
    return render(request, "plans/templates/compare.html", context_of(page, language()))


def _version(told: str) -> int | None:
    if told and not told.isdigit():
        raise BadInput("form_incomplete")
    return int(told) if told else None


def context_of(page: VersionsBeside, language: str) -> dict[str, Any]:
    """Everything that the template reads."""
    names, found = names_of(page.names), page.comparison
    told = to_plain(found)
    return {
        "station": "plan", "page": page, "same": found.same,
        "back": reverse("branch-plan", args=[page.branch_code, str(page.week)]),
        "deltas": figure_deltas({"now": told["before"], "then": told["after"]}, language),
        "costs": [
            (say(f"compare.item_{c.item}", language), delta("cost_fen", c.before_fen, c.after_fen, NOT_KNOWN, language))
            for c in found.costs
        ],
        "people": person_lines(told["person_days"], page.names, language),
        "cover": [_cover(row, names, language) for row in told["cover"]],
        "gained": [_breach(breach, names, language) for breach in found.gained],
        "lost": [_breach(breach, names, language) for breach in found.lost],
        "waits": [_wait(row, names, language) for row in page.waits],
    }  # fmt: skip


def _wait(row: Any, names: Names, language: str) -> tuple[str, str, DeltaLine]:
    service = names.service(row.service_code, language) if row.service_code else say("what_if.all_services", language)
    return (
        figures.day_title(row.day, language), service,
        delta(row.measure, row.before, row.after, (None, None), language),
    )  # fmt: skip


def _breach(breach: Breach, names: Names, language: str) -> dict[str, str]:
    told = say_breach(breach, language, names)
    return {"title": told.title, "detail": told.detail}


def _cover(row: Row, names: Names, language: str) -> dict[str, Any]:
    change = row["after"] - row["before"]
    return {
        "day": figures.day_title(date.fromisoformat(row["business_date"]), language),
        "time": figures.clock(row["slot_start"]), "post": names.post(row["post_code"], language),
        "required": figures.NOTHING if row["required"] is None else row["required"],
        "before": row["before"], "after": row["after"],
        "change": f"+{change}" if change > 0 else f"{figures.MINUS}{-change}",
        "css": "u-act" if row["required"] is not None and row["after"] < row["required"] else "",
    }  # fmt: skip


def person_lines(person_days: Iterable[Row], names: PlanNames, language: str) -> list[dict[str, Any]]:
    """A person's date on both sides, what differs marked."""
    known = names_of(names)
    return [
        {
            "day": figures.day_title(date.fromisoformat(row["business_date"]), language),
            "who": known.person(row["staff_no"], language),
            "before": _stretches(row["before"], row["moved"], known, language),
            "after": _stretches(row["after"], row["moved"], known, language),
        }
        for row in person_days
    ]


def _stretches(rows: Sequence[Row], moved: Iterable[Row], names: Names, language: str) -> list[tuple[str, bool]]:
    """Each stretch in words, and whether the other side does not have it."""
    differ = list(moved)
    if not rows:
        return [(say("word.off", language), True)]
    return [(_stretch(row, names, language), row in differ) for row in rows]


def _stretch(row: Row, names: Names, language: str) -> str:
    where = place(row["kind"], row["code"], row["post_code"], language, names)
    return f"{figures.span(row['start'], row['end'])} {where}"
