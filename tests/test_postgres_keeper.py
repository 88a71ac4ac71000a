"""The test server is a real PostgreSQL, and goes with whoever started it, however they went."""

import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests.postgres import address_of, start_keeper, stop_keeper

STARTER = "from tests.postgres import *; import time; print(address_of(start_keeper()), flush=True); time.sleep(60)"


def folder_of(address: str) -> Path:
    return Path(address.split("host=")[1]).parent


def test_it_is_a_real_server_and_leaves_nothing() -> None:
    keeper = start_keeper()
    address = address_of(keeper)
    with psycopg.connect(address.replace("/bankhall?", "/postgres?")) as connection:
        version = connection.execute("SHOW server_version").fetchone()
    stop_keeper(keeper)
    assert version is not None
    assert int(str(version[0]).split(".", maxsplit=1)[0]) >= 14
    assert not folder_of(address).exists()


def test_it_goes_when_its_session_is_killed() -> None:
    session = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True)
    assert session.stdout is not None
    folder = folder_of(session.stdout.readline().strip())
    assert folder.exists()
    session.kill()
    session.wait()
    session.stdout.close()
    until = time.monotonic() + 20
    while folder.exists():
        assert time.monotonic() < until
        time.sleep(0.1)
