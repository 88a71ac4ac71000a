"""The reader's language, and the choice of it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST


def language() -> str:
    """`zh-hans` or `en`."""
    return get_language() or settings.LANGUAGE_CODE


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remembers the language on this device and goes back to where the reader stood."""
    answer = back_to(request)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, wanted)
    return answer


@login_not_required
@require_POST
def choose_type(request: HttpRequest) -> HttpResponse:
    """Remembers large or ordinary type on this device."""
    answer = back_to(request)
    _remember(answer, "bankhall_type", "large" if request.POST.get("type") == "large" else "ordinary")
    return answer


def back_to(request: HttpRequest) -> HttpResponseRedirect:
    """The page that asked, when it is one of ours."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def _remember(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=365 * 86400, httponly=True, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
    )
