"""The registry of reference tables: each app says at start how its own tables are filled and read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bankhall.apps.network.bases import Cell, Loaded, Row
from bankhall.kernel.scope import Scope


class Load(Protocol):
    """Fills a table inside an act."""

    def __call__(self, name: str, rows: Sequence[Row], *, batch: str) -> Loaded: ...


Dump = Callable[[Scope, str], Mapping[str, list[dict[str, Cell]]]]


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    """One app's tables: `load(name, rows, batch)` inside an act, `dump(scope, branch_code)` gives exchange rows."""

    names: tuple[str, ...]
    load: Load
    dump: Dump


_registered: dict[tuple[str, ...], ReferenceTables] = {}


def register(tables: ReferenceTables) -> None:
    """Called in `AppConfig.ready`; a second call with the same names replaces the first."""
    _registered[tables.names] = tables


def loader(name: str) -> Load | None:
    """How a table is filled; None when no app owns it."""
    return next((tables.load for tables in _registered.values() if name in tables.names), None)


def dumpers() -> tuple[Dump, ...]:
    """How the tables of every app are read, in the order of registration."""
    return tuple(tables.dump for tables in _registered.values())
