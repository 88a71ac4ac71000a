"""Steps do not say where and when they were: their visit does. In the lake they carry both."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.lake.snapshot import Snapshot
from bankhall.kernel.errors import BadInput


def placed_steps(state: Snapshot, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables, with branch and date in `steps`. Raises BadInput `step_without_visit` when a visit is nowhere."""
    placed = dict(tables)
    steps = tables.get("steps")
    if steps is None or "business_date" in steps.column_names:
        return placed
    visits = tables.get("visits")
    found = _places(steps, visits) if visits is not None else None
    if found is None or found["business_date"].null_count:
        found = _places(steps, _all_visits(state, visits))
    if found["business_date"].null_count:
        lost = found.filter(pc.is_null(found["business_date"]))["visit_id"][0].as_py()
        raise BadInput("step_without_visit", visit_id=lost, rows=found["business_date"].null_count)
    return placed | {"steps": found}


def _all_visits(state: Snapshot, visits: pa.Table | None) -> pa.Table:
    columns = ["visit_id", "branch_code", "business_date"]
    known = state.table("visits").select(columns)
    return pa.concat_tables([visits.select(columns), known]) if visits is not None else known


def _places(steps: pa.Table, visits: pa.Table) -> pa.Table:
    at = pc.index_in(steps["visit_id"], value_set=visits["visit_id"].combine_chunks())
    for name in ("branch_code", "business_date"):
        steps = steps.append_column(name, visits[name].combine_chunks().take(at))
    return steps
