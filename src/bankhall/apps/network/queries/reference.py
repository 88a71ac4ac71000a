"""The bank's reference rows: nodes, services, calendar, and all of them as exchange rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.timezone import localtime

from bankhall.apps.network.bases import Cell, ReferenceRow, at_branches, rows_of
from bankhall.apps.network.models import (
    BusinessDay,
    House,
    NodeRow,
    OpeningRow,
    PromiseRow,
    ServiceRow,
    TierRow,
    TravelRow,
    WindowRow,
)
from bankhall.data.exchange.codec import BankDetails, read_record
from bankhall.kernel.bank.branch import Node, Service
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope

Tables = Mapping[str, list[dict[str, Cell]]]

MODELS: Mapping[str, type[ReferenceRow]] = {
    "nodes": NodeRow, "travel": TravelRow, "calendar": BusinessDay, "opening_hours": OpeningRow,
    "services": ServiceRow, "tiers": TierRow, "windows": WindowRow, "promises": PromiseRow,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the calendar page. Not known: no row of it stands in the table."""

    year: int
    known: bool
    days: tuple[CalendarDay, ...]


def details(scope: Scope) -> BankDetails:
    """What is said of the bank as a whole; defaults when nothing was imported."""
    del scope  # the bank's own name, and whether its records are made up, are no secret
    row = House.objects.order_by("-id").first()
    if row is None:
        return BankDetails()
    return BankDetails(Bilingual(row.name_zh, row.name_en), row.zone, row.slot_minutes, row.synthetic)


def branches(scope: Scope) -> tuple[Node, ...]:
    """The branches with a hall that the scope reaches, by code."""
    return _nodes(scope, ~Q(pool=True))


def pools(scope: Scope) -> tuple[Node, ...]:
    """The bases of float pools that the scope reaches, by code."""
    return _nodes(scope, Q(pool=True))


def _nodes(scope: Scope, which: Q) -> tuple[Node, ...]:
    reached = Q() if scope.everywhere else Q(node_code__in=scope.codes())
    return tuple(read_record("nodes", row) for row in rows_of(NodeRow, "nodes", Q(kind="branch") & which & reached))


def regions(scope: Scope) -> tuple[Node, ...]:
    """Head office and regions: the heads of a page's path, and no secret to anybody who may sign in."""
    del scope
    return tuple(read_record("nodes", row) for row in rows_of(NodeRow, "nodes", ~Q(kind="branch")))


def branch(scope: Scope, branch_code: str) -> Node:
    """One branch; NotFound when there is none, NotAllowed outside the scope."""
    scope.check_sees(branch_code)
    for row in rows_of(NodeRow, "nodes", Q(node_code=branch_code, kind="branch")):
        found: Node = read_record("nodes", row)
        return found
    raise NotFound("branch", branch_code=branch_code)


def zone_of(branch_code: str) -> str:
    """The time zone of a branch, which is no secret; empty when nothing is said of it."""
    return NodeRow.objects.filter(node_code=branch_code, retired_in="").values_list("zone", flat=True).first() or ""


def moment(branch_code: str, now: datetime) -> tuple[date, int]:
    """The branch's own date and minute; by the site's clock where nothing is said of its zone."""
    zone = zone_of(branch_code)
    there = now.astimezone(ZoneInfo(zone)) if zone else localtime(now)
    return there.date(), there.hour * 60 + there.minute


def node_names(codes: Collection[str]) -> dict[str, Bilingual]:
    """What some nodes are called, by code; names of branches are no secret to anybody who may sign in."""
    rows = NodeRow.objects.filter(node_code__in=list(codes), retired_in="")
    return {code: Bilingual(zh, en) for code, zh, en in rows.values_list("node_code", "name_zh", "name_en")}


def services(scope: Scope) -> tuple[Service, ...]:
    """The catalogue of services, by code."""
    del scope
    return tuple(read_record("services", row) for row in rows_of(ServiceRow, "services"))


def calendar_year(scope: Scope, year: int) -> CalendarYear:
    """Every row of one year, of all regions."""
    del scope
    rows = rows_of(BusinessDay, "calendar", Q(date__year=year))
    days: Sequence[CalendarDay] = sorted((_day(row) for row in rows), key=lambda d: (d.date, d.region_code))
    return CalendarYear(year, BusinessCalendar(days).knows_year(year), tuple(days))


def _day(row: dict[str, Cell]) -> CalendarDay:
    found: CalendarDay = read_record("calendar", row)
    return found


def tables(scope: Scope, branch_code: str = "") -> Tables:
    """The exchange rows of this app's tables: of one branch with everybody's, or of all that the scope reaches."""
    codes = _codes(scope, branch_code)
    near = partial(at_branches, codes=codes)
    travel = Q() if codes is None else Q(from_branch__in=codes) | Q(to_branch__in=codes)
    node = Q() if codes is None else ~Q(kind="branch") | Q(node_code__in=codes)
    only = {"nodes": node, "travel": travel} | {
        name: near("branch_code") for name in ("opening_hours", "windows", "promises")
    }
    return {name: rows_of(model, name, only.get(name, Q())) for name, model in MODELS.items()}


def _codes(scope: Scope, branch_code: str) -> Collection[str] | None:
    if branch_code:
        scope.check_sees(branch_code)
        return {branch_code}
    return None if scope.everywhere else scope.codes()


def records(rows: Tables) -> dict[str, tuple[Any, ...]]:
    """Exchange rows as the kernel's records."""
    return {name: tuple(read_record(name, row) for row in found) for name, found in rows.items()}
