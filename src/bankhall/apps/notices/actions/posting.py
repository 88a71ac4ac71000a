"""Notices are posted inside the act that they tell of, and opened by their reader."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import QuerySet

from bankhall.apps.identity.queries import mail_names
from bankhall.apps.notices.actions.delivering import lay_out
from bankhall.apps.notices.models import Notice, Opening
from bankhall.apps.notices.queries.reading import own
from bankhall.apps.notices.states import KINDS
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject


def post(
    kind: str,
    *,
    to: str | Iterable[str],
    facts: Mapping[str, str | int | float],
    subject: Subject,
    key: str,
    urgent: bool = False,
    by: Actor,
    scope: Scope,
) -> None:
    """Tells people (usernames or staff numbers) something, inside the act that it tells of: both are kept or none.

    The same key to the same person is told once, however often it is posted.
    """
    _check_facts(kind, facts)
    if subject.branch_code:
        scope.check_sees(subject.branch_code)
    wanted = [to] if isinstance(to, str) else list(to)
    rows = [
        Notice(
            kind=kind, key=key, recipient=name, facts=dict(facts), subject_kind=subject.kind, subject_code=subject.code,
            branch_code=subject.branch_code, urgent=urgent, posted_by=by.code, posted_at=settings.CLOCK.now(),
        )
        for name in mail_names(wanted)
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if settings.NOTICE_CHANNELS.any:
        lay_out(list(Notice.objects.filter(key=key, recipient__in=[row.recipient for row in rows]).order_by("id")))


def _check_facts(kind: str, facts: Mapping[str, str | int | float]) -> None:
    if kind not in KINDS:
        raise ValueError(f"no kind of notice is called {kind!r}")
    if strange := set(facts) - KINDS[kind]:
        raise ValueError(f"a notice {kind!r} has no room for {sorted(strange)}")


def open_notices(notice_ids: Iterable[int], *, by: Actor, scope: Scope) -> None:  # noqa: ARG001 - the reader is the scope's
    """Keeps that the reader opened them; another's stay as they are."""
    _open(own(scope).filter(pk__in=list(notice_ids)))


def open_all(*, by: Actor, scope: Scope) -> None:  # noqa: ARG001 - the reader is the scope's
    """Keeps that the reader opened all that they were told so far."""
    _open(own(scope))


def _open(rows: QuerySet[Notice]) -> None:
    now = settings.CLOCK.now()
    openings = [Opening(notice=row, at=now) for row in rows.filter(opening=None)]
    Opening.objects.bulk_create(openings, ignore_conflicts=True)
