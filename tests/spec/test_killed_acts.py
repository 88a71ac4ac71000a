"""Web and worker are killed while people act: what they were told is there once, what they were not, whole or not.

On the store of the session: SQLite, or a database of its own on the PostgreSQL of the tests. The same for longer, and
with the product's own lease: `python -m benchmarks.studies.killed_acts`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.spec.killed_acts.house import HASTY
from tests.spec.killed_acts.rounds import TARGETS, lived

pytestmark = pytest.mark.slow
DATABASE = "killed_acts"


@pytest.fixture
def database_url() -> Iterator[str]:
    """Empty for SQLite in the home folder."""
    address = os.environ.get("BANKHALL_TEST_POSTGRES_URL", "")
    if os.environ.get("BANKHALL_TEST_STORE") != "postgres":
        yield ""
        return
    with psycopg.connect(_named(address, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        yield _named(address, DATABASE)
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _named(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def test_no_act_is_lost_doubled_or_halved_when_web_and_worker_are_killed(database_url: str, tmp_path: Path) -> None:
    found = lived(tmp_path, database_url, (TARGETS[3], "worker", "both"), branches=1, worker=HASTY)
    assert found.faults == ()
    assert sum(acts["done"] for acts in found.counts["acts"].values()) >= 15
    assert found.counts["acts"]["acknowledge"]["done"] >= 1
