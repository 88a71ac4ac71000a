"""Who acted last: what somebody reads who came second."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from bankhall.apps.audit.models import Line
from bankhall.kernel.subject import Subject


@dataclass(frozen=True, slots=True)
class LastAct:
    """Who, when by the site's own clock, and the code of the act's words."""

    who: str
    at: datetime
    act: str


def last_on(subject: Subject) -> LastAct | None:
    """The newest act on a subject."""
    return _newest(Line.objects.filter(subject_kind=subject.kind, subject_code=subject.code))


def last_at(branch_code: str, names: Iterable[str]) -> LastAct | None:
    """The newest act of some names at a branch."""
    return _newest(Line.objects.filter(branch_code=branch_code, name__in=list(names)))


def _newest(rows: QuerySet[Line]) -> LastAct | None:
    row = rows.order_by("-id").first()
    return None if row is None else LastAct(row.actor_name or row.actor_code, localtime(row.at), f"act.{row.name}")
