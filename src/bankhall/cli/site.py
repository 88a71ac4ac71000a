"""Opens the site in the home folder for a command: settings, folders, and a database at the state of this code."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOME_MODE = 0o700


def open_site(*, migrate: bool = True) -> Path:
    """Loads Django with the product's settings and answers the home folder, made if need be.

    With `migrate` the database is brought up to date; two commands that start together do it one after the other.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bankhall.config.settings")
    import django

    django.setup()
    from django.conf import settings

    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True, mode=HOME_MODE)
    os.environ.setdefault("NUMBA_CACHE_DIR", str(home / "cache" / "numba"))
    if migrate:
        with _alone(home / "migrating.lock"):
            _migrate()
    return home


def pending_migrations() -> list[str]:
    """Names of migrations that the database has not seen, for example `rosters.0002_wishes`."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _migrate() -> None:
    if pending_migrations():
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
