"""What dies comes back, and when the parent leaves nothing is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PARENT = """
import sys
from bankhall.cli.processes import Household
child = "import os, subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); " \\
        "open(sys.argv[1], 'a').write(f'{os.getpid()} {p.pid}\\\\n'); time.sleep(60)"
Household({"child": [sys.executable, "-c", child, sys.argv[1]]}, tell=lambda words: print(words, flush=True)).run()
"""


@pytest.fixture
def parent(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "ids")], stdout=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait()


def wait_for(holds: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def started(file: Path, times: int) -> list[int]:
    wait_for(lambda: file.exists() and len(file.read_text().splitlines()) == times)
    return [int(word) for word in file.read_text().splitlines()[-1].split()]


def gone(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_killed_child_comes_back_and_its_own_children_do_not_stay(
    parent: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    child, grandchild = started(tmp_path / "ids", 1)
    os.kill(child, signal.SIGKILL)
    again, _ = started(tmp_path / "ids", 2)
    assert again != child
    assert gone(grandchild)


def test_a_signal_ends_all_of_them(parent: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    ids = started(tmp_path / "ids", 1)
    parent.terminate()
    assert parent.wait(10) == 0
    assert all(gone(process_id) for process_id in ids)


def test_a_killed_parent_takes_its_children_along(parent: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    child, _ = started(tmp_path / "ids", 1)
    parent.kill()
    wait_for(lambda: gone(child), 3)
