"""What a site lacks, and what to do about it: one check a question, none of them changes anything."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["good", "look", "wrong"]
MARKS: dict[State, str] = {"good": "ok   ", "look": "look ", "wrong": "WRONG"}
SQLITE_WANTED = (3, 40)
FREE_WANTED_BYTES = 2 << 30
KEY_NAMES = ("session", "audit", "customer")


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: `look` is worth a thought, `wrong` stops something from working."""

    code: str
    state: State
    found: str
    advice: str = ""

    def line(self) -> str:
        """For a terminal."""
        return f"{MARKS[self.state]} {self.code}: {self.found}" + (f" — {self.advice}" if self.advice else "")

    def plain(self) -> dict[str, str]:
        """For `--json`."""
        return {"code": self.code, "state": self.state, "found": self.found, "advice": self.advice}


def examine() -> list[Check]:
    """Every check of the site in BANKHALL_HOME."""
    from bankhall.cli.site import open_site

    home = open_site(migrate=False)
    checks = [check for ask in (_home, _disk, _keys, _font) for check in ask(home)]
    store = list(_store())
    if any(check.state == "wrong" for check in store):
        return checks + store
    tables = list(_migrations())
    return checks + store + tables + ([] if tables[0].state != "good" else [*_calendar(), *_trail()])


def _home(home: Path) -> Iterator[Check]:
    writable = os.access(home, os.W_OK)
    yield Check(
        "home", "good" if writable else "wrong", str(home), "" if writable else "not writable: set BANKHALL_HOME"
    )


def _disk(home: Path) -> Iterator[Check]:
    free = shutil.disk_usage(home).free
    enough = free >= FREE_WANTED_BYTES
    yield Check("disk", "good" if enough else "look", f"{free >> 20} MB free", "" if enough else "2 GB are wanted")


def _keys(home: Path) -> Iterator[Check]:
    for path in (home / "keys" / name for name in KEY_NAMES):
        if not path.exists():
            yield Check("keys", "good", f"{path.name}: none yet", "made at its first use")
        elif path.stat().st_mode & 0o077:
            yield Check("keys", "wrong", f"{path.name}: others may read it", f"chmod 600 {path}")
        else:
            yield Check("keys", "good", f"{path.name}: only its owner may read it")


def _font(home: Path) -> Iterator[Check]:
    """Browsers draw with their own machine's fonts; this one matters where the screens hang on this machine."""
    del home
    command = shutil.which("fc-list")
    if command is None:
        yield Check("font", "look", "fc-list is not installed: not checked")
        return
    listed = subprocess.run([command, ":lang=zh"], capture_output=True, text=True, check=False)  # noqa: S603
    found = bool(listed.stdout.strip())
    advice = "" if found else "screens on this machine show boxes for Chinese: install fonts-noto-cjk"
    yield Check("font", "good" if found else "look", "a Chinese font" if found else "no Chinese font", advice)


def _store() -> Iterator[Check]:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Check("store", "wrong", str(error).splitlines()[0], "look at BANKHALL_DATABASE_URL")
        return
    if connection.vendor == "sqlite":
        new_enough = sqlite3.sqlite_version_info >= SQLITE_WANTED
        yield Check("store", "good" if new_enough else "wrong", f"SQLite {sqlite3.sqlite_version}", "")
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        yield Check("store", "good", f"PostgreSQL {cursor.fetchone()[0]}")


def _migrations() -> Iterator[Check]:
    from bankhall.cli.site import pending_migrations

    pending = pending_migrations()
    found = f"{len(pending)} migrations to come" if pending else "at the state of this code"
    yield Check("tables", "look" if pending else "good", found, "`bankhall serve` brings them in" if pending else "")


def _calendar() -> Iterator[Check]:
    from django.conf import settings

    from bankhall.apps.network import queries as network
    from bankhall.kernel.scope import Scope

    this_year = settings.CLOCK.today().year
    for year in (this_year, this_year + 1):
        known = network.calendar_year(Scope.system("doctor"), year).known
        advice = "" if known else "rosters of that year cannot be published: import its business calendar"
        yield Check("calendar", "good" if known else "look", f"{year} {'known' if known else 'missing'}", advice)


def _trail() -> Iterator[Check]:
    from django.conf import settings

    told = settings.SEAL_FILE.exists()
    advice = "" if told else "written by the keeper; put it on another host by BANKHALL_SEAL_FILE"
    yield Check("seals", "good" if told else "look", str(settings.SEAL_FILE), advice)
