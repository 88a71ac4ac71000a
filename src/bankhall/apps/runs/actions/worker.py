"""One worker of one lane: claims a run, lets a child compute it, beats, obeys a cancel, brings the answer home."""

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from bankhall.apps.runs.actions import queue
from bankhall.apps.runs.actions.child import Child
from bankhall.apps.runs.models import Run
from bankhall.apps.runs.rules import Kind, RunAnswer, kind_of
from bankhall.apps.runs.states import Lane, RunState
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.scope import Actor

LOG = logging.getLogger(__name__)
BEAT_SECONDS = 1.0
IDLE_SECONDS = 0.4
RECLAIM_SECONDS = 5.0
AWAY = (OperationalError, InterfaceError)


@dataclass(slots=True)
class _Told:
    """How far the child said it is, and when that was last passed on."""

    per_cent: int = 0
    message: str = ""
    beaten_at: float = 0.0


class Worker:
    """`leave()` (from a signal) makes it give its run back and end."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
        self._leaving = False
        self._reclaimed_at = 0.0

    def leave(self, *_: object) -> None:
        """Ends the loop; a running computation is put back without using up an attempt."""
        self._leaving = True

    def loop(self) -> None:
        """Until told to leave. While the store is away it waits."""
        while not self._leaving:
            try:
                close_old_connections()
                if not self.work_once():
                    time.sleep(IDLE_SECONDS)
            except AWAY as error:
                LOG.warning("the store is away: %s", str(error)[:80])
                connection.close()
                time.sleep(1)

    def work_once(self) -> bool:
        """One run, if there is one."""
        if time.monotonic() - self._reclaimed_at > RECLAIM_SECONDS:
            queue.reclaim()
            self._reclaimed_at = time.monotonic()
        run = queue.claim(self.name, self.lane)
        if run is not None:
            self._do(run)
        return run is not None

    def _do(self, run: Run) -> None:
        try:
            kind = kind_of(run.kind)
        except BankhallError as error:
            queue.end(run, RunState.FAILED, reason=str(error))
            return
        if not kind.function:
            self._finish(run, kind, {})
            return
        with Child(kind.function, run.question) as child:
            self._watch(run, kind, child)

    def _watch(self, run: Run, kind: Kind, child: Child) -> None:
        told = _Told(beaten_at=time.monotonic())
        while not self._leaving:
            how = child.ended()  # asked before listening: what it said last is not missed
            for said in child.listen(BEAT_SECONDS / 4):
                if self._take(run, kind, said, told):
                    return None
            if how:
                return self._end(run, RunState.FAILED, f"the computing process ended without an answer ({how})")
            if not self._beat(run, told):
                return self._end(run, RunState.CANCELLED)
        return self._persist(partial(queue.give_back, run, "the worker was stopped"))

    def _take(self, run: Run, kind: Kind, said: Mapping[str, object], told: _Told) -> bool:
        """One line from the child; True when it was the last."""
        if "answer" in said:
            self._finish(run, kind, said["answer"])
        elif "failed" in said:
            self._end(run, RunState.FAILED, str(said["failed"]))
        else:
            told.per_cent, told.message = int(str(said["per_cent"])), str(said["message"])
            return False
        return True

    def _end(self, run: Run, state: RunState, reason: str = "") -> None:
        self._persist(partial(queue.end, run, state, reason=reason))

    def _beat(self, run: Run, told: _Told) -> bool:
        """While the store is away the child goes on: only a lease lost to another worker stops it."""
        if time.monotonic() - told.beaten_at < BEAT_SECONDS:
            return True
        told.beaten_at = time.monotonic()
        try:
            return queue.beat(run, per_cent=told.per_cent, message=told.message)
        except AWAY:
            connection.close()
            return True

    def _finish(self, run: Run, kind: Kind, answer: object) -> None:
        kept = None if kind.private else answer
        try:
            self._persist(partial(queue.end_done, run, kept, partial(_accept, run, kind, answer)))
        except AWAY:
            raise
        except Exception as error:
            LOG.exception("run %s was computed but not accepted", run.pk)
            why = str(error) if isinstance(error, BankhallError) else f"{type(error).__name__}: {error}"
            self._persist(partial(queue.end, run, RunState.FAILED, answer=kept, reason=why))

    def _persist(self, write: Callable[[], object]) -> None:
        """A write that outlives a short absence of the store; after the lease the run is another worker's anyway."""
        until = time.monotonic() + queue.LEASE.total_seconds()
        while True:
            try:
                write()
                return
            except AWAY:
                connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)


def _accept(run: Run, kind: Kind, answer: object) -> None:
    if kind.accept is not None:
        said = answer if isinstance(answer, dict) else {}
        kind.accept(
            RunAnswer(
                run.pk, run.kind, run.question, said, run.branch_code, run.business_date,
                Actor(run.asked_by, run.asked_name), run.asked_at,
            )
        )  # fmt: skip
