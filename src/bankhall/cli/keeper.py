"""The keeper of a site: seals the audit trail every second and follows the timetable. One process."""

import logging
import signal
import time
from contextlib import suppress

LOG = logging.getLogger(__name__)
TURN_SECONDS = 1.0
TIMETABLE_SECONDS = 20.0
CLEANING_SECONDS = 3600.0
ANSWERS_DAYS = 30


class Keeper:
    """`leave()` (from a signal) ends it after its turn."""

    def __init__(self) -> None:
        self._leaving = False
        self._asked_at = self._cleaned_at = -CLEANING_SECONDS

    def leave(self, *_: object) -> None:
        """Ends the loop."""
        self._leaving = True

    def loop(self) -> None:
        """Until told to leave. While the store is away it waits."""
        from django.db import InterfaceError, OperationalError, close_old_connections, connection

        while not self._leaving:
            try:
                close_old_connections()
                self.turn()
            except (OperationalError, InterfaceError) as error:
                LOG.warning("the store is away: %s", str(error)[:80])
                connection.close()
            time.sleep(TURN_SECONDS)
        seal_all()

    def turn(self) -> None:
        """One second's work: passes of the sealer until nothing waits; timetable and cleaning now and then."""
        seal_all()
        if time.monotonic() - self._asked_at >= TIMETABLE_SECONDS:
            self._asked_at = time.monotonic()
            settle_imports()
            submit_what_is_due()
        if time.monotonic() - self._cleaned_at >= CLEANING_SECONDS:
            self._cleaned_at = time.monotonic()
            forget_ended_sessions()
            forget_old_answers()


def seal_all() -> None:
    """Seals whatever is visible."""
    from bankhall.apps.audit.actions import seal

    while seal():
        pass


def submit_what_is_due() -> int:
    """Asks the timetable with the site's clock, in the site's zone."""
    from zoneinfo import ZoneInfo

    from django.conf import settings

    from bankhall.apps.runs.actions import submit_due

    return submit_due(settings.CLOCK.now().astimezone(ZoneInfo(settings.TIME_ZONE)))


def settle_imports() -> None:
    """Ends what a killed process left of its imports."""
    from bankhall.apps.imports.actions import settle_interrupted

    settle_interrupted()


def forget_ended_sessions() -> None:
    """Sessions that are over leave the database."""
    from django.core.management import call_command

    call_command("clearsessions")


def forget_old_answers() -> None:
    """What planning kept of weeks that nobody has asked about for long."""
    from django.conf import settings

    from bankhall.data.fanout.kept import forget

    forget(settings.HOME / "answers", before=time.time() - ANSWERS_DAYS * 86400)


def main() -> None:
    """Opens the site and keeps it."""
    from bankhall.cli.site import open_site

    open_site(migrate=False)
    from django.conf import settings

    from bankhall.apps.imports.actions import lay_copies_again
    from bankhall.kernel.errors import Refused

    with suppress(Refused):  # a long publish is under way; the next start will do
        lay_copies_again(settings.CLOCK.today())
    keeper = Keeper()
    signal.signal(signal.SIGTERM, keeper.leave)
    signal.signal(signal.SIGINT, keeper.leave)
    keeper.loop()


if __name__ == "__main__":
    main()
