"""A real worker for the tests of crashes: `python -m tests.spec.worker_process DATABASE LANE LEASE_SECONDS`."""

import os
import signal
import sys
from datetime import timedelta

NEEDED = {
    "django.contrib.auth",
    "django.contrib.contenttypes",
    *(f"bankhall.apps.{name}" for name in ("audit", "identity", "network", "access", "runs")),
}
"""A worker of the tests starts without the apps above: their kinds are not asked here."""


def main(database: str, lane: str, lease_seconds: str) -> None:
    """Registers the tests' kinds and works until told to leave."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name in NEEDED]
    import django

    django.setup()
    from bankhall.apps.runs.actions import Worker, queue
    from bankhall.apps.runs.actions import worker as working
    from tests.spec.kinds import register_kinds

    queue.LEASE = timedelta(seconds=float(lease_seconds))
    working.RECLAIM_SECONDS = 0.5
    register_kinds()
    worker = Worker("batch" if lane == "batch" else "interactive")
    signal.signal(signal.SIGTERM, worker.leave)
    worker.loop()


if __name__ == "__main__":
    main(*sys.argv[1:])
