"""The time source: what "now" and "today" mean for the business. Faces read `settings.CLOCK` and hand it down.

Machinery (a run's beat, a session, the instant in an audit line) keeps real time: only a demo's business date stands
still.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

DEMO_TIME = time(8, 0)


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime:
        """The instant, in UTC."""

    def today(self, zone: str = "") -> date:
        """The business date in an IANA zone (default: the site's)."""


@dataclass(frozen=True, slots=True)
class RealClock:
    """The machine's own clock."""

    zone: str

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)

    def today(self, zone: str = "") -> date:
        """The date there now."""
        return self.now().astimezone(ZoneInfo(zone or self.zone)).date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A demo's clock: it is always eight in the morning of one day."""

    day: date
    zone: str

    def now(self) -> datetime:
        """Eight o'clock of the day in the site's zone, in UTC."""
        return datetime.combine(self.day, DEMO_TIME, ZoneInfo(self.zone)).astimezone(UTC)

    def today(self, zone: str = "") -> date:
        """The fixed day, wherever one asks: a demo has one zone."""
        del zone
        return self.day


def clock_of(demo_date: str, *, zone: str) -> Clock:
    """The real clock, or the demo's when a date such as 2026-11-23 is given."""
    return FixedClock(date.fromisoformat(demo_date), zone) if demo_date else RealClock(zone)
