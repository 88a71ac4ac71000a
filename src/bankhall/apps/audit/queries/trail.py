"""The lines of the trail, newest first, within the reader's scope."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from bankhall.apps.audit.models import Line, Link
from bankhall.kernel.scope import Scope
from bankhall.kernel.subject import Subject

PAGE_LINES = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for; empty is everything. `before_id` pages on to older lines.

    `names` are several acts, `person` a part of an account or a name, `about` the beginning of a subject's code.
    """

    branch_code: str = ""
    actor_code: str = ""
    name: str = ""
    subject: Subject | None = None
    before_id: int = 0
    names: tuple[str, ...] | None = None
    person: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One act as the page shows it; `seq` is its place in the sealed chain, none until the sealer has passed."""

    line_id: int
    at: datetime
    name: str
    actor_code: str
    actor_name: str
    actor_staff_no: str
    subject: Subject
    reason: str
    before: object
    after: object
    seq: int | None


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of lines, newest first, and the id with which the next page is asked (0: there is none)."""

    lines: tuple[TrailLine, ...]
    next_before_id: int


def trail(scope: Scope, asked: Asked = Asked(), *, size: int = PAGE_LINES) -> LinePage:
    """The lines that the reader may see: of branches in their scope, and those of no branch (accounts, calendars)."""
    rows = list(_narrow(_in_scope(scope), asked).order_by("-id")[: size + 1])
    shown = rows[:size]
    places = dict(Link.objects.filter(line_id__in=[row.pk for row in shown]).values_list("line_id", "seq"))
    return LinePage(tuple(_as_line(row, places.get(row.pk)) for row in shown), shown[-1].pk if len(rows) > size else 0)


def _in_scope(scope: Scope) -> QuerySet[Line]:
    return Line.objects.all() if scope.everywhere else Line.objects.filter(branch_code__in=["", *scope.codes()])


def _narrow(rows: QuerySet[Line], asked: Asked) -> QuerySet[Line]:
    wanted = {"branch_code": asked.branch_code, "actor_code": asked.actor_code, "name": asked.name}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value})
    if asked.subject:
        rows = rows.filter(subject_kind=asked.subject.kind, subject_code=asked.subject.code)
    if asked.names is not None:
        rows = rows.filter(name__in=asked.names)
    if asked.person:
        rows = rows.filter(Q(actor_code__icontains=asked.person) | Q(actor_name__icontains=asked.person))
    if asked.about:
        rows = rows.filter(subject_code__startswith=asked.about)
    return rows.filter(id__lt=asked.before_id) if asked.before_id else rows


def _as_line(row: Line, seq: int | None) -> TrailLine:
    return TrailLine(
        row.pk, row.at, row.name, row.actor_code, row.actor_name, row.actor_staff_no,
        Subject(row.subject_kind, row.subject_code, row.branch_code), row.reason,
        _value(row.before), _value(row.after), seq,
    )  # fmt: skip


def _value(text: str) -> object:
    return json.loads(text) if text else None
