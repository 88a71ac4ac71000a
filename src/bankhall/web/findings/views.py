"""The list of findings, and leaving one with a reason."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.findings import actions
from bankhall.apps.findings import queries as findings_
from bankhall.kernel.errors import BankhallError
from bankhall.web.findings.shown import list_context
from bankhall.web.ui.lang import back_to, language
from bankhall.web.ui.paging import page_links, page_number
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_error


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """The reader's branches, the last seen first; of one branch or kind when asked."""
    who = visitor_who_may(request, "see_findings")
    branch, kind, number = request.GET.get("branch", ""), request.GET.get("kind", ""), page_number(request)
    page = findings_.findings(who.scope, branch_code=branch, kind=kind, page=number)
    context = list_context(who, page, language(), settings.CLOCK.today()) | {"branch": branch, "kind": kind}
    return render(
        request, "findings/templates/findings.html", context | {"page": page_links(request, page.page, page.pages)}
    )


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Leaves a finding as it is, with a reason."""
    who = visitor_who_may(request, "plan_week")
    try:
        actions.dismiss(number, request.POST.get("reason", ""), by=who.person.actor, scope=who.scope)
        messages.success(request, _("Left, with the reason. It opens again when it is seen again."))
    except BankhallError as error:
        messages.error(request, say_error(error, language()))
    return back_to(request)
