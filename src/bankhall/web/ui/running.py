"""Running work as pages show it: what, how far, Cancel; asked for while the page is seen."""

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.runs import actions as runs
from bankhall.apps.runs import queries
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor
from bankhall.wording.say import known, say, say_reason

OPEN = ("queued", "running")


class RunLike(Protocol):
    """A run as an app's page gives it."""

    @property
    def run_id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def per_cent(self) -> int: ...
    @property
    def message(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """What the part shows. `then_url` is where the answer stands."""

    code: int
    title: str
    words: str
    percent: int | None
    open: bool
    failed: bool
    url: str
    cancel_url: str
    then_url: str


def run_beside(run: RunLike, branch_code: str, then: str) -> Progress:
    """A run beside a page; one that ended well is not shown there (the page is its answer)."""
    del branch_code
    return progress_of(run.run_id, str(run.state), run.per_cent, (run.message, run.reason), then)


def progress_of(run_id: int, state: str, per_cent: int, said: tuple[str, str], then: str) -> Progress:
    """The part's values, in the reader's language."""
    query = urlencode({"then": then})
    message, reason = said
    words = _message(message) if state in OPEN else _reason(reason)
    title = _("Computing: %(n)s%%") % {"n": per_cent} if state == "running" else say(f"state.run.{state}", language())
    return Progress(
        run_id, title, words, per_cent, state in OPEN, state == "failed", f"{reverse('run', args=[run_id])}?{query}",
        f"{reverse('run-cancel', args=[run_id])}?{query}", then if state == "done" else "",
    )  # fmt: skip


def _message(message: str) -> str:
    return say(f"progress.{message}", language()) if known(f"progress.{message}") else ""


def _reason(reason: str) -> str:
    """Why it failed."""
    return say_reason(reason, language()) if reason else ""


def then_of(request: HttpRequest) -> str:
    """Where to go when it is done: only within the house."""
    then = request.GET.get("then", "/")
    return then if then.startswith("/") and not then.startswith("//") else "/"


@require_GET
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far it is."""
    who = visitor(request)
    page = queries.run_page(who.scope, run_id)
    shown = progress_of(page.run_id, str(page.state), page.per_cent, (page.message, page.reason), then_of(request))
    return render(request, "ui/templates/parts/progress.html", {"run": shown})


@require_POST
def cancel(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stops it; what was there before stays."""
    who = visitor(request)
    runs.cancel(run_id, by=who.person.actor, scope=who.scope)
    page = queries.run_page(who.scope, run_id)
    shown = progress_of(page.run_id, str(page.state), page.per_cent, (page.message, page.reason), then_of(request))
    return render(request, "ui/templates/parts/progress.html", {"run": shown})
