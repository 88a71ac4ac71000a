"""The question of one branch and day, and its answer. Per slot tuples have one number a slot."""

from dataclasses import dataclass
from typing import Literal

from bankhall.analytics.queueing.hall import AtClose, Leaving, ServiceModel
from bankhall.kernel.bank.roster import DrivenBy
from bankhall.kernel.errors import BadInput

Note = Literal["windows_short", "nobody_able"]


@dataclass(frozen=True, slots=True)
class StaffedService:
    """A service and its expected arrivals, 0 where it is shut. A model without a promise asks for nobody."""

    model: ServiceModel
    arrivals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class StaffedGroup:
    """People with the same services. `least`: presence, `duty`: held by duties, `most`: windows (empty = any)."""

    code: str
    services: tuple[str, ...]
    least: tuple[int, ...] = ()
    duty: tuple[int, ...] = ()
    most: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffingProblem:
    """One day. `least` is the presence that all groups together owe."""

    start_minute: int
    slot_minutes: int
    services: tuple[StaffedService, ...]
    groups: tuple[StaffedGroup, ...]
    least: tuple[int, ...] = ()
    closes: tuple[float, ...] = ()
    at_close: AtClose = "serve"
    leaving: Leaving = "seen"
    no_show_minutes: float = 0.0

    def slots(self) -> int:
        """How many slots the day has."""
        return len(self.services[0].arrivals) if self.services else len(self.least)

    def check(self) -> None:
        """Refuses tuples of different lengths and groups that are empty."""
        lengths = {len(service.arrivals) for service in self.services} | ({len(self.least)} if self.least else set())
        for group in self.groups:
            lengths |= {len(numbers) for numbers in (group.least, group.duty, group.most) if numbers}
        if len(lengths) > 1:
            raise BadInput("slots_differ", lengths=sorted(lengths))
        if not self.groups:
            raise BadInput("groups_missing")
        if not self.services:
            raise BadInput("services_missing")


@dataclass(frozen=True, slots=True)
class StaffedSlot:
    """People of a group in a slot. The shares and the wait are of all arrivals for the group's services in the slot."""

    slot: int
    start_minute: int
    group_code: str
    services: tuple[str, ...]
    people: int
    least: int
    driven_by: DrivenBy
    kept_share: float | None
    wait_p90: float | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A promise that cannot be kept: no window is left, or nobody has the service."""

    service_code: str
    first_slot: int
    last_slot: int
    kept_share: float
    share: float
    note: Note


@dataclass(frozen=True, slots=True)
class StaffingAnswer:
    """Slots by group within slot; `shortfalls` is empty when every promise holds."""

    slots: tuple[StaffedSlot, ...]
    shortfalls: tuple[Shortfall, ...] = ()
