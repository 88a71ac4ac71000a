"""Children under one parent: what dies comes back after 1, 2, … 30 s; a signal ends all, with all that they started.

Each child has a session of its own, and its whole group is ended before it is started again: a web server whose parent
process was killed would otherwise leave workers that go on answering with the old code.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

LONGEST_PAUSE_SECONDS = 30.0
SETTLED_SECONDS = 60.0
GRACE_SECONDS = 20.0
HEAD_START_SECONDS = 30.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(slots=True)
class _Child:
    """One command, its process while it lives, and when it may be started again."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    again_at: float = 0.0
    pause_seconds: float = field(default=1.0)


class Household:
    """`run()` until a signal comes or `leave()` is called."""

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        *,
        tell: Callable[[str], object],
        first_stands: Callable[[], bool] = lambda: True,
    ) -> None:
        """The first command has the machine for itself until `first_stands` (or for HEAD_START_SECONDS)."""
        self._children = [_Child(name, command) for name, command in commands.items()]
        self._tell = tell
        self._first_stands = first_stands
        self._leaving = False

    def leave(self, *_: object) -> None:
        """Ends the loop at the next turn."""
        self._leaving = True

    def run(self) -> None:
        """Starts all and keeps them alive; afterwards nothing of them is left."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.leave)
        try:
            self._give_head_start()
            while not self._leaving:
                for child in self._children:
                    self._keep(child)
                time.sleep(0.2)
        finally:
            self._end_all()

    def _give_head_start(self) -> None:
        until = time.monotonic() + HEAD_START_SECONDS
        while not self._leaving and time.monotonic() < until:
            self._keep(self._children[0])
            if self._first_stands():
                return
            time.sleep(0.2)

    def _keep(self, child: _Child) -> None:
        if child.process is None:
            if time.monotonic() >= child.again_at:
                _start(child)
            return
        code = child.process.poll()
        if code is not None:
            self._bury(child, code)

    def _bury(self, child: _Child, code: int) -> None:
        _kill_group(child)
        if time.monotonic() - child.started_at > SETTLED_SECONDS:
            child.pause_seconds = 1.0
        self._tell(f"{child.name} ended with {code}; it starts again in {child.pause_seconds:.0f} s")
        child.process, child.again_at = None, time.monotonic() + child.pause_seconds
        child.pause_seconds = min(LONGEST_PAUSE_SECONDS, child.pause_seconds * 2)

    def _end_all(self) -> None:
        living = [child for child in self._children if child.process is not None]
        for child in living:
            if child.process:
                child.process.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for child in living:
            with suppress(subprocess.TimeoutExpired):
                if child.process:
                    child.process.wait(max(0.1, until - time.monotonic()))
            _kill_group(child)


def _start(child: _Child) -> None:
    child.process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
        child.command,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no threads here
    )
    child.started_at = time.monotonic()


def _kill_group(child: _Child) -> None:
    if child.process is not None:
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def _end_with_parent() -> None:
    """Linux sends SIGTERM to the child when this parent is killed; elsewhere nothing of the kind exists."""
    if sys.platform == "linux":
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
