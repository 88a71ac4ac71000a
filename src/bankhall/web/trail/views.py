"""The audit trail for those who may read it, and the button that checks it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import Asked, trail, verify
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.web.trail.rows import table_of, verdict_rows
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import codes_saying

SEE = action_name("trail.see", only_looks=True)
VERIFY = action_name("trail.verify", only_looks=True)


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Newest first, by branch, person, act or what it was done to.

    Reading it is recorded too, once a search and not for every page on.
    """
    who = visitor_who_may(request, "see_audit")
    asked = _asked(request)
    if not asked.before_id:
        audit.look(SEE, by=who.person.actor, scope=who.scope, reason=request.GET.urlencode()[:500])
    context = {
        "table": table_of(trail(who.scope, asked), language()),
        "asked": asked,
        "act": _text(request, "act"),
        "branches": [(node.node_code, node.name.read(language())) for node in network.branches(who.scope)],
        "may_verify": who.may("verify_audit"),
        "older_query": _older(request),
    }
    return render(request, "trail/templates/trail.html", context)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Checks the whole trail and says what it found."""
    who = visitor_who_may(request, "verify_audit")
    verdict = verify()
    with audit.act(VERIFY, by=who.person.actor, scope=who.scope) as act:
        act.note(after={"whole": verdict.whole, "lines": verdict.lines, "faults": len(verdict.faults)})
    context = {"verdict": verdict_rows(verdict, language()), "may_see": who.may("see_audit")}
    return render(request, "trail/templates/verdict.html", context)


def _asked(request: HttpRequest) -> Asked:
    before = request.GET.get("before", "")
    return Asked(
        branch_code=_text(request, "branch"),
        before_id=int(before) if before.isdigit() and len(before) < 19 else 0,
        names=codes_saying("act", act) if (act := _text(request, "act")) else None,
        person=_text(request, "person"),
        about=_text(request, "about"),
    )


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:60]


def _older(request: HttpRequest) -> str:
    """The search without its page, to hang the next page's id on."""
    query = request.GET.copy()
    query.pop("before", None)
    return query.urlencode()
