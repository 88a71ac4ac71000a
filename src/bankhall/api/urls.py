"""Addresses below `/api/v1/`. Tokens guard them, not sessions; the document itself is open, it tells of no record."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja.responses import Response

from bankhall.api.house import build
from bankhall.api.problems import no_such_address

house = build()


@cache
def _told() -> bytes:
    return Response(house.document()).content


@login_not_required
@require_safe
def document(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The OpenAPI document."""
    return HttpResponse(_told(), content_type="application/json")


def _open(pattern: URLPattern) -> URLPattern:
    pattern.callback = login_not_required(pattern.callback)
    return pattern


operations = [_open(one) for one in house.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
urlpatterns = [
    path("openapi.json", document, name="api-document"),
    path("", (operations, "ninja", "api")),
    re_path(r"^(?P<rest>.*)$", csrf_exempt(login_not_required(no_such_address))),
]
