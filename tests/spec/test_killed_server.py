"""PostgreSQL is killed under a run, twice: the run ends once, no line is lost, and nobody starts the worker again."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import address_of, crash, serve_again, start_keeper, stop_keeper

DATABASE = "bankhall"
LEASE_SECONDS = 30


class Bank:
    """The other end of `tests.spec.bank_process`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        assert self.hear() == "ready"

    def ask(self, *words: object) -> Any:
        """Says a line, hears one."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        return self.hear()

    def hear(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def ended(self, run_id: int, seconds: float = 30) -> dict[str, Any]:
        """Waits for a run's end."""
        until = time.monotonic() + seconds
        while (found := self.ask("run", run_id))["state"] in ("queued", "running"):
            assert time.monotonic() < until, found
            time.sleep(0.1)
        return dict(found)


@contextmanager
def process(*words: object, address: str, home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process of the tests on the server at an address."""
    surroundings = os.environ | {
        "BANKHALL_TEST_STORE": "postgres", "BANKHALL_TEST_POSTGRES_URL": address, "BANKHALL_HOME": str(home),
    }  # fmt: skip
    command = [sys.executable, "-m", *map(str, words)]
    started = subprocess.Popen(command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def sleep_for(seconds: float, file: Path) -> str:
    return json.dumps({"seconds": seconds, "file": str(file)})


def wait_until_asleep(file: Path) -> None:
    until = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < until, "nobody took the run"
        time.sleep(0.05)


@pytest.fixture
def keeper() -> Iterator["subprocess.Popen[str]"]:
    """A server of this test's own."""
    started = start_keeper()
    yield started
    stop_keeper(started)


@pytest.mark.slow
def test_a_killed_server_costs_no_run_no_line_and_no_worker(keeper: "subprocess.Popen[str]", tmp_path: Path) -> None:
    address = address_of(keeper)
    with psycopg.connect(address.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    acts, first, second = (tmp_path / name for name in ("acts", "first", "second"))
    working = ("tests.spec.worker_process", DATABASE, "interactive", LEASE_SECONDS)
    with ExitStack() as ends:
        bank = Bank(
            ends.enter_context(process("tests.spec.bank_process", DATABASE, acts, address=address, home=tmp_path))
        )
        worker = ends.enter_context(process(*working, address=address, home=tmp_path))

        longer = bank.ask("ask", "tests_slept", sleep_for(4, first))
        wait_until_asleep(first)
        crash(keeper)
        serve_again(keeper)  # the child sleeps on: its answer finds the server back
        assert bank.ended(longer) == {"state": "done", "attempt": 1, "reason": ""}

        shorter = bank.ask("ask", "tests_slept", sleep_for(2, second))
        wait_until_asleep(second)
        crash(keeper)
        time.sleep(4)  # the child ends: its answer waits
        serve_again(keeper)
        assert bank.ended(shorter) == {"state": "done", "attempt": 1, "reason": ""}

        crash(keeper)  # under an idle worker
        serve_again(keeper)
        after = bank.ask("ask", "tests_accepted", json.dumps({"a": 1, "b": 2}))
        assert bank.ended(after)["state"] == "done"
        assert worker.poll() is None

        found = bank.ask("verdict")
    assert [len(file.read_text().splitlines()) for file in (first, second)] == [1, 1]
    names = found["names"]
    assert [name for name in names if name.startswith("run")] == [f"run{run}" for run in (longer, shorter, after)]
    acknowledged = acts.read_text().split()
    assert len(acknowledged) > 20
    assert set(acknowledged) <= set(names)
    assert found["lines"] == found["sealed"] == len(names)
    assert found["faults"] == []
