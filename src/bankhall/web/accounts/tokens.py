"""Tokens: a program asks the REST face in the name of whoever made its token. Shown once, withdrawn at any time."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bankhall.apps.access import actions
from bankhall.apps.access.actions import MadeToken
from bankhall.apps.access.queries import TokenLine, tokens_of
from bankhall.kernel.errors import BankhallError
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor
from bankhall.wording.say import say, say_error

DAYS = (30, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token as both pages list it."""

    line: TokenLine
    state: str
    css: str


def _choices() -> list[tuple[int, str]]:
    return [(n, say("count.days", language(), n=n)) for n in DAYS]


class TokenForm(forms.Form):
    """What a new token is called, how long it opens, and whether it may change anything."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=40,
        help_text=gettext_lazy("It stands in the audit trail beside your name."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"), coerce=int, initial=90, choices=_choices,
    )  # fmt: skip
    may_change = forms.BooleanField(label=gettext_lazy("It may also change what I may change"), required=False)


def shown(username: str) -> list[TokenShown]:
    """An account's tokens, newest first."""
    now = timezone.now()
    return [TokenShown(line, *_state(line, line.opens(now))) for line in tokens_of(username)]


def _state(line: TokenLine, opens: bool) -> tuple[str, str]:
    if line.withdrawn_at is not None:
        return _("withdrawn"), "act"
    return (_("valid"), "done") if opens else (_("expired"), "watch")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My tokens; POST makes one and shows its secret, this once."""
    who = visitor(request)
    form = TokenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if request.method == "POST" else 200)
    said = form.cleaned_data
    try:
        made = actions.make_token(
            said["name"], days=said["days"], read_only=not said["may_change"], now=timezone.now(),
            by=who.person.actor, scope=who.scope,
        )  # fmt: skip
    except BankhallError as error:
        form.add_error(None, say_error(error, language()))
        return _page(request, form, status=422)
    return _page(request, TokenForm(), made)


def _page(request: HttpRequest, form: TokenForm, made: MadeToken | None = None, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "made": made, "tokens": shown(visitor(request).person.username)}
    return render(request, "accounts/templates/tokens.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, token_id: int) -> HttpResponse:
    """Ends a token at once: one's own, or as the administrator."""
    who = visitor(request)
    actions.withdraw_token(token_id, now=timezone.now(), by=who.person.actor, scope=who.scope)
    messages.success(request, _("The token opens nothing any more."))
    owner = request.POST.get("of", "")
    return redirect("person", owner) if owner and who.may("manage_users") else redirect("my-tokens")
