"""The link under which a calendar reads one's shifts: made and withdrawn by the person, guessed by nobody."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.notices import rules
from bankhall.apps.notices.models import FeedCount, FeedLink
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

MAKE = action_name("notices.make_feed_link")
WITHDRAW = action_name("notices.withdraw_feed_link")


def make_link(*, now: datetime, by: Actor, scope: Scope) -> str:
    """A fresh secret, said this once; the link before it opens nothing any more."""
    check_may(scope, "see_own_roster")
    secret = secrets.token_urlsafe(32)
    with audit.act(MAKE, by=by, scope=scope, subject=Subject("user", by.code)) as act:
        FeedLink.objects.filter(username=by.code, withdrawn_at=None).update(withdrawn_at=now)
        FeedLink.objects.create(digest=_digest(secret), username=by.code, made_at=now)
        act.note(after={"made_at": now})
    return secret


def withdraw_link(*, now: datetime, by: Actor, scope: Scope) -> None:
    """Ends one's link at once. A second time changes nothing."""
    mine = FeedLink.objects.filter(username=by.code, withdrawn_at=None)
    if not mine.exists():
        return
    with audit.act(WITHDRAW, by=by, scope=scope, subject=Subject("user", by.code)) as act:
        mine.update(withdrawn_at=now)
        act.note(after={"withdrawn_at": now})


def read_feed(secret: str, *, address: str, now: datetime) -> str:
    """The user name for whom a link speaks. NotFound for one that opens nothing, Refused when it is asked too often.

    Only wrong links count against the address from which they come: many phones share one.
    """
    digest = _digest(secret)
    row = FeedLink.objects.filter(digest=digest, withdrawn_at=None).first()
    if row is None:
        _count(f"address:{address}"[:80], rules.WRONG_ASKS, now)
        raise NotFound("page_not_found")
    _count(f"link:{row.pk}", rules.LINK_ASKS, now)
    return row.username


def _count(who: str, most: int, now: datetime) -> None:
    with transaction.atomic():
        FeedCount.objects.filter(since__lte=now - rules.FEED_SPAN).delete()
        row, made = FeedCount.objects.get_or_create(who=who, defaults={"since": now, "asked": 1})
        if not made:
            rules.check_asks(row.asked, most)
            FeedCount.objects.filter(pk=row.pk).update(asked=F("asked") + 1)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
