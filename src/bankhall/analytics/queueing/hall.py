"""What stands in a hall for one day: services, the spans in which people stand at windows, and how doors close.

Minutes are counted from local midnight. A service's line is first come first served; between lines, priority decides.
"""

from dataclasses import dataclass
from typing import Literal

from bankhall.analytics.chance.durations import ENDLESS, Duration
from bankhall.kernel.errors import BadInput

AtClose = Literal["serve", "send_away"]
Leaving = Literal["seen", "at_call"]
MOST_SERVICES = 60


@dataclass(frozen=True, slots=True)
class Promised:
    """At least `share` of arrivals have no more than `wait_minutes` in line."""

    wait_minutes: float
    share: float


@dataclass(frozen=True, slots=True)
class ServiceModel:
    """One service.

    Higher `priority` is called first and interrupts nobody; each `ageing_minutes` of waiting lifts it by one (0 =
    never). An arrival that finds `balk_at` in line for the service goes away at once (0 = never). `absent_share` of
    those called do not come, whatever their patience. `turnaround_minutes` hold the window besides the service itself.
    """

    code: str
    time: Duration
    patience: Duration = ENDLESS
    promise: Promised | None = None
    priority: int = 0
    ageing_minutes: float = 0.0
    balk_at: int = 0
    absent_share: float = 0.0
    turnaround_minutes: float = 0.0

    def occupied_minutes(self) -> float:
        """Mean minutes that one customer holds a window."""
        return self.time.mean + self.turnaround_minutes


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """One person at a window for a while. At its end the customer at the window is finished first."""

    person: str
    start: float
    end: float
    services: tuple[str, ...]
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Booking:
    """A customer who said when to come: arrives at that minute with chance `show_share`, and then waits like others."""

    service_code: str
    minute: float
    show_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Hall:
    """One day of a hall.

    `closes` are the minutes at which doors shut (the end of the last slot when empty). `serve`: whoever stands at a
    window then stays until nobody is left in line; `send_away`: those in line go unserved. `leaving` says what is known
    of those who lose patience: `seen` when they go, or noticed only `at_call` (the call takes `no_show_minutes`).
    """

    services: tuple[ServiceModel, ...]
    people: tuple[PersonSpan, ...]
    start_minute: float
    slot_minutes: float
    slots: int
    closes: tuple[float, ...] = ()
    at_close: AtClose = "serve"
    leaving: Leaving = "seen"
    no_show_minutes: float = 0.0
    bookings: tuple[Booking, ...] = ()

    def codes(self) -> tuple[str, ...]:
        """The services' codes, in order."""
        return tuple(service.code for service in self.services)

    def persons(self) -> tuple[str, ...]:
        """Everybody with a span, in the order of first mention."""
        return tuple(dict.fromkeys(span.person for span in self.people))

    def end_minute(self) -> float:
        """The end of the last slot."""
        return self.start_minute + self.slots * self.slot_minutes

    def shut_minutes(self) -> tuple[float, ...]:
        """When doors shut, in order."""
        return tuple(sorted(self.closes)) or (self.end_minute(),)

    def mask(self, services: tuple[str, ...]) -> int:
        """The services as bits, in the hall's order; a service that the hall does not know counts for nothing."""
        return sum(1 << place for place, code in enumerate(self.codes()) if code in services)

    def check(self) -> None:
        """Refuses what the event loop cannot run."""
        if len(self.services) > MOST_SERVICES:
            raise BadInput("services_too_many", count=len(self.services), most=MOST_SERVICES)
        for span in self.people:
            if span.end < span.start or span.speed <= 0:
                raise BadInput("span_impossible", person=span.person, start=span.start, end=span.end)
