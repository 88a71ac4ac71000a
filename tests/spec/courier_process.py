"""A real courier for the tests of crashes: `python -m tests.spec.courier_process DATABASE SMTP_PORT LEASE_SECONDS`."""

import os
import sys
from datetime import timedelta


def main(database: str, port: str, lease_seconds: str) -> None:
    """Carries until it is killed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    from bankhall.apps.notices.states import Channels, MailServer

    settings.DATABASES["default"]["NAME"] = database
    mail = MailServer("127.0.0.1", int(port), "none", "hall@bank.example")
    settings.NOTICE_CHANNELS = Channels(mail, quiet_from=0, quiet_until=0)
    import django

    django.setup()
    from bankhall.apps.notices import rules
    from bankhall.cli import courier

    rules.LEASE = timedelta(seconds=float(lease_seconds))
    courier.IDLE_SECONDS = 0.1
    courier.Courier().loop()


if __name__ == "__main__":
    main(*sys.argv[1:])
