"""Plan rows go to the lake in canonical form, in one commit."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings

from bankhall.data.contracts import TABLES
from bankhall.data.exchange.codec import breaches_table, rosters_table, rows_table, unmet_table

Row = Mapping[str, Any]

__all__ = ["breaches_table", "canonical", "publish", "publish_tables", "rosters_table", "unmet_table"]


def canonical(name: str, rows: Iterable[Row]) -> pa.Table:
    """Plain rows (dates and instants as ISO text, empty text for missing) as the canonical table."""
    columns = TABLES[name].columns
    return rows_table(name, [{c.name: _cell(row.get(c.name), c.kind) for c in columns} for row in rows])


def _cell(value: Any, kind: str) -> Any:
    if value is None or value == "":
        return None
    if kind == "date":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "instant" else value


def publish(tables: Mapping[str, Iterable[Row]], *, batch: str) -> None:
    """Plain rows to the lake."""
    publish_tables({name: canonical(name, rows) for name, rows in tables.items()}, batch=batch)


def publish_tables(tables: Mapping[str, pa.Table], *, batch: str) -> None:
    """Canonical tables to the lake; the last thing of an act, so that a refusal leaves the lake as it was."""
    from bankhall.data.lake import Lake

    filled = {name: table for name, table in tables.items() if table.num_rows}
    if filled:
        Lake(Path(settings.LAKE)).publish(filled, batch=batch)
