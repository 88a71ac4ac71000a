"""The tests about rows on PostgreSQL, in a process of their own beside the others: two cores, half the time."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["tests/spec", "tests/apps", "tests/api"]


class SecondSession:
    """Begun when the tests are collected, waited for by the one test that asks for it."""

    def __init__(self) -> None:
        surroundings = {name: value for name, value in os.environ.items() if name != "BANKHALL_HOME"}
        surroundings |= {"BANKHALL_TEST_STORE": "postgres", "BANKHALL_API_EXAMPLES": "1"}
        command = [sys.executable, "-m", "pytest", *FOLDERS, "-p", "no:cacheprovider", "--no-header"]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process writes
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=self._said, stderr=subprocess.STDOUT
        )

    def end(self) -> tuple[int, str]:
        """Its exit code and what it said, when it is over."""
        code = self._process.wait()
        self._said.seek(0)
        return code, self._said.read().decode(errors="replace")

    def stop(self) -> None:
        """Ends it if nobody waited for it."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._said.close()
