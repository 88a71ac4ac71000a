"""Questions come in, and may be taken back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from bankhall import __version__
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.runs.models import Run
from bankhall.apps.runs.rules import Plain, fingerprint, kind_of
from bankhall.apps.runs.states import OPEN, Lane, RunState
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

CANCEL = action_name("runs.cancel")


def submit(
    kind: str,
    question: Plain,
    *,
    by: Actor,
    branch_code: str = "",
    business_date: date | None = None,
    lane: Lane | None = None,
    priority: int = 0,
    not_before: datetime | None = None,
    slot: str | None = None,
    only_newest: bool = False,
) -> int:
    """Queues a question of plain JSON and answers the run's id.

    The same question to the same code is one run: an open one is joined, a done one is its answer, a failed or
    cancelled one may be asked again. So put into the question whatever the answer hangs on (the lake's version, the
    seed, the day). Whether the asker may ask is the calling action's business. `only_newest` takes questions of the
    same kind, branch and date out of the queue: a newer one has made them idle.
    """
    wanted, now = kind_of(kind), timezone.now()
    mark = fingerprint(kind, question, slot)
    try:
        with transaction.atomic():
            if only_newest:
                idle = Run.objects.filter(kind=kind, branch_code=branch_code, business_date=business_date)
                idle.filter(state=RunState.QUEUED).update(state=RunState.CANCELLED, ended_at=now)
            made = Run.objects.create(
                kind=kind, question=dict(question), fingerprint=mark, code_version=__version__, slot=slot,
                lane=lane or wanted.lane, attempts_allowed=wanted.attempts, priority=priority,
                branch_code=branch_code, business_date=business_date, asked_by=by.code, asked_name=by.name,
                asked_at=now, not_before=not_before or now,
            )  # fmt: skip
            return made.pk
    except IntegrityError:
        return _same(mark, slot)


def _same(mark: str, slot: str | None) -> int:
    """The run that already asks this; a timetable's slot runs once whatever became of it.

    It is held until the asker's transaction ends: its worker ends it afterwards, and finds what the asker has written.
    """
    same = Run.objects.filter(slot=slot) if slot else Run.objects.filter(fingerprint=mark)
    with transaction.atomic():
        return same.select_for_update().order_by("-id").values_list("pk", flat=True)[0]


def cancel(run_id: int, *, by: Actor, scope: Scope) -> None:
    """Takes a queued run out of the queue; asks the worker of a running one to stop it (within about a second)."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None or not (run.branch_code == "" or scope.sees(run.branch_code)):
        raise NotFound("run", run_id=run_id)
    if run.asked_by != by.code:
        check_may(scope, "cancel_run", run.branch_code)
    with audit.act(CANCEL, by=by, scope=scope, subject=Subject("run", str(run_id), run.branch_code)):
        waiting = Run.objects.filter(pk=run_id, state=RunState.QUEUED)
        if waiting.update(state=RunState.CANCELLED, ended_at=timezone.now()):
            return
        if not Run.objects.filter(pk=run_id, state__in=OPEN).update(cancel_asked=True):
            raise Refused("run_has_ended", run_id=run_id)
