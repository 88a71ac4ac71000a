"""The branch plan's addresses. Each view: who may, one query or action, one template."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bankhall.apps.access.queries import Visitor
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import PlanPage, RosterRef
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.week import Week
from bankhall.web.plans.cells import cell_context
from bankhall.web.plans.context import plan_context
from bankhall.web.plans.edits import apply_edit
from bankhall.web.plans.people_rows import Cell
from bankhall.web.plans.slots import slot_context
from bankhall.web.plans.what_if import beside
from bankhall.web.ui.lang import language
from bankhall.web.ui.reviews import reviews_shown
from bankhall.web.ui.visitor import visitor, visitor_who_may
from bankhall.wording.say import say, say_error

SIGNED = {"propose": actions.propose, "confirm": actions.confirm, "approve": actions.approve}


def ref_of(request: HttpRequest, branch: str, week: str) -> RosterRef:
    """The version and edit that the page was drawn from; the action refuses an old one."""
    given = request.POST or request.GET
    try:
        return RosterRef(branch, Week.parse(week), int(given["version"]), int(given["edit"]))
    except (KeyError, ValueError) as error:
        raise BadInput("form_incomplete") from error


def page_of(request: HttpRequest, branch: str, week: str, day: date | None) -> PlanPage:
    """The page as the door gives it."""
    who = visitor_who_may(request, "see_plan", branch)
    return rosters.branch_plan(who.scope, branch, Week.parse(week), day=day, on=settings.CLOCK.today())


def day_of(text: str) -> date | None:
    """A day of the address; none or nonsense is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@require_GET
def week(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """The week, on one of its days."""
    page = page_of(request, branch, week, day_of(request.GET.get("day", "")))
    waiting = rosters.awaiting_review(visitor(request).scope, branch, page.week)
    context = plan_context(page, language()) | beside(request) | {"reviews": reviews_shown(waiting, language())}
    return render(request, "plans/templates/week.html", context)


@require_POST
def edit(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """One change by hand: the fragment comes back checked, with what may be undone."""
    who = visitor_who_may(request, "edit_roster", branch)
    ref = ref_of(request, branch, week)
    refused = ""
    focus, toast = request.POST.get("key", ""), ""
    try:
        focus, toast = apply_edit(request.POST, ref, by=who.person.actor, scope=who.scope)
    except (Refused, BadInput) as error:
        refused = say_error(error, language())
    page = page_of(request, branch, week, day_of(request.POST.get("day", "")))
    context = plan_context(page, language(), focus=focus, toast=toast, refused=refused)
    template = "plans/templates/plan.html" if request.headers.get("HX-Request") else "plans/templates/week.html"
    return render(request, template, context)


@require_GET
def cell(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """Why somebody stands there, and what can be changed about it; or why a half hour has the people it has."""
    who = visitor_who_may(request, "see_plan", branch)
    where = Cell.parse(request.GET.get("key", ""))
    page = page_of(request, branch, week, where.day)
    if page.ref is None:
        raise Refused("roster_missing")
    if where.is_slot:
        found = actions.why_slot(who.scope, page.ref, day=where.day, minute=where.start, post_code=where.post_code)
        return render(request, "plans/templates/cell.html", slot_context(page, where, found, language()))
    facts = actions.why(who.scope, page.ref, staff_no=where.staff_no, day=where.day, minute=where.start)
    return render(request, "plans/templates/cell.html", cell_context(page, where, facts, language()))


@require_POST
def solve(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """Asks for a plan, around what is locked; the page shows how far it is."""
    who = visitor_who_may(request, "plan_week", branch)
    actions.request_plan(branch, Week.parse(week), by=who.person.actor, scope=who.scope, now=settings.CLOCK.now())
    return back(request, branch, week)


@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """Whether the waits of a changed roster are there; asked for again by hand when they could not be computed."""
    if request.method == "POST":
        who = visitor_who_may(request, "edit_roster", branch)
        actions.request_proof(ref_of(request, branch, week), by=who.person.actor, scope=who.scope)
    page = page_of(request, branch, week, day_of((request.POST or request.GET).get("day", "")))
    if page.proof_stale:
        return render(request, "plans/templates/proof.html", plan_context(page, language()))
    context = plan_context(page, language(), focus=request.GET.get("focus", ""))
    answer = render(request, "plans/templates/plan.html", context)
    answer.headers["HX-Retarget"] = "#plan"
    return answer


@require_POST
def accept(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """Takes an answer that came after the roster was changed by hand."""
    who = visitor_who_may(request, "plan_week", branch)
    run_id = int(request.POST.get("run", "0") or 0)
    actions.accept_answer(run_id, by=who.person.actor, scope=who.scope, now=settings.CLOCK.now())
    return back(request, branch, week)


def take(step: str, ref: RosterRef, reason: str, who: Visitor) -> None:
    """Asks the action of a step."""
    by, scope, now = who.person.actor, who.scope, settings.CLOCK.now()
    if step == "reject":
        actions.reject(ref, reason, by=by, scope=scope, now=now)
    elif step == "publish":
        actions.publish(ref, reason=reason, by=by, scope=scope, now=now)
    elif step in SIGNED:
        SIGNED[step](ref, by=by, scope=scope, now=now)
    else:
        raise NotFound("page_not_found")


@require_POST
def step(request: HttpRequest, branch: str, week: str, step: str) -> HttpResponse:
    """One step on the way to the wall. What is refused is said on the page itself."""
    who = visitor_who_may(request, "see_plan", branch)
    ref, reason = ref_of(request, branch, week), request.POST.get("reason", "").strip()
    try:
        take(step, ref, reason, who)
    except (Refused, NotAllowed) as error:
        page = page_of(request, branch, week, day_of(request.POST.get("day", "")))
        status = 409 if isinstance(error, Refused) else 403
        context = plan_context(page, language(), refused=say_error(error, language()))
        return render(request, "plans/templates/week.html", context, status=status)
    messages.success(request, say(f"done.{step}", language(), version=ref.version))
    return back(request, branch, week)


def back(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """To the week, on the day that was shown."""
    day = day_of(request.POST.get("day", ""))
    url = reverse("branch-plan", args=[branch, week])
    return redirect(f"{url}?day={day.isoformat()}" if day else url)
