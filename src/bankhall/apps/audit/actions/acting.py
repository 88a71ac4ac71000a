"""`with act(PROPOSE, by=…, scope=…)`: one transaction, one line, or neither."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from bankhall.apps.audit import bases
from bankhall.apps.audit.models import ActKey, Line
from bankhall.apps.audit.rules import canonical_text, line_bytes, mac_of
from bankhall.apps.audit.states import ActionName
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

NOTHING = Subject("", "")


@dataclass(slots=True)
class Act:
    """What the body of an act may still tell its line: the subject that it made, the state before and after."""

    subject: Subject
    before: object = field(default=None)
    after: object = field(default=None)

    def note(self, *, before: object = None, after: object = None, subject: Subject | None = None) -> None:
        """Plain values or frozen dataclasses. A second note replaces the parts that it names."""
        self.before = self.before if before is None else before
        self.after = self.after if after is None else after
        self.subject = subject or self.subject


@contextmanager
def act(
    name: ActionName,
    *,
    by: Actor,
    scope: Scope,
    subject: Subject | None = None,
    branch_code: str = "",
    reason: str = "",
    key: UUID | None = None,
) -> Iterator[Act]:
    """Opens business rows for writing, in one transaction that ends with the audit line.

    A branch outside `scope` is refused (NotAllowed). `key` is the client's: the same key a second time is Refused
    with `act_repeated`, and since it is the first insert, two at once cannot both pass (`repeatable` gives the first
    answer again). Acts may stand inside acts: each leaves its line, and all are kept or none.
    """
    about = subject or NOTHING
    branch = branch_code or about.branch_code
    if branch:
        scope.check_sees(branch)
    with transaction.atomic(), bases.writing(name):
        act_key = insert_key(key)
        doing = Act(replace(about, branch_code=branch))
        yield doing
        _write_line(name, by, doing, act_key=act_key, reason=reason or scope.everywhere)


def look(
    name: ActionName,
    *,
    by: Actor,
    scope: Scope,
    subject: Subject | None = None,
    branch_code: str = "",
    reason: str = "",
) -> None:
    """Records a sensitive read: call it before the answer is given out."""
    with act(name, by=by, scope=scope, subject=subject, branch_code=branch_code, reason=reason):
        pass


def insert_key(key: UUID | None) -> UUID:
    """The key's row, or Refused: two requests at once cannot both insert it."""
    chosen = key or uuid4()
    try:
        with transaction.atomic():
            ActKey.objects.create(key=chosen)
    except IntegrityError as error:
        raise Refused("act_repeated", key=str(chosen)) from error
    return chosen


def _write_line(name: ActionName, by: Actor, doing: Act, *, act_key: UUID, reason: str) -> None:
    line = Line(
        act_key=act_key, at=timezone.now(), name=name, actor_code=by.code, actor_name=by.name,
        actor_staff_no=by.staff_no, subject_kind=doing.subject.kind, subject_code=doing.subject.code,
        branch_code=doing.subject.branch_code, reason=reason,
        before=canonical_text(doing.before), after=canonical_text(doing.after),
    )  # fmt: skip
    line.mac = mac_of(line_bytes(line))
    line.save(force_insert=True)
