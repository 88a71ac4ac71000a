"""Builds the demo bank: a synthetic bank written as an exchange folder, imported like anybody's data, and planned."""

import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bankhall.cli.demo_bank import BRANCHES, FIRST_DAY, LAST_DAY, SEED, WEEK

T = TypeVar("T")
STAMP = "built.json"


def built_from() -> str:
    """A hash of the code that builds the demo: whatever changes it builds the demo anew."""
    import bankhall

    root = Path(bankhall.__file__).parent
    told = hashlib.sha256(f"{BRANCHES} {FIRST_DAY} {LAST_DAY} {SEED} {WEEK}".encode())
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".sql", ".toml") and not {"web", "wording", "documents"} & set(path.parts):
            told.update(path.read_bytes())
    return told.hexdigest()


def same_as_built(home: Path) -> bool:
    """Whether the home holds a finished demo of this very code."""
    stamp = home / STAMP
    return stamp.is_file() and json.loads(stamp.read_text())["sources"] == built_from()


def build(home: Path, *, processes: int, sources: str) -> None:
    """Everything from nothing. The stamp is written last: a demo that was interrupted is built again."""
    _clear(home)
    folder = home / "exchange"
    _step("the synthetic bank, 12 branches and 13 months", lambda: _synthesise(home, folder))
    from bankhall.cli.site import open_site

    _step("the store", lambda: open_site(migrate=True))
    _step("the import, every row checked", lambda: _import(folder))
    _step("accounts and metrics", _prepare)
    _step("this week's roster of one branch", lambda: _this_week(processes))
    _step("the week's plans", lambda: _plan(processes))
    _step("past errors and promises", lambda: _measure(processes))
    (home / STAMP).write_text(json.dumps({"sources": sources}))


def _step(what: str, do: Callable[[], T]) -> T:
    started = time.monotonic()
    print(f"  {what} …", file=sys.stderr, flush=True)
    answer = do()
    print(f"  {what}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return answer


def _clear(home: Path) -> None:
    for path in home.iterdir():
        if path.name != "keys":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _synthesise(home: Path, folder: Path) -> None:
    import argparse

    from bankhall.cli import synthesise

    parser = argparse.ArgumentParser()
    synthesise.add_arguments(parser)
    words = [str(folder), "--branches", str(BRANCHES), "--from", FIRST_DAY, "--until", LAST_DAY, "--seed", str(SEED)]
    options = parser.parse_args([*words, "--truth", str(home / "truth.json")])
    options.json = True
    _quietly(lambda: synthesise.run(options))


def _quietly(do: Callable[[], object]) -> None:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        do()


def _import(folder: Path) -> None:
    from bankhall.apps.imports import actions as imports
    from bankhall.kernel.scope import Scope

    scope = Scope.system("demo")
    result = imports.import_folder(folder, by=scope.actor, scope=scope, progress=_percent)
    read = sum(account.read for account in result.accounts.values())
    print(f"    {read:,} rows read, {result.rejected:,} rejected", file=sys.stderr)


def _percent(per_cent: int, stage: str) -> None:
    if sys.stderr.isatty():
        print(f"\r    {per_cent:3d} % {stage:40s}", end="\r", file=sys.stderr, flush=True)


def _prepare() -> None:
    from django.conf import settings

    from bankhall.apps.metrics import actions as metrics
    from bankhall.cli.demo_accounts import open_demo_accounts
    from bankhall.kernel.scope import Scope

    scope = Scope.system("demo")
    open_demo_accounts(settings.CLOCK.today())
    metrics.install_definitions(by=scope.actor, scope=scope, now=settings.CLOCK.now())


def _this_week(processes: int) -> None:
    from django.conf import settings

    from bankhall.cli.demo_today import publish_this_week

    against = publish_this_week(settings.CLOCK.now(), processes=processes)
    if against:
        print(f"    this week could not be published: {against}", file=sys.stderr)


def _plan(processes: int) -> None:
    from django.conf import settings

    from bankhall.apps.rosters import actions as rosters
    from bankhall.kernel.scope import Scope

    scope = Scope.system("demo")
    planned = rosters.plan_network(
        WEEK, by=scope.actor, scope=scope, now=settings.CLOCK.now(), processes=processes, seed=SEED, progress=_branch
    )
    for code, error in planned.failed.items():
        print(f"    {code} could not be planned: {error}", file=sys.stderr)


def _measure(processes: int) -> None:
    from django.conf import settings

    from bankhall.apps.rosters import actions as rosters
    from bankhall.kernel.scope import Scope

    scope, today = Scope.system("demo"), settings.CLOCK.today()
    rosters.measure_all(
        today, by=scope.actor, scope=scope, now=settings.CLOCK.now(), processes=processes, progress=_branch
    )
    rosters.learn_all(today, by=scope.actor, scope=scope, processes=processes)


def _branch(done: int, of: int, key: str) -> None:
    print(f"    {done} of {of} ({key})", file=sys.stderr, flush=True)
