"""Signing in and out, and one's own password. The session is Django's; who may come in is `identity`'s to say."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bankhall.apps.identity import actions, queries
from bankhall.kernel.errors import BadInput, BankhallError, NotAllowed, Refused
from bankhall.web.accounts.forms import PasswordForm, SignInForm
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import client_address, visitor, visitor_or_none
from bankhall.wording.say import say_error

STATUS = {NotAllowed: 403, Refused: 429, BadInput: 422}


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. A wrong name, a wrong password and a closed account are told alike."""
    form = SignInForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _door(request, form, status=422 if request.method == "POST" else 200)
    claim = form.claim()
    try:
        somebody = actions.sign_in(claim.username, claim.password, address=client_address(request))
    except BankhallError as error:
        form.add_error(None, say_error(error, language()))
        return _door(request, form, status=STATUS.get(type(error), 400))
    return _enter(request, somebody)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    who = visitor_or_none(request)
    if who is not None:
        actions.sign_out(who.person)
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; the other sessions of the account end."""
    form = PasswordForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/templates/password.html", {"form": form})
    wish = form.wish()
    try:
        actions.change_password(visitor(request).person, wish.old, wish.new)
    except BankhallError as error:
        form.add_error("new" if isinstance(error, BadInput) else "old", say_error(error, language()))
        return render(request, "accounts/templates/password.html", {"form": form}, status=422)
    _keep_this_session(request)
    messages.success(request, _("The password was changed."))
    return HttpResponseRedirect("/")


def _door(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/templates/sign_in.html", context, status=status)


def _enter(request: HttpRequest, somebody: queries.Person) -> HttpResponse:
    """A new session key, the account's language unless this device has chosen one, and the page that was asked for."""
    login(request, queries.account(somebody.user_id), backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(wanted if safe else "/")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, somebody.language, max_age=365 * 86400, httponly=True, samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )  # fmt: skip
    return answer


def _keep_this_session(request: HttpRequest) -> None:
    update_session_auth_hash(request, queries.account(visitor(request).person.user_id))
