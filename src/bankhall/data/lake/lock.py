"""One process writes at a time: a file lock that ends with its process."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bankhall.kernel.errors import Refused

PAUSE_SECONDS = 0.05


@contextmanager
def writing(root: Path, *, wait_seconds: float) -> Iterator[None]:
    """Holds the lake's writing lock. Raises Refused `lake_busy` when another process keeps it for so long."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".writing").open("a") as handle:
        _take(handle.fileno(), wait_seconds)
        yield


def _take(handle: int, wait_seconds: float) -> None:
    until = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise Refused("lake_busy", seconds=wait_seconds) from error
            time.sleep(PAUSE_SECONDS)
        else:
            return
