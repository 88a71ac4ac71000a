"""Imports whose process died: the lake's manifest says whether they were published, and the store follows it."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from bankhall.apps.imports import models
from bankhall.apps.imports.actions.taking import publish_reference, refuse, staging_of, take
from bankhall.apps.imports.rules import REFERENCE
from bankhall.apps.imports.states import BatchState
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.states import RunState
from bankhall.kernel.scope import Actor, Scope

LOG = logging.getLogger(__name__)
SCOPE = Scope.system("an import that was interrupted")
MARK = "under-way"
INTERRUPTED = "import_interrupted"
SURELY_DEAD = timedelta(days=1)
"""An import on another machine leaves no mark here; after so long nobody waits for it any more."""


@contextmanager
def under_way(batch_code: str) -> Iterator[None]:
    """Marks an import that this process does itself. The mark goes with the process, however that goes."""
    folder = staging_of(batch_code)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / MARK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def settle_interrupted() -> int:
    """Ends every import that waits for nobody: taken where the lake holds its rows, else failed. Answers how many."""
    waiting = list(models.Batch.objects.filter(state=BatchState.PREPARING).order_by("id"))
    return sum(_settle_or_say(row) for row in waiting)


def lay_copies_again(on: date) -> None:
    """The lake's copies of reference tables follow the store, should a process have died between the two."""
    publish_reference(REFERENCE, on=on, batch="copies")


def _settle_or_say(row: models.Batch) -> bool:
    try:
        return _settle(row)
    except (OSError, ValueError):  # its staging folder is being written anew by the run's second attempt
        LOG.exception("import %s cannot be settled yet", row.batch_code)
        return False


def _settle(row: models.Batch) -> bool:
    from bankhall.data.import_jobs import staged_answer
    from bankhall.data.lake import Lake

    by = Actor(row.made_by, row.made_name)
    published = Lake(Path(settings.LAKE)).published_by(row.batch_code, since=row.made_at)
    answer = staged_answer(staging_of(row.batch_code)) if published else None
    if published and answer:
        take(row.batch_code, answer, by=by, scope=SCOPE, there=published.counts)
        return True
    reason = "" if published else _lost(row)
    if reason:
        refuse(row.batch_code, reason, by=by, scope=SCOPE)
    return bool(reason)


def _lost(row: models.Batch) -> str:
    """Why nobody will go on with it; empty while somebody may."""
    if row.run_id:
        page = runs.run_page(SCOPE, row.run_id)
        return (page.reason or INTERRUPTED) if page.state in (RunState.FAILED, RunState.CANCELLED) else ""
    mark = staging_of(row.batch_code) / MARK
    dead = _is_free(mark) if mark.exists() else timezone.now() - row.made_at > SURELY_DEAD
    return INTERRUPTED if dead else ""


def _is_free(mark: Path) -> bool:
    with mark.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
