"""Merges new rows into the rows that stand: by key, whole days only when the import declares them complete."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.engines import Engine

PLACE = ("branch_code", "business_date")
MONTH = "month"


@dataclass(frozen=True, slots=True)
class Touched:
    """The branch-days of a publish, as the smallest box that holds them."""

    months: tuple[str, ...]
    branches: tuple[str, ...]
    first: date
    last: date

    def predicate(self) -> str:
        """The box in the words of the lake's format."""
        months = ", ".join(f"'{month}'" for month in self.months)
        branches = ", ".join("'" + code.replace("'", "''") + "'" for code in self.branches)
        return (
            f"month IN ({months}) AND branch_code IN ({branches}) "
            f"AND business_date >= '{self.first.isoformat()}' AND business_date <= '{self.last.isoformat()}'"
        )


def placed(name: str, rows: pa.Table, days: pa.Table | None) -> pa.Table:
    """Rows with their branch, date and month. Steps take them from their visits (`days`)."""
    if name == "steps" and days is not None:
        with Engine() as engine:
            rows = engine.run_text(PLACE_STEPS, {"lines": rows, "days": days})
    texts = pc.strftime(rows["business_date"], format="%Y-%m")
    return rows.append_column(MONTH, pc.cast(texts, pa.string()))


PLACE_STEPS = """
SELECT l.*, d.branch_code, d.business_date
FROM lines l JOIN days d ON d.visit_id = l.visit_id
"""


def touched(rows: pa.Table) -> Touched:
    """The box of the rows' branch-days."""
    dates = pc.min_max(rows["business_date"]).as_py()
    return Touched(
        tuple(sorted(pc.unique(rows[MONTH]).to_pylist())),
        tuple(sorted(pc.unique(rows["branch_code"]).to_pylist())),
        dates["min"],
        dates["max"],
    )


def merged(name: str, standing: pa.Table, new: pa.Table, *, complete_days: bool) -> pa.Table:
    """The rows of the box after the publish, sorted by branch, date and key."""
    new = new.select(standing.column_names).cast(standing.schema)
    if standing.num_rows == 0:
        return in_order(name, new)
    key = TABLES[name].key
    same = " AND ".join(f"s.{column} IS NOT DISTINCT FROM n.{column}" for column in (PLACE if complete_days else key))
    text = f"""
        SELECT * FROM standing s WHERE NOT EXISTS (SELECT 1 FROM fresh n WHERE {same})
        UNION ALL SELECT * FROM fresh
    """  # noqa: S608 - column names of our own contracts
    with Engine() as engine:
        both = engine.run_text(text, {"standing": standing, "fresh": new})
    return in_order(name, both.cast(standing.schema))


def in_order(name: str, rows: pa.Table) -> pa.Table:
    """By branch, date, time where there is one, then key: the order in which readers scan."""
    times = [column for column in ("arrived_at", "queued_at", "slot_start") if column in rows.column_names]
    columns = dict.fromkeys([*PLACE, *times, *TABLES[name].key])
    return rows.sort_by([(column, "ascending") for column in columns])
