"""The settings load anywhere and write nothing by loading."""

import os
import subprocess
import sys
from pathlib import Path

LOAD = "from bankhall.config import settings; print(settings.DATABASES['default']['ENGINE'], settings.DEMO)"


def load(tmp_path: Path, **surroundings: str) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BANKHALL", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=tmp_path,
        env=plain | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_they_load_without_any_variable_and_write_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.stdout.split() == ["django.db.backends.sqlite3", "False"]
    assert list(tmp_path.iterdir()) == []


def test_a_url_changes_the_store_and_a_date_makes_a_demo(tmp_path: Path) -> None:
    loaded = load(tmp_path, BANKHALL_DATABASE_URL="postgresql:///hall", BANKHALL_DEMO_DATE="2026-11-23")
    assert loaded.stdout.split() == ["django.db.backends.postgresql", "True"]
