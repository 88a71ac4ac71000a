"""What a publish makes of a branch-day: the rows that stood there, and the new ones, merged by key."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from bankhall.data.contracts import TABLES
from bankhall.data.engines.embedded import Engine
from bankhall.data.lake.layout import Layout


@dataclass(frozen=True, slots=True)
class Merged:
    """The rectangle's rows after the merge; `changed` rows are new or differ, `gone` rows were removed."""

    rows: pa.Table
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What the rows of a publish were to the records that stood: new, or changed; the rest stood already."""

    new: int = 0
    changed: int = 0


def counted(layout: Layout, coming: pa.Table, before: pa.Table) -> Counts:
    """By the contract's columns: where a step lies is its visit's affair."""
    contract = TABLES[layout.name]
    if not before.num_rows:
        return Counts(new=coming.num_rows)
    stood = f"EXISTS (SELECT 1 FROM before s WHERE {_same(contract.key)})"  # noqa: S608 - names of contracts
    if contract.other_key:
        known = " AND ".join(f's."{name}" IS NOT NULL' for name in contract.other_key)
        stood += f" OR EXISTS (SELECT 1 FROM before s WHERE {_same(contract.other_key)} AND {known})"  # noqa: S608
    equal = f"EXISTS (SELECT 1 FROM before s WHERE {_same(contract.names)})"  # noqa: S608
    text = (
        "SELECT COUNT(*) FILTER (NOT stood) AS new, COUNT(*) FILTER (stood AND NOT equal) AS changed"  # noqa: S608
        f" FROM (SELECT ({stood}) AS stood, {equal} AS equal FROM coming c)"
    )
    with Engine() as engine:
        found = engine.run_text(text, {"before": before, "coming": coming})
    return Counts(found["new"][0].as_py(), found["changed"][0].as_py())


def _same(names: Iterable[str]) -> str:
    return " AND ".join(f's."{name}" IS NOT DISTINCT FROM c."{name}"' for name in names)


def touched_days(table: pa.Table) -> pa.Table:
    """The different branch-days of some rows."""
    return table.select(["branch_code", "business_date"]).group_by(["branch_code", "business_date"]).aggregate([])


def merge(layout: Layout, standing: pa.Table, coming: pa.Table, *, complete: pa.Table | None) -> Merged:
    """`standing` are the rectangle's rows now. `complete` days keep no row that does not come; None keeps all."""
    names = ", ".join(f'"{name}"' for name in layout.schema.names)
    same_key, same_row = _same(layout.key), _same(layout.schema.names)
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
