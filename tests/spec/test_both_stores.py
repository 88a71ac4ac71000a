"""Everything about rows, by REST too, holds on PostgreSQL: a second session, on a real server, over the same tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["tests/spec", "tests/apps", "tests/api"]


@pytest.mark.slow
def test_spec_and_apps_hold_on_postgresql() -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "BANKHALL_HOME"}
    surroundings |= {"BANKHALL_TEST_STORE": "postgres", "BANKHALL_API_EXAMPLES": "1"}
    command = [sys.executable, "-m", "pytest", *FOLDERS, "-p", "no:cacheprovider", "--no-header"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "skipped" not in done.stdout
