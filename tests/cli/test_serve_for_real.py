"""`bankhall serve` as a user starts it: a page is up, what is killed comes back, a signal leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bankhall.cli.serve import answers

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Site:
    """A site of its own."""

    process: "subprocess.Popen[str]"
    port: int
    log: Path

    def children(self) -> list[int]:
        """The processes that name this site's port or stand under its parent."""
        listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
        return [pid for pid, parent in pairs if parent == self.process.pid]


def wait_for(holds: Callable[[], bool], seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BANKHALL", "DJANGO"))}
    log = tmp_path / "log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "bankhall.cli.entry", "serve", "--port", str(port)],
            env=plain | {"BANKHALL_HOME": str(tmp_path / "home")}, stdout=file, stderr=file, text=True,
        )  # fmt: skip
        yield Site(process, port, log)
        process.terminate()
        process.wait()


def test_it_serves_comes_back_and_ends_with_a_signal(site: Site) -> None:
    wait_for(lambda: answers("127.0.0.1", site.port))
    assert re.search(r"the first account: administrator, password \S{16} ", site.log.read_text())
    wait_for(lambda: len(site.children()) == 4)
    children = site.children()
    web = children[0]
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: web not in site.children() and answers("127.0.0.1", site.port))
    site.process.terminate()
    assert site.process.wait(30) == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert not answers("127.0.0.1", site.port)
