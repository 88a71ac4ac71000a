"""When a notice may leave the house, how long to wait after a failure, which address is allowed."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bankhall.apps.notices.states import MailServer
from bankhall.kernel.errors import BadInput, Refused

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=4)
MOST_ATTEMPTS = 12
"""Half a minute, one, two, … at most four hours: a receiver may be away for about 20 hours."""
MOST_UNMARKED = 2
"""A sending whose end nobody knows is repeated once: a receiver sees the same id twice at most."""
LEASE = timedelta(minutes=5)
"""Longer than any sending can take: each of its steps has a limit of its own."""
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
FEED_SPAN, LINK_ASKS, WRONG_ASKS = timedelta(hours=1), 60, 30


def quiet_end(now: datetime, zone: str, quiet_from: int, quiet_until: int) -> datetime | None:
    """The end of the quiet hours in which an instant lies; None when it lies in none."""
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    over_midnight = quiet_from > quiet_until
    is_quiet = minute >= quiet_from or minute < quiet_until if over_midnight else quiet_from <= minute < quiet_until
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and minute >= quiet_from else 0)
    hour, rest = divmod(quiet_until, 60)
    return datetime.combine(day, time(hour % 24, rest), ZoneInfo(zone)) + timedelta(days=hour // 24)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(attempts - 1, 16)))


def check_address(address: str, mail: MailServer | None) -> None:
    """An address of one's own lies in a domain that the bank allows; none is always right."""
    if not address:
        return
    found = ADDRESS.fullmatch(address)
    allowed = mail.domains if mail else frozenset()
    if found is None or found[1].lower() not in allowed:
        raise BadInput("mail_address_not_allowed", address=address, domains=sorted(allowed))


def check_asks(asked: int, most: int) -> None:
    """Refused when a link, or somebody who guesses links, asks too often."""
    if asked >= most:
        raise Refused("too_many_tries", minutes=int(FEED_SPAN.total_seconds() // 60))
