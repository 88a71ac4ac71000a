"""Where service happens: nodes, opening hours, windows, services, promises, travel."""

import datetime
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import DayKind

NodeKind = Literal["head_office", "region", "branch"]
Segment = Literal["personal", "corporate"]
Family = Literal["cash", "account", "card", "loan", "wealth", "corporate", "other"]
WindowKind = Literal["cash", "open_desk", "smart_counter", "adviser", "self_service"]


@dataclass(frozen=True, slots=True)
class Node:
    """Head office, region or branch. No `closed_on` means still open; no position means not on a map.

    A `pool` is a branch without a hall: the base of a region's float pool, whose people are lent out day by day.
    """

    node_code: str
    kind: NodeKind
    parent_code: str = ""
    name: Bilingual = Bilingual()
    zone: str = "Asia/Shanghai"
    longitude: float | None = None
    latitude: float | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    pool: bool = False


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes on the way between two branches."""

    from_branch: str
    to_branch: str
    minutes: int


@dataclass(frozen=True, slots=True)
class OpeningSpan:
    """One span of opening. A date beats a kind of day, that beats a weekday; opens and closes both None = closed."""

    branch_code: str
    segment: Segment
    weekday: int | None = None
    day_kind: DayKind | None = None
    date: datetime.date | None = None
    opens: int | None = None
    closes: int | None = None
    validity: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Service:
    """What a customer comes for. `dual_control`: a second person must authorise."""

    service_code: str
    name: Bilingual = Bilingual()
    segment: Segment = "personal"
    family: Family = "other"
    typical_minutes: float | None = None
    certificates: tuple[str, ...] = ()
    dual_control: bool = False
    zone: str = ""
    priority: int = 0
    elsewhere: tuple[str, ...] = ()
    papers: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class Window:
    """A counter. `closes_first` 1 is the first to close when people are short; None is the last."""

    branch_code: str
    window_code: str
    kind: WindowKind
    services: tuple[str, ...] = ()
    closes_first: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """At least `share` of arrivals wait no longer than `wait_minutes`. Empty branch, service or family = every one."""

    branch_code: str = ""
    service_code: str = ""
    family: str = ""
    tier_code: str = ""
    wait_minutes: float = 0.0
    share: float = 0.0
    hard_maximum_minutes: float | None = None
    validity: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Tier:
    """A customer tier by assets, or by need (elderly, disabled)."""

    tier_code: str
    name: Bilingual = Bilingual()
    kind: Literal["assets", "need"] = "assets"
