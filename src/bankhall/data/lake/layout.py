"""How a table lies in the lake: its day columns, its partition, its order, its Delta settings.

Every table is partitioned by month and sorted by branch, then time. `steps` carry the branch and date of their visit.
Reference tables are dated copies, partitioned by the date of the copy.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.kernel.errors import BadInput

KEEP_DAYS = 90
MONTH = "month"
COPIED_ON = "copied_on"
NO_MONTH = "none"
TIMES = (
    "arrived_at", "queued_at", "opened_at", "started_at", "slot_start", "start_time", "made_at",
)  # fmt: skip
ROW_GROUP = 131_072


@dataclass(frozen=True, slots=True)
class Layout:
    """One table's place. `key` identifies a row within its branch and day."""

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    order: tuple[str, ...]
    partition: str


def layout_of(name: str) -> Layout:
    """The layout of an exchange table. Raises BadInput for a name that is none."""
    contract = TABLES.get(name)
    if contract is None:
        raise BadInput("table_unknown", table=name)
    schema = contract.arrow_schema()
    if contract.group == "reference":
        return Layout(name, schema.append(pa.field(COPIED_ON, pa.string())), contract.key, contract.key, COPIED_ON)
    for column, kind in (("branch_code", pa.string()), ("business_date", pa.date32())):
        if column not in schema.names:
            schema = schema.append(pa.field(column, kind))
    times = tuple(column for column in TIMES if column in schema.names)
    order = ("branch_code", "business_date", *times, *contract.key)
    return Layout(name, schema.append(pa.field(MONTH, pa.string())), contract.key, tuple(dict.fromkeys(order)), MONTH)


def fitted(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows in the columns of a schema; one that was added to the contract since they were written is null."""
    for field in schema:
        if field.name not in rows.column_names:
            rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    return rows.select(schema.names).cast(schema)


def with_month(layout: Layout, table: pa.Table) -> pa.Table:
    """The table in the lake's columns; rows without a date lie under `none`."""
    month = pc.fill_null(pc.strftime(table["business_date"], "%Y-%m"), NO_MONTH)
    names = [name for name in layout.schema.names if name != MONTH]
    return table.select(names).append_column(MONTH, month).cast(layout.schema)


def in_order(layout: Layout, table: pa.Table) -> pa.Table:
    """Sorted by month, branch, date and time."""
    keys = (layout.partition, *layout.order)
    return table.sort_by([(key, "ascending") for key in dict.fromkeys(keys)])


def writing_settings() -> dict[str, Any]:
    """zstd and row groups small enough to skip; a column new in the contract becomes one of the table's."""
    from deltalake import WriterProperties

    properties = WriterProperties(compression="ZSTD", max_row_group_size=ROW_GROUP)
    return {"writer_properties": properties, "schema_mode": "merge"}


def delta_settings() -> dict[str, str]:
    """No deletion vectors; versions and removed files are kept at least as long as `KEEP_DAYS`."""
    return {
        "delta.enableDeletionVectors": "false",
        "delta.logRetentionDuration": f"interval {KEEP_DAYS + 30} days",
        "delta.deletedFileRetentionDuration": f"interval {KEEP_DAYS} days",
    }
