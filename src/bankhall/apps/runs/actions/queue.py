"""The queue as a worker sees it. Every write names worker and attempt, so a lost worker writes nothing."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from bankhall.apps.runs.models import Run
from bankhall.apps.runs.states import Lane, RunState

LEASE = timedelta(seconds=30)
LOST = "the worker was lost while running this"


def claim(worker: str, lane: Lane) -> Run | None:
    """The most urgent queued run of a lane, now this worker's; None when there is none."""
    if not _waiting(lane).exists():
        return None
    with transaction.atomic():
        run = _waiting(lane).select_for_update(skip_locked=True).order_by("-priority", "id").first()
        if run:
            now = timezone.now()
            run.state, run.worker, run.attempt = RunState.RUNNING, worker, run.attempt + 1
            run.started_at = run.beat_at = now
            run.save()
        return run


def beat(run: Run, *, per_cent: int, message: str) -> bool:
    """Tells that the run goes on and how far it is; False when somebody asked to cancel or it is no longer ours."""
    told = _mine(run).update(beat_at=timezone.now(), per_cent=per_cent, message=message[:200])
    return bool(told) and not Run.objects.filter(pk=run.pk, cancel_asked=True).exists()


def end(run: Run, state: RunState, *, answer: object = None, reason: str = "") -> bool:
    """Writes the run's end; False when it was no longer ours, and then nothing is written."""
    per_cent = 100 if state == RunState.DONE else run.per_cent
    ended = {"state": state, "ended_at": timezone.now(), "reason": reason[:500], "per_cent": per_cent}
    return _mine(run).update(answer=answer, **ended) == 1


def end_done(run: Run, answer: object, accept: Callable[[], object]) -> bool:
    """Done, together with what the accepting action writes: both or neither. False: it was no longer ours."""
    with transaction.atomic():
        if not end(run, RunState.DONE, answer=answer):
            return False
        accept()
        return True


def give_back(run: Run, reason: str) -> bool:
    """A worker that is told to leave puts its run back at once, without using up an attempt."""
    back = {"state": RunState.QUEUED, "worker": "", "per_cent": 0, "message": reason}
    return _mine(run).update(attempt=F("attempt") - 1, **back) == 1


def reclaim() -> int:
    """Runs whose worker has been silent for a lease: queued once more, or ended with the reason."""
    now = timezone.now()
    silent = Run.objects.filter(state=RunState.RUNNING, beat_at__lt=now - LEASE)
    if not silent.exists():
        return 0
    again = silent.filter(cancel_asked=False, attempt__lt=F("attempts_allowed"))
    return (
        silent.filter(cancel_asked=True).update(state=RunState.CANCELLED, ended_at=now)
        + again.update(state=RunState.QUEUED, worker="", per_cent=0, message=LOST)
        + silent.filter(attempt__gte=F("attempts_allowed")).update(state=RunState.FAILED, ended_at=now, reason=LOST)
    )


def _waiting(lane: Lane) -> QuerySet[Run]:
    return Run.objects.filter(lane=lane, state=RunState.QUEUED, not_before__lte=timezone.now())


def _mine(run: Run) -> QuerySet[Run]:
    return Run.objects.filter(pk=run.pk, state=RunState.RUNNING, worker=run.worker, attempt=run.attempt)
