"""One's own notices, the newest first. Nobody reads another's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import QuerySet

from bankhall.apps.notices.models import Notice
from bankhall.kernel.scope import Scope
from bankhall.kernel.subject import Subject

PAGE = 50


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as its reader sees it."""

    notice_id: int
    kind: str
    facts: Mapping[str, object]
    subject: Subject
    urgent: bool
    posted_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A page of notices, the newest first."""

    lines: tuple[NoticeLine, ...]
    page: int
    pages: int


def my_notices(scope: Scope, *, page: int = 1) -> NoticePage:
    """What the actor was told; two queries."""
    rows = own(scope).select_related("opening").order_by("-id")
    pages = max(1, ceil(rows.count() / PAGE))
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return NoticePage(tuple(_line(row) for row in shown), page, pages)


def unread_count(scope: Scope) -> int:
    """How many the actor has not opened; one query."""
    return own(scope).filter(opening=None).count()


def own(scope: Scope) -> QuerySet[Notice]:
    """The actor's rows: told by staff number, or by account where there is no number. For this app alone."""
    names = [name for name in (scope.actor.staff_no, scope.actor.code) if name]
    return Notice.objects.filter(recipient__in=names)


def _line(row: Notice) -> NoticeLine:
    opening = getattr(row, "opening", None)
    subject = Subject(row.subject_kind, row.subject_code, row.branch_code)
    opened_at = opening.at if opening else None
    return NoticeLine(row.pk, row.kind, row.facts, subject, row.urgent, row.posted_at, opened_at)
