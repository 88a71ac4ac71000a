"""The panel "What if" beside the plan, the list of questions and the page of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import PlanNames, RosterRef
from bankhall.apps.rosters.queries.what_ifs import WhatIfLine, WhatIfPage
from bankhall.kernel.errors import BadInput, Refused
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.week import Week
from bankhall.web.plans.compare import person_lines
from bankhall.web.plans.panels import names_of
from bankhall.web.plans.what_if_words import deltas, figure_deltas, notes_of, question_words, year_deltas
from bankhall.web.ui.lang import language
from bankhall.web.ui.running import run_beside
from bankhall.web.ui.visitor import visitor, visitor_who_may
from bankhall.wording.figures import day_title, moment
from bankhall.wording.say import say, say_error

Form = Mapping[str, str]


def changes_of(form: Form) -> list[dict[str, Any]]:
    """The filled fields of the form as changes; the door refuses what is not whole."""
    day = None if form.get("whole_week") else form.get("day") or None
    try:
        found = [*_about_people(form), *_about_opening(form, day), *_about_demand(form, day)]
    except ValueError as error:
        raise BadInput("form_incomplete") from error
    return found


def _about_people(form: Form) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if count := int(form.get("windows") or 0):
        span = {"start": parse_minutes(form["from"]), "end": parse_minutes(form["until"])}
        found.append({"kind": "windows", "day": form["day"], "count": count, "post_code": form["post"], **span})
    if ill := int(form.get("ill") or 0):
        found.append({"kind": "ill", "day": form["day"], "people": ill, "staff_nos": [], "post_code": ""})
    if people := int(form.get("for_good") or 0):
        found.append({"kind": "for_good", "people": people, "post_code": form["good_post"], "certificates": []})
    return found


def _about_opening(form: Form, day: str | None) -> list[dict[str, Any]]:
    names = ("opens", "closes", "lunch_from", "lunch_until")
    times = {name: parse_minutes(form[name]) if form.get(name) else None for name in names}
    return [{"kind": "hours", "day": day, **times}] if any(value is not None for value in times.values()) else []


def _about_demand(form: Form, day: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if form.get("promise"):
        wait = {"wait_minutes": float(form["promise"]), "share": None}
        found.append({"kind": "promise", "day": day, "service_code": form["promise_service"], **wait})
    if per_cent := float(form.get("demand") or 0):
        found.append({"kind": "demand", "day": day, "per_cent": per_cent, "service_code": ""})
    if share := float(form.get("moved") or 0):
        found.append({"kind": "moved", "day": day, "service_code": form["moved_service"], "share": share / 100})
    return found


@require_http_methods(["GET", "POST"])
def what_ifs(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """The questions about a week; POST asks one."""
    who = visitor_who_may(request, "see_plan", branch)
    if request.method == "POST":
        return _ask(request, branch, week)
    lines = rosters.what_ifs(who.scope, branch, Week.parse(week))
    page = rosters.branch_plan(who.scope, branch, Week.parse(week), on=settings.CLOCK.today())
    context = {
        "station": "plan", "branch": page.branch_name, "week": page.week, "synthetic": page.synthetic,
        "lines": [line_of(line, page.names) for line in lines], "back": reverse("branch-plan", args=[branch, week]),
    }  # fmt: skip
    return render(request, "plans/templates/what_if_list.html", context)


def _ask(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    who = visitor_who_may(request, "see_plan", branch)
    form = request.POST
    back = f"{reverse('branch-plan', args=[branch, week])}?day={form.get('day', '')}"
    try:
        ref = RosterRef(branch, Week.parse(week), int(form["version"]), int(form["edit"]))
        number = actions.ask_what_if(
            ref, changes_of(form), day=date.fromisoformat(form["day"]), by=who.person.actor, scope=who.scope,
            now=settings.CLOCK.now(), name=form.get("name", ""),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise BadInput("form_incomplete") from error
    except (BadInput, Refused) as error:
        messages.error(request, say_error(error, language()))
        return redirect(f"{back}#what-if")
    return redirect(f"{back}&what_if={number}#what-if")


def line_of(line: WhatIfLine, names: PlanNames) -> dict[str, Any]:
    """A question as a list shows it."""
    told = language()
    return {
        "url": reverse("what-if", args=[line.number]), "name": line.name, "version": line.ref.version,
        "questions": question_words(line.changes, names, told), "by": line.by_name.read(told), "put": line.put_version,
        "at": moment(timezone.localtime(line.at), told), "day": day_title(line.day, told), "date": line.day.isoformat(),
        "answered": line.answered,
        "ended": say(f"state.run.{line.ended}", told) if line.ended else "",
    }  # fmt: skip


def answer_context(page: WhatIfPage, then: str) -> dict[str, Any]:
    """A question with its answer, as the panel and its own page show it."""
    told, answer = language(), page.answer
    context: dict[str, Any] = {
        "line": line_of(page.line, page.names), "asked": page, "number": page.line.number,
        "running": run_beside(page.run, page.line.ref.branch_code, then) if page.run else None,
    }  # fmt: skip
    if answer is None:
        return context
    context |= {"notes": notes_of(answer, page.names, told)}
    if answer["kind"] == "year":
        return context | {"deltas": year_deltas(answer, told), "weeks": len(answer["weeks"])}
    names = names_of(page.names)
    codes = dict.fromkeys(row["service_code"] for row in answer["differences"] if row["service_code"])
    return context | {
        "deltas": deltas(answer, told) + figure_deltas(answer, told), "replications": answer["replications"],
        "services": [(names.service(c, told), deltas(answer, told, service_code=c, measures=MEASURED)) for c in codes],
        "people": person_lines(answer["roster"]["person_days"], page.names, told),
    }  # fmt: skip


MEASURED = ("wait_p50", "wait_p90", "kept_share", "left_share")


def beside(request: HttpRequest) -> dict[str, Any]:
    """The question that the plan's address names, for the panel; nothing when it names none."""
    number = request.GET.get("what_if", "")
    if not number.isdigit():
        return {}
    page = rosters.what_if(visitor(request).scope, int(number))
    return {"what_if_answer": answer_context(page, f"{request.get_full_path()}#what-if")}


@require_GET
def what_if(request: HttpRequest, number: int) -> HttpResponse:
    """One question: the link that is shared."""
    page = rosters.what_if(visitor(request).scope, number)
    ref = page.line.ref
    at = [ref.branch_code, str(ref.week)]
    context = {
        "found": answer_context(page, request.path), "synthetic": page.synthetic, "station": "plan",
        "list_url": reverse("what-ifs", args=at),
        "plan_url": f"{reverse('branch-plan', args=at)}?day={page.line.day.isoformat()}",
    }  # fmt: skip
    return render(request, "plans/templates/what_if_page.html", context)


@require_POST
def name(request: HttpRequest, number: int) -> HttpResponse:
    """Names a question."""
    who = visitor(request)
    actions.name_what_if(number, request.POST.get("name", ""), by=who.person.actor, scope=who.scope)
    return redirect("what-if", number)


@require_POST
def put(request: HttpRequest, number: int) -> HttpResponse:
    """Puts the answer's roster into the plan."""
    who = visitor(request)
    day = rosters.what_if(who.scope, number).line.day
    try:
        ref = actions.put_into_plan(number, by=who.person.actor, scope=who.scope)
    except Refused as error:
        messages.error(request, say_error(error, language()))
        return redirect("what-if", number)
    messages.success(
        request, _("It is in the draft, version %(number)s. Undo takes it back.") % {"number": ref.version}
    )
    return redirect(f"{reverse('branch-plan', args=[ref.branch_code, str(ref.week)])}?day={day.isoformat()}")
