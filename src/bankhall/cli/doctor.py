"""What a site lacks, and what to do about it: one check a question, none of them changes anything."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bankhall.wording.say import say

State = Literal["good", "look", "wrong"]
SQLITE_WANTED = (3, 40)
FREE_WANTED_BYTES = 2 << 30
KEY_NAMES = ("session", "audit", "customer")


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: `look` is worth a thought, `wrong` stops something from working. `found` and `advice` are codes of
    `wording.site`, filled with the facts."""

    code: str
    state: State
    found: str
    advice: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def line(self, language: str) -> str:
        """For a terminal."""
        found, advice = self.words(language)
        mark, name = say(f"site.{self.state}", language), say(f"site.{self.code}", language)
        return f"{mark} {name}: {found}" + (f" — {advice}" if advice else "")

    def words(self, language: str) -> tuple[str, str]:
        """What was found, and what to do."""
        advice = say(f"site.{self.advice}", language, **self.facts) if self.advice else ""
        return say(f"site.{self.found}", language, **self.facts), advice

    def plain(self, language: str) -> dict[str, str]:
        """For `--json`."""
        found, advice = self.words(language)
        return {"code": self.code, "state": self.state, "found": found, "advice": advice}


def examine() -> list[Check]:
    """Every check of the site in BANKHALL_HOME."""
    from bankhall.cli.site import open_site

    home = open_site(migrate=False)
    checks = [check for ask in (_home, _disk, _keys, _font) for check in ask(home)]
    store = list(_store())
    if any(check.state == "wrong" for check in store):
        return checks + store
    tables = list(_migrations())
    return checks + store + tables + ([] if tables[0].state != "good" else [*_calendar(), *_notices(), *_trail()])


def _home(home: Path) -> Iterator[Check]:
    writable = os.access(home, os.W_OK)
    state: State = "good" if writable else "wrong"
    yield Check("home", state, "found", "" if writable else "home_advice", {"what": str(home)})


def _disk(home: Path) -> Iterator[Check]:
    free = shutil.disk_usage(home).free
    enough = free >= FREE_WANTED_BYTES
    yield Check(
        "disk", "good" if enough else "look", "disk_free", "" if enough else "disk_advice", {"free": free >> 20}
    )


def _keys(home: Path) -> Iterator[Check]:
    for path in (home / "keys" / name for name in KEY_NAMES):
        facts = {"name": path.name, "path": str(path)}
        if not path.exists():
            yield Check("keys", "good", "key_none", "key_none_advice", facts)
        elif path.stat().st_mode & 0o077:
            yield Check("keys", "wrong", "key_open", "key_open_advice", facts)
        else:
            yield Check("keys", "good", "key_closed", "", facts)


def _font(home: Path) -> Iterator[Check]:
    """Browsers draw with their own machine's fonts; this one matters where the screens hang on this machine."""
    del home
    command = shutil.which("fc-list")
    if command is None:
        yield Check("font", "look", "font_unknown")
        return
    listed = subprocess.run([command, ":lang=zh"], capture_output=True, text=True, check=False)  # noqa: S603
    if listed.stdout.strip():
        yield Check("font", "good", "font_there")
    else:
        yield Check("font", "look", "font_missing", "font_advice")


def _store() -> Iterator[Check]:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Check("store", "wrong", "found", "store_advice", {"what": str(error).splitlines()[0]})
        return
    if connection.vendor == "sqlite":
        enough = sqlite3.sqlite_version_info >= SQLITE_WANTED
        facts = {"what": f"SQLite {sqlite3.sqlite_version}"}
        yield Check("store", "good" if enough else "wrong", "found", "" if enough else "store_sqlite_advice", facts)
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        yield Check("store", "good", "found", "", {"what": f"PostgreSQL {cursor.fetchone()[0]}"})


def _migrations() -> Iterator[Check]:
    from bankhall.cli.site import pending_migrations

    pending = pending_migrations()
    if pending:
        yield Check("tables", "look", "tables_pending", "tables_advice", {"n": len(pending)})
    else:
        yield Check("tables", "good", "tables_current")


def _calendar() -> Iterator[Check]:
    from django.conf import settings

    from bankhall.apps.network import queries as network
    from bankhall.kernel.scope import Scope

    this_year = settings.CLOCK.today().year
    for year in (this_year, this_year + 1):
        if network.calendar_year(Scope.system("doctor"), year).known:
            yield Check("calendar", "good", "calendar_known", "", {"year": year})
        else:
            yield Check("calendar", "look", "calendar_missing", "calendar_advice", {"year": year})


def _notices() -> Iterator[Check]:
    """Whether notices leave the house, and what did not arrive of the last week's."""
    from django.conf import settings
    from django.utils import timezone

    from bankhall.apps.notices.queries import deliveries_since

    channels = settings.NOTICE_CHANNELS
    if not channels.any:
        yield Check("notices", "good", "notices_inside")
        return
    found = deliveries_since(timezone.now() - timedelta(days=7))
    sent, settled, lost = (found.get(state, 0) for state in ("sent", "settled", "given_up"))
    facts = {"sent": sent, "open": sum(found.values()) - sent - settled - lost, "settled": settled, "lost": lost}
    yield Check("notices", "look" if lost else "good", "notices_out", "notices_advice" if lost else "", facts)


def _trail() -> Iterator[Check]:
    from django.conf import settings

    there = settings.SEAL_FILE.exists()
    facts = {"what": str(settings.SEAL_FILE)}
    yield Check("seals", "good" if there else "look", "found", "" if there else "seals_advice", facts)
