"""Errors as pages: the kernel's codes become sentences, in the reader's language, with a way back.

htmx asks for fragments: it gets the same words as a small box, which it swaps in like any other answer.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _

from bankhall.kernel.errors import BadInput, BankhallError, NotAllowed, NotFound, Refused
from bankhall.web.ui.lang import language
from bankhall.wording.say import say, say_page_error

STATUS: dict[type[BankhallError], int] = {NotAllowed: 403, NotFound: 404, Refused: 409, BadInput: 422}


class SayErrors:
    """Turns what an action refused into an answer that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in or out."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Kernel errors are answers; anything else is a fault."""
        if not isinstance(exception, BankhallError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(exception, kind)), 400)
        if exception.code in ("too_many_tries", "too_many_sign_ins"):
            status = 429
        return error_page(request, status, say_page_error(exception, language()))


def titles(status: int) -> tuple[str, str]:
    """What did not happen, and what to do."""
    return {
        400: (_("That could not be read"), _("Go back and try again.")),
        403: (_("Not for this role"), _("Nothing was changed. Somebody with the role can do it.")),
        404: (_("Not found"), _("It may have moved, or lie outside what this role may see.")),
        409: (_("Not now"), _("Nothing was changed. Look at the present state and go on from there.")),
        422: (_("That cannot be used"), _("Nothing was changed. Mend it and send it again.")),
        429: (_("Too many tries"), _("Wait a little, then try again.")),
        500: (_("This page did not open"), _("Nothing was changed. Try again; if it stays, tell the administrator.")),
    }[status]


def error_page(request: HttpRequest, status: int, words: str) -> HttpResponse:
    """A whole page, or the box alone for a fragment."""
    title, hint = titles(status)
    context = {"title": title, "words": words, "hint": hint, "back": _back(request)}
    if request.headers.get("HX-Request") == "true" and not request.headers.get("HX-Boosted"):
        return HttpResponse(render_to_string("ui/templates/parts/error.html", context, request), status=status)
    return render(request, "ui/templates/error.html", context, status=status)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    return came_from if came_from.startswith(request.build_absolute_uri("/")) else "/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400."""
    return error_page(request, 400, titles(400)[0])


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 by Django itself: a form that is too old, mostly."""
    return error_page(request, 403, _("This page was open for too long. Load it again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404."""
    return error_page(request, 404, say("error.page_not_found", language()))


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """500: in both languages and without the database, which may be what broke."""
    sheets = {name: static(f"bankhall/{name}.css") for name in ("tokens", "base", "parts")}
    return HttpResponse(render_to_string("ui/templates/broken.html", sheets, request=None), status=500)
