"""The processes of `bankhall serve` on one home: started by its own commands, killed with all that they started."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bankhall.cli.serve import commands

HASTY = (sys.executable, "-m", "tests.spec.killed_acts.hasty_worker")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(home: Path, database_url: str) -> dict[str, str]:
    """The environment of a site of its own, on a fixed Monday, that lays its notices out for a mail server."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BANKHALL", "DJANGO"))}
    return plain | {
        "BANKHALL_HOME": str(home), "BANKHALL_DATABASE_URL": database_url, "BANKHALL_DEMO_DATE": "2026-11-30",
        "BANKHALL_MAIL_HOST": "127.0.0.1", "BANKHALL_MAIL_SECURITY": "none", "BANKHALL_MAIL_FROM": "hall@bank.example",
        "BANKHALL_MAIL_ADDRESS": "{username}@bank.example",
    }  # fmt: skip


class House:
    """Web server and job worker of one site."""

    def __init__(self, home: Path, environment: dict[str, str], *, worker: Sequence[str] = ()) -> None:
        self.port, self.environment = free_port(), environment
        told = commands("127.0.0.1", self.port)
        self.commands = {"web": told["web"], "worker": worker or told["interactive worker"]}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._log = (home / "log").open("ab")

    def start(self, name: str) -> None:
        """Starts one of them in a session of its own, as the parent process of `bankhall serve` does."""
        self.processes[name] = subprocess.Popen(
            self.commands[name], env=self.environment, start_new_session=True, stdout=self._log, stderr=self._log
        )

    def kill(self, name: str) -> None:
        """`kill -9` for the whole group: the server with its workers, the worker with what it computes."""
        found = self.processes.pop(name)
        beneath = _children(found.pid)
        with suppress(ProcessLookupError):
            os.killpg(found.pid, signal.SIGKILL)
        found.wait()
        for process in beneath:  # a computing child has a session of its own
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def kill_one_of_the_web(self) -> None:
        """`kill -9` for one of the server's own workers: the server starts another."""
        beneath = _children(self.processes["web"].pid)
        if beneath:
            with suppress(ProcessLookupError):
                os.kill(beneath[0], signal.SIGKILL)

    def stands(self) -> bool:
        """Whether the server answers."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asking.request("GET", "/api/v1/openapi.json")
            return asking.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asking.close()

    def close(self) -> None:
        """Nothing of it is left."""
        for name in list(self.processes):
            self.kill(name)
        self._log.close()


def wait_for(holds: Callable[[], bool], what: str, seconds: float = 300) -> None:
    """Waits until it holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.05)


def _children(parent: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return []
