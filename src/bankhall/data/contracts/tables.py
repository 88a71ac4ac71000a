"""All tables of the exchange folder by name, in the order in which they are read: what is referred to comes first."""

from collections.abc import Mapping
from types import MappingProxyType

from bankhall.data.contracts import day, network, people, plan
from bankhall.data.contracts.contract import Contract

EXCHANGE_VERSION = 1

_ORDER = (
    "nodes", "travel", "calendar", "opening_hours", "services", "tiers", "certificate_kinds", "windows", "posts",
    "staff",
    "certificates", "protections", "absences", "post_history", "duties", "promises", "rules", "prices", "wishes",
    "rosters", "visits", "steps", "arrival_counts", "window_sessions", "attendance",
    "forecasts", "requirement", "proof", "unmet", "breaches",
)  # fmt: skip

_ALL = {t.name: t for t in (*network.TABLES, *people.TABLES, *day.TABLES, *plan.TABLES)}

TABLES: Mapping[str, Contract] = MappingProxyType({name: _ALL[name] for name in _ORDER})


def in_group(group: str) -> tuple[Contract, ...]:
    """The tables of a group (`reference`, `facts`, `out`), in reading order."""
    return tuple(contract for contract in TABLES.values() if contract.group == group)
