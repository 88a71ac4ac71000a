"""Where rows lie: SQLite in the home folder by default, PostgreSQL by URL, nothing by mistake."""

from pathlib import Path

import pytest
from django.db import connection

from bankhall.config.stores import sqlite, store_of_url


def test_a_url_names_every_part() -> None:
    store = store_of_url("postgresql://li:p%40ss@db.bank:5433/hall?sslmode=require")
    assert {key: store[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "hall", "USER": "li", "PASSWORD": "p@ss", "HOST": "db.bank", "PORT": "5433",
    }  # fmt: skip
    assert store["OPTIONS"] == {"sslmode": "require"}
    assert store["CONN_HEALTH_CHECKS"] is True


def test_a_socket_folder_is_a_host() -> None:
    store = store_of_url("postgresql://bankhall@/hall?host=/run/postgresql")
    assert (store["HOST"], store["OPTIONS"]) == ("/run/postgresql", {})


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite:///x", "postgre://a/b", "hall"])
def test_any_other_scheme_is_an_error_and_no_silent_sqlite(url: str) -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        store_of_url(url)


def test_sqlite_syncs_every_commit_and_takes_the_lock_at_once(tmp_path: Path) -> None:
    options = sqlite(tmp_path / "db.sqlite3")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


@pytest.mark.django_db
def test_the_tests_really_run_on_the_store_that_was_asked_for() -> None:
    import os

    wanted = "postgresql" if os.environ.get("BANKHALL_TEST_STORE") == "postgres" else "sqlite"
    assert connection.vendor == wanted
