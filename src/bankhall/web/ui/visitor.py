"""The person behind a request, with their scope on the site's date: set once by the middleware, read by every view."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bankhall.apps.access.queries import Action, Visitor, check_may, visitor_of
from bankhall.kernel.errors import NotAllowed


class VisitorMiddleware:
    """Adds `request.visitor`: a Visitor, or None before signing in. It stands behind the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Three small queries, for a signed-in person only."""
        found = visitor_of(request.user.pk, settings.CLOCK.today()) if request.user.is_authenticated else None
        request.visitor = found  # type: ignore[attr-defined]
        return self._get_response(request)


def visitor(request: HttpRequest) -> Visitor:
    """Who asks; NotAllowed before signing in (pages for everybody use `visitor_or_none`)."""
    found = visitor_or_none(request)
    if found is None:
        raise NotAllowed("sign_in_first")
    return found


def visitor_or_none(request: HttpRequest) -> Visitor | None:
    """Who asks, if anybody has signed in."""
    found: Visitor | None = getattr(request, "visitor", None)
    return found


def visitor_who_may(request: HttpRequest, action: Action, branch_code: str = "") -> Visitor:
    """Who asks, when their role allows the action (at the branch, when one is named); else NotAllowed."""
    found = visitor(request)
    check_may(found.scope, action, branch_code)
    return found


def client_address(request: HttpRequest) -> str:
    """Whence somebody asks. Behind the TLS proxy it is what that proxy saw last; what came before may be made up."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
