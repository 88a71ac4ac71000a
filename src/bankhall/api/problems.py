"""Errors as `application/problem+json` (RFC 9457): the code, its facts, and the sentence in the reader's language."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from bankhall.kernel.errors import BadInput, BankhallError, NotAllowed, NotFound, Refused
from bankhall.kernel.plain import to_plain
from bankhall.wording.say import say

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[BankhallError], int] = {NotAllowed: 403, NotFound: 404, Refused: 409, BadInput: 422}
Raised = Exception | type[Exception]
UNKNOWN = ("token_needed", "token_unknown", "token_withdrawn", "token_expired")


class Problem(Schema):
    """Why something was not done. `code` names the reason for programs, `detail` for people, `facts` fill it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    facts: dict[str, Any]


def problem(status: int, code: str, facts: dict[str, Any] | None = None) -> HttpResponse:
    """The answer."""
    told = facts or {}
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": say(f"error.{code}", get_language() or "en", **told),
        "facts": {name: to_plain(value) for name, value in told.items()},
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False, default=str), status=status, content_type=MEDIA_TYPE)
    answer.headers["Vary"] = "Accept-Language, Authorization"
    return answer


def of_error(request: HttpRequest, error: Raised) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """What a door refused. An unknown token is 401, a caller in a hurry 429 with the seconds to wait."""
    if not isinstance(error, BankhallError):
        raise TypeError(error)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if error.code in UNKNOWN:
        return _with(problem(401, error.code), "WWW-Authenticate", "Bearer")
    if error.code == "too_many_calls":
        return _with(problem(429, error.code, error.facts), "Retry-After", str(error.facts["seconds"]))
    return problem(status, error.code, error.facts)


def of_input(request: HttpRequest, error: Raised) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """What could not be read, field by field."""
    found = error.errors if isinstance(error, ValidationError) else []
    fields = [{"where": [str(part) for part in one["loc"]], "wrong": one["msg"]} for one in found]
    return problem(422, "request_unreadable", {"fields": fields})


def of_http(request: HttpRequest, error: Raised) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """What ninja itself refuses: a body that is no JSON."""
    status = error.status_code if isinstance(error, HttpError) else 400
    return problem(status, "request_unreadable", {"fields": []})


def not_signed(request: HttpRequest, error: Raised) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """No token at all."""
    return _with(problem(401, "token_needed"), "WWW-Authenticate", "Bearer")


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Any other address below this face."""
    return problem(404, "page_not_found")


def _with(answer: HttpResponse, name: str, value: str) -> HttpResponse:
    answer.headers[name] = value
    return answer
