"""One file as one canonical table, or BadInput with the file, the row and the reason: what commands read."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES, Column, Contract
from bankhall.data.exchange.neutral import restored
from bankhall.data.exchange.parsing import RowZones, flags, parse
from bankhall.data.exchange.raw import RawTable
from bankhall.data.exchange.reading import read_raw
from bankhall.data.exchange.zones import Flags
from bankhall.kernel.errors import BadInput


def read_table(path: Path, name: str, *, zone: str = "Asia/Shanghai") -> pa.Table:
    """One file of a table. Instants without offset are in `zone`. Unknown columns are left out."""
    raw = read_raw(path)
    return strict_table(raw, TABLES[name], RowZones.one(zone, raw.table.num_rows))


def strict_table(raw: RawTable, contract: Contract, zones: RowZones) -> pa.Table:
    """The canonical table; raises BadInput at the first row that is broken, unreadable, missing or not allowed."""
    if raw.broken:
        first = raw.broken[0]
        raise BadInput("row_bad", file=raw.file, row=first.row, reason=first.rule)
    columns = [_column(raw, contract, column, zones) for column in contract.columns]
    return pa.table(columns, schema=contract.arrow_schema())


def _column(raw: RawTable, contract: Contract, column: Column, zones: RowZones) -> pa.ChunkedArray:
    if column.name not in raw.table.column_names:
        if column.required:
            raise BadInput("column_missing", file=raw.file, table=contract.name, column=column.name)
        return pa.chunked_array([pa.nulls(raw.table.num_rows, column.arrow_type)])
    cells = raw.table.column(column.name)
    text = restored(cells) if raw.marked else cells
    values, bad = parse(column, text, zones)
    _refuse(raw, column, cells, bad, "unreadable")
    if column.required:
        _refuse(raw, column, cells, flags(pc.is_null(values)), "missing")
    _refuse(raw, column, cells, not_allowed(column, values), "not_allowed")
    return values


def _refuse(raw: RawTable, column: Column, cells: pa.ChunkedArray, bad: Flags, reason: str) -> None:
    places = np.flatnonzero(bad)
    if len(places):
        place = int(places[0])
        raise BadInput("cell_bad", file=raw.file, row=int(raw.rows[place]), column=column.name,
                       value=str(cells[place].as_py() or ""), reason=reason)  # fmt: skip


def not_allowed(column: Column, values: pa.ChunkedArray) -> Flags:
    """Rows whose value (or one of whose values) is not among the allowed, or outside the limits."""
    bad = np.zeros(len(values), dtype=np.bool_)
    if column.allowed and column.kind == "codes":
        words = "|".join(column.allowed)
        bad |= flags(pc.invert(pc.match_substring_regex(values, rf"^({words})(\|({words}))*$")))
    elif column.allowed:
        bad |= flags(pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, pa.array(column.allowed)))))
    if column.minimum is not None:
        bad |= flags(pc.less(values, column.minimum))
    if column.maximum is not None:
        bad |= flags(pc.greater(values, column.maximum))
    return bad
