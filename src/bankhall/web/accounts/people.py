"""Accounts and their grants, for the administrator."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from bankhall.apps.access import actions
from bankhall.apps.access.queries import Visitor, grants_of
from bankhall.apps.identity import queries
from bankhall.kernel.errors import BankhallError
from bankhall.web.accounts.people_forms import AccountForm, EndForm, GrantForm, NewPasswordForm
from bankhall.web.accounts.tokens import shown as tokens_shown
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_error


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Every account, by name; closed ones too."""
    visitor_who_may(request, "manage_users")
    return _people(request, AccountForm())


@sensitive_post_parameters("password")
@require_POST
def open_account(request: HttpRequest) -> HttpResponse:
    """A new account, without any right yet."""
    who = visitor_who_may(request, "manage_users")
    form = AccountForm(request.POST)
    if not _done(form, lambda: actions.open_account(form.account(), by=who.person.actor, scope=who.scope)):
        return _people(request, form, status=422)
    messages.success(request, _("The account is open. It has no role yet."))
    return redirect("person", form.account().username)


@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One account with its grants."""
    visitor_who_may(request, "manage_users")
    return _person(request, username)


@require_POST
def grant(request: HttpRequest, username: str) -> HttpResponse:
    """A role over a node, from a day to a day."""
    who = visitor_who_may(request, "manage_users")
    form = GrantForm(request.POST)
    return _answer(request, username, form, lambda: _grant(who, username, form))


@require_POST
def end_grant(request: HttpRequest, username: str, grant_id: int) -> HttpResponse:
    """The last day of a grant."""
    who = visitor_who_may(request, "manage_users")
    form = EndForm(request.POST)
    end = lambda: actions.revoke(grant_id, last_day=form.day(), by=who.person.actor, scope=who.scope)  # noqa: E731
    return _answer(request, username, form, end)


@sensitive_post_parameters("password")
@require_POST
def set_password(request: HttpRequest, username: str) -> HttpResponse:
    """A new password for somebody who lost theirs."""
    who = visitor_who_may(request, "manage_users")
    form = NewPasswordForm(request.POST)
    change = lambda: actions.set_password(username, form.value(), by=who.person.actor, scope=who.scope)  # noqa: E731
    return _answer(request, username, form, change)


@require_POST
def close_account(request: HttpRequest, username: str) -> HttpResponse:
    """Closes an account and ends its sessions."""
    who = visitor_who_may(request, "manage_users")
    actions.close_account(username, by=who.person.actor, scope=who.scope)
    return redirect("person", username)


def _grant(who: Visitor, username: str, form: GrantForm) -> object:
    wish = form.wish()
    return actions.grant(
        username, wish.role, wish.node_code, valid_from=wish.valid_from, valid_until=wish.valid_until,
        by=who.person.actor, scope=who.scope,
    )  # fmt: skip


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether a valid form was acted upon; a refusal stands at the form, in words."""
    if not form.is_valid():
        return False
    try:
        act()
    except BankhallError as error:
        form.add_error(None, say_error(error, language()))
        return False
    return True


def _answer(request: HttpRequest, username: str, form: Form, act: Callable[[], object]) -> HttpResponse:
    if not _done(form, act):
        return _person(request, username, form, status=422)
    messages.success(request, _("Done."))
    return redirect("person", username)


def _people(request: HttpRequest, form: AccountForm, *, status: int = 200) -> HttpResponse:
    search = request.GET.get("search", "").strip()[:60]
    context = {"people": queries.people(search), "search": search, "form": form}
    return render(request, "accounts/templates/people.html", context, status=status)


def _person(request: HttpRequest, username: str, wrong: Form | None = None, *, status: int = 200) -> HttpResponse:
    """The forms of the page, of which `wrong` is shown with what was wrong."""
    forms: dict[str, Form] = {"grant_form": GrantForm(), "password_form": NewPasswordForm()}
    if wrong is not None:
        forms["password_form" if isinstance(wrong, NewPasswordForm) else "grant_form"] = wrong
    held = [(line, EndForm(auto_id=f"end{line.grant_id}_%s")) for line in grants_of(username)]
    context = {"of": queries.person_named(username), "grants": held, "tokens": tokens_shown(username), **forms}
    return render(request, "accounts/templates/person.html", context, status=status)
