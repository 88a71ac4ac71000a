"""A worker's hold on one child process: ask, listen, end the whole group."""

import json
import os
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from typing import IO, cast

from bankhall.apps.runs.rules import Plain

COMMAND = (sys.executable, "-m", "bankhall.apps.runs.jobs")


class Child:
    """A process of its own session that computes one answer. Use it as a context: leaving ends it for certain."""

    def __init__(self, function: str, question: Plain) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._rest = b""
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._stdout, selectors.EVENT_READ)
        os.set_blocking(self._stdout.fileno(), False)
        self._ask({"function": function, "question": question})

    def __enter__(self) -> "Child":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kills the group: native code (numba, OR-tools) does not listen to SIGTERM."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._selector.close()
        with suppress(BrokenPipeError):
            self._stdin.close()
        self._stdout.close()

    def listen(self, seconds: float) -> list[dict[str, object]]:
        """What it said within some seconds; an empty list is silence."""
        self._selector.select(seconds)
        self._rest += self._stdout.read() or b""
        *lines, self._rest = self._rest.split(b"\n")
        return [json.loads(line) for line in lines]

    def ended(self) -> str:
        """How it ended without an answer, for example "signal 9"; empty while it lives."""
        code = self._process.poll()
        if code is None:
            return ""
        return f"signal {-code}" if code < 0 else f"exit {code}"

    @property
    def _stdin(self) -> IO[bytes]:
        return cast("IO[bytes]", self._process.stdin)

    @property
    def _stdout(self) -> IO[bytes]:
        return cast("IO[bytes]", self._process.stdout)

    def _ask(self, asked: dict[str, object]) -> None:
        with suppress(BrokenPipeError):  # it died at once: `ended` will say how
            self._stdin.write(json.dumps(asked).encode() + b"\n")
            self._stdin.flush()
