"""One process writes the lake at a time. The lock is the file's: it goes with the process, however that ends."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bankhall.kernel.errors import Refused


@contextmanager
def writing(root: Path, *, wait_seconds: float) -> Iterator[None]:
    """Holds the writer's lock; Refused `lake_busy` when another process keeps it too long."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".writer").open("w") as file:
        _acquire(file.fileno(), time.monotonic() + wait_seconds)
        yield


def _acquire(descriptor: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Refused("lake_busy") from None
            time.sleep(0.1)
        else:
            return
