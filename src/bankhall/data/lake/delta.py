"""One Delta table: create, read a version, replace a rectangle of branch-days in one commit."""

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from bankhall.data.lake.layout import Layout, delta_settings, in_order, writing_settings

if TYPE_CHECKING:
    from deltalake import DeltaTable


def table_path(root: Path, name: str) -> Path:
    """Where a table lies."""
    return root / "tables" / name


def open_at(root: Path, name: str, version: int) -> "DeltaTable":
    """A table as of a version."""
    from deltalake import DeltaTable

    return DeltaTable(str(table_path(root, name)), version=version)


def files_at(root: Path, name: str, version: int) -> list[str]:
    """The Parquet files of a version, in a fixed order."""
    return sorted(open_at(root, name, version).file_uris())


def base(root: Path, layout: Layout, version: int | None) -> "DeltaTable":
    """The table, standing at the version that readers see: created empty if new, put back if a publish died."""
    from deltalake import DeltaTable, Schema

    place = str(table_path(root, layout.name))
    if not DeltaTable.is_deltatable(place):
        Path(place).mkdir(parents=True, exist_ok=True)
        return DeltaTable.create(
            place,
            Schema.from_arrow(layout.schema),
            partition_by=[layout.partition],
            configuration=delta_settings(),
        )
    table = DeltaTable(place)
    if table.version() != (version or 0):
        table.restore(version or 0)
    return table


def replace_rows(table: "DeltaTable", layout: Layout, rows: pa.Table, predicate: str | None) -> int:
    """One commit: the rows that the predicate names (None = none) give way to these. Returns the new version."""
    from deltalake import write_deltalake

    ordered = in_order(layout, rows)
    if predicate is None:
        write_deltalake(table, ordered, mode="append", **writing_settings())
    else:
        write_deltalake(table, ordered, mode="overwrite", predicate=predicate, **writing_settings())
    table.update_incremental()
    return int(table.version())
