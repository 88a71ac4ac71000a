"""Kills imports at random moments. A small process that has loaded the code but done nothing forks one child for each
round, so that a round costs no start of an interpreter.

    python -m tests.data.importing.killed_import lake|folder FILE TARGET        (the process that forks)
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Sink = Callable[[Path, Path], None]


def into_folder(source: Path, target: Path) -> None:
    """One import into an exchange folder."""
    from bankhall.data.importing.into_folder import import_into

    import_into(target, [source])


def into_lake(source: Path, target: Path) -> None:
    """One import into a lake, by the functions that the product's worker uses."""
    from bankhall.data.import_jobs import publish
    from bankhall.data.importing import prepare

    prepared = prepare([source])
    publish(prepared.tables, prepared.accounts, lake=target, batch="import")


SINKS: dict[str, Sink] = {"folder": into_folder, "lake": into_lake}


def serve(kind: str) -> None:
    """Forks a child for each line `SOURCE TAB TARGET TAB SECONDS` on stdin and says how it ended and how long it took.

    It is killed after so many seconds (empty: never); only its parent can do that without hitting another process.
    """
    for line in sys.stdin:
        source, target, seconds = line.rstrip("\n").split("\t")
        child, started = os.fork(), time.perf_counter()
        if child == 0:
            SINKS[kind](Path(source), Path(target))
            os._exit(0)
        if seconds:
            time.sleep(float(seconds))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        ended = "ended" if status == 0 else "killed"
        sys.stdout.write(f"{ended} {time.perf_counter() - started}\n")
        sys.stdout.flush()


class Killer:
    """The other side: starts imports and has them killed after a while."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def run(self, source: Path, target: Path, *, kill_after: float | None = None) -> tuple[str, float]:
        """How the import ended, and the seconds that it took."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{source}\t{target}\t{'' if kill_after is None else kill_after}\n")
        self.process.stdin.flush()
        ended, seconds = self.process.stdout.readline().split()
        return ended, float(seconds)


@contextmanager
def killer(kind: str) -> Iterator[Killer]:
    """A forking process of a kind, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.data.importing.killed_import", kind],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    try:
        yield Killer(process)
    finally:
        process.communicate()


def folder_state(target: Path) -> str:
    """What an exchange folder says, whoever reads it first after a kill."""
    from bankhall.data.exchange import ExchangeFolder

    folder = ExchangeFolder(target)
    return _digest([folder.table(name).to_pylist() for name in ("visits", "steps")])


def lake_state(target: Path) -> str:
    """What a lake says of the same tables, whatever the order of rows."""
    from bankhall.data.contracts import TABLES
    from bankhall.data.lake import Lake

    snapshot = Lake(target).snapshot()
    rows = []
    for name in ("visits", "steps"):
        there = name in snapshot.names()
        table = snapshot.table(name).select(list(TABLES[name].names)) if there else TABLES[name].empty()
        rows.append(table.sort_by([(column, "ascending") for column in TABLES[name].key]).to_pylist())
    return _digest(rows)


def _digest(rows: object) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()


if __name__ == "__main__":
    import deltalake  # noqa: F401 - loaded before the fork, used after it
    import pyarrow as pa

    import bankhall.data.import_jobs
    import bankhall.data.importing.into_folder

    assert bankhall.data
    pa.array([0])  # Arrow's first value looks for pandas, which is slow where it is installed
    serve(sys.argv[1])
