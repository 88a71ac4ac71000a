"""How often one may guess, and what a password must be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bankhall.apps.identity.models import User
from bankhall.kernel.errors import BadInput, Refused

SPAN = timedelta(minutes=15)
FAILURES_BY_NAME = 5
FAILURES_BY_ADDRESS = 50
"""A branch's people share one address behind its router, so it may fail more often than one name."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How often a name or an address failed since an instant."""

    since: datetime
    count: int


def check_may_guess(failures: Failures | None, *, allowed: int, now: datetime) -> None:
    """Refused with `too_many_tries` and the minutes to wait, once the span's failures are used up."""
    if failures is None or failures.count < allowed or now >= failures.since + SPAN:
        return
    left_minutes = -(-(failures.since + SPAN - now).total_seconds() // 60)
    raise Refused("too_many_tries", minutes=int(left_minutes))


def check_password(password: str, user: User) -> None:
    """BadInput `weak_password` with the codes of the rules that it breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput("weak_password", rules=tuple(str(part.code) for part in error.error_list)) from error
