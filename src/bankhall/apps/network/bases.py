"""The base of every table that an exchange file fills: rows with a version of their own, never overwritten.

A row is *current* until an import brings other content under the same key; then it is retired and the new one stands
beside it, each with the batch that did it. What people agreed on (opening hours, promises, rules) has its valid dates
in the key, so a new agreement is another row, not a change.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow
from bankhall.data.contracts import TABLES, Contract

Cell = Any  # one cell of an exchange row: text, number, boolean, date or None
Row = Mapping[str, Cell]
CHUNK = 400
TEXT = ("text", "code", "codes", "time", "offset", "day_or_instant")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows of one table: new, changed (the old ones are kept), already there."""

    taken: int = 0
    changed: int = 0
    duplicate: int = 0


class ReferenceRow(BusinessRow):
    """One version of one row of a reference table. `digest` is the hash of its content."""

    row_key = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    taken_in = models.CharField(max_length=60)
    retired_in = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=["row_key"], condition=Q(retired_in=""), name="%(app_label)s_%(class)s_one_current"
            ),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return self.row_key


def code(size: int = 60) -> "models.CharField[str, str]":
    """A code, or several with | between them; empty when the cell is."""
    return models.CharField(max_length=size, blank=True, default="")


def words() -> "models.TextField[str, str]":
    """Text that people read."""
    return models.TextField(blank=True, default="")


def load_rows(model: type[ReferenceRow], name: str, rows: Sequence[Row], *, batch: str) -> Loaded:
    """Brings canonical rows (unique by key) into a table, inside an open act. Nothing is removed.

    A row whose key is new is taken, one with other content is a change, the rest are duplicates.
    """
    contract = TABLES[name]
    standing = dict(model.objects.filter(retired_in="").values_list("row_key", "digest"))
    fresh = {key_of(contract, row): row for row in rows}
    differing = {key: row for key, row in fresh.items() if standing.get(key) != digest_of(contract, row)}
    changed = [key for key in differing if key in standing]
    for part in _chunks(changed):
        model.objects.filter(retired_in="", row_key__in=part).update(retired_in=batch)
    model.objects.bulk_create(
        [_row_of(model, contract, key, row, batch) for key, row in differing.items()], batch_size=CHUNK
    )
    return Loaded(len(differing) - len(changed), len(changed), len(fresh) - len(differing))


def rows_of(model: type[ReferenceRow], name: str, only: Q = Q()) -> list[dict[str, Cell]]:  # noqa: B008 - never changed
    """The current rows as exchange rows, by key; missing cells are None."""
    contract = TABLES[name]
    found = model.objects.filter(only, retired_in="").order_by("row_key").values(*contract.names)
    empty = frozenset(column.name for column in contract.columns if column.kind in TEXT)
    return [{key: None if value == "" and key in empty else value for key, value in row.items()} for row in found]


def at_branches(column: str, codes: Collection[str] | None) -> Q:
    """Rows of some branches and those of every branch; None asks for all."""
    return Q() if codes is None else Q(**{f"{column}__in": ["", *sorted(codes)]})


def key_of(contract: Contract, row: Row) -> str:
    """The key's cells in the contract's order."""
    return "\x1f".join(_text(row.get(name)) for name in contract.key)


def digest_of(contract: Contract, row: Row) -> str:
    """A hash of the row's content: equal rows have equal hashes in whatever form they came."""
    said = [_text(row.get(name)) for name in contract.names]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _row_of(model: type[ReferenceRow], contract: Contract, key: str, row: Row, batch: str) -> ReferenceRow:
    cells = {name: _stored(row.get(name), name in _text_columns(contract.name)) for name in contract.names}
    return model(row_key=key, digest=digest_of(contract, row), taken_in=batch, **cells)


@cache
def _text_columns(name: str) -> frozenset[str]:
    return frozenset(column.name for column in TABLES[name].columns if column.kind in TEXT)


def _stored(cell: Cell, is_text: bool) -> Cell:
    return "" if cell is None and is_text else cell


def _text(cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    return repr(float(cell)) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
