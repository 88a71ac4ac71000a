"""Who calls: the owner of the token, with the scope of the site's date. Sent twice with one key, it is done once."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from bankhall.api.inputs import DONE
from bankhall.api.shapes import plain
from bankhall.apps.access import actions
from bankhall.apps.access.actions import TokenVisitor
from bankhall.apps.access.queries import Action, Visitor, check_may
from bankhall.apps.audit import actions as audit
from bankhall.kernel.errors import BadInput, NotAllowed
from bankhall.kernel.scope import Actor, Scope

READING = ("GET", "HEAD", "OPTIONS")


class Bearer(HttpBearer):
    """`Authorization: Bearer bh_…`, and nothing else: no cookie opens this face."""

    def authenticate(self, request: HttpRequest, token: str) -> TokenVisitor:
        """The owner; a token that only reads is refused before anything is looked at."""
        found = actions.use_token(token, now=timezone.now(), on=settings.CLOCK.today())
        if found.read_only and request.method not in READING:
            raise NotAllowed("token_read_only")
        return found


def caller(request: HttpRequest) -> Visitor:
    """Who asks."""
    found: TokenVisitor = request.auth  # type: ignore[attr-defined]  # set by ninja
    return found.visitor


def caller_who_may(request: HttpRequest, action: Action, branch_code: str = "") -> Visitor:
    """Who asks, when their role allows the action (at the branch, when one is named)."""
    who = caller(request)
    check_may(who.scope, action, branch_code)
    return who


def acting(request: HttpRequest, do: Callable[[Actor, Scope], object]) -> Any:
    """Does it in the caller's name; with an `Idempotency-Key` once, however often it is sent. What has nothing to tell
    answers that it is done."""
    scope = caller(request).scope

    def answered() -> Any:
        said = do(scope.actor, scope)
        return DONE if said is None else plain(said)

    return audit.once(_key(request), by=scope.actor, asked=_mark(request), do=answered)


def _key(request: HttpRequest) -> UUID | None:
    text = request.headers.get("Idempotency-Key", "").strip()
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise BadInput("key_unreadable") from error


def _mark(request: HttpRequest) -> str:
    """What is asked: the same key with another request is refused."""
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).hexdigest()
