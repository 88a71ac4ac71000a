"""The child of a worker: pure science on plain JSON, no Django, no database.

It reads one line on stdin, the question, and writes lines of JSON on stdout: progress, then the answer or the failure.
End of file on stdin means that the worker is gone: the child then ends with its whole process group, its own pools too.
"""

import importlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO


def main() -> None:
    """One question, one answer. The exit skips interpreter clean-up, which native threads may hang."""
    channel = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)  # a stray print must not spoil the protocol
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_leave_with_the_worker, daemon=True).start()
    _tell(channel, _answer(asked, channel))
    channel.flush()
    os._exit(0)


def _answer(asked: dict[str, object], channel: IO[str]) -> dict[str, object]:
    def progress(per_cent: float, message: str = "") -> None:
        _tell(channel, {"per_cent": int(per_cent), "message": str(message)})

    try:
        return {"answer": _function(str(asked["function"]))(asked["question"], progress)}
    except BaseException as error:  # noqa: BLE001 - whatever it was, the run must end with its reason
        traceback.print_exc()
        return {"failed": f"{type(error).__name__}: {error}"[:400]}


def _function(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def _tell(channel: IO[str], said: dict[str, object]) -> None:
    channel.write(json.dumps(said) + "\n")


def _leave_with_the_worker() -> None:
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
