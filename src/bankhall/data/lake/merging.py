"""What a publish makes of a branch-day: the rows that stood there, and the new ones, merged by key."""

from dataclasses import dataclass

import pyarrow as pa

from bankhall.data.engines.embedded import Engine
from bankhall.data.lake.layout import Layout


@dataclass(frozen=True, slots=True)
class Merged:
    """The rectangle's rows after the merge; `changed` rows are new or differ, `gone` rows were removed."""

    rows: pa.Table
    changed: int
    gone: int


def touched_days(table: pa.Table) -> pa.Table:
    """The different branch-days of some rows."""
    return table.select(["branch_code", "business_date"]).group_by(["branch_code", "business_date"]).aggregate([])


def merge(layout: Layout, standing: pa.Table, coming: pa.Table, *, complete: pa.Table | None) -> Merged:
    """`standing` are the rectangle's rows now. `complete` days keep no row that does not come; None keeps all."""
    names = ", ".join(f'"{name}"' for name in layout.schema.names)
    same_key = " AND ".join(f's."{key}" IS NOT DISTINCT FROM c."{key}"' for key in layout.key)
    same_row = " AND ".join(f's."{name}" IS NOT DISTINCT FROM c."{name}"' for name in layout.schema.names)
    days = complete if complete is not None else touched_days(coming).slice(0, 0)
    tables = {"standing": standing, "coming": coming, "complete_days": days}
    done = (
        "EXISTS (SELECT 1 FROM complete_days d WHERE d.branch_code IS NOT DISTINCT FROM s.branch_code"
        " AND d.business_date IS NOT DISTINCT FROM s.business_date)"
    )
    overtaken = f"EXISTS (SELECT 1 FROM coming c WHERE {same_key})"  # noqa: S608
    kept = f"SELECT {names} FROM standing s WHERE NOT {overtaken} AND NOT {done}"  # noqa: S608 - names of contracts
    with Engine() as engine:
        left = engine.run_text(kept, tables)
        gone = engine.run_text(f"SELECT 1 AS one FROM standing s WHERE NOT {overtaken} AND {done}", tables)  # noqa: S608
        fresh = engine.run_text(
            f"SELECT 1 AS one FROM coming c WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE {same_row})",  # noqa: S608
            tables,
        )
    rows = pa.concat_tables([left.select(layout.schema.names).cast(layout.schema), coming])
    return Merged(rows, fresh.num_rows, gone.num_rows)
