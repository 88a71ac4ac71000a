"""A record imported again may name another day than before: its old row is found by its key and gives way.

Looked for among the branches that a publish touches, on all their days: a record does not change its branch.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.engines.embedded import Engine
from bankhall.data.lake.layout import Layout, fitted, layout_of, with_month
from bankhall.data.lake.snapshot import Snapshot

MANY_BRANCHES = 400
PLACE = ("branch_code", "business_date")


@dataclass(frozen=True, slots=True)
class Part:
    """What a publish brings to one table, in the lake's columns.

    `coming` are its rows and `before` those that now stand for the same records. `leaving` of them lie on other days or
    under another key, so that merging a day would not see them. `following` rows, steps of a visit that has moved,
    change their day with it: they are among `leaving` too.
    """

    layout: Layout
    coming: pa.Table
    before: pa.Table
    leaving: pa.Table
    following: pa.Table


def parts_of(state: Snapshot, tables: Mapping[str, pa.Table]) -> dict[str, Part]:
    """By table name. Visits that moved bring the table of their steps along, whether or not steps come."""
    parts = {}
    for name, table in tables.items():
        layout = layout_of(name)
        coming = with_month(layout, table)
        before = _before(state, layout, coming)
        parts[name] = Part(layout, coming, before, _elsewhere(layout, before, coming), coming.slice(0, 0))
    if "visits" in parts and parts["visits"].leaving.num_rows:
        parts["steps"] = _with_visits(state, parts["visits"], parts.get("steps"))
    return parts


def _before(state: Snapshot, layout: Layout, coming: pa.Table) -> pa.Table:
    """The rows that stand for the records of `coming`, by either key."""
    found = [_named(state, layout, coming, layout.key)]
    other = TABLES[layout.name].other_key
    if other:
        twice = _named(state, layout, coming, other)
        found.append(without(twice, found[0], layout.key))
    return pa.concat_tables(found)


def _named(state: Snapshot, layout: Layout, coming: pa.Table, key: tuple[str, ...]) -> pa.Table:
    """Rows of the touched branches whose columns `key` are those of a coming row; on its days, if the key has them."""
    files = state.files(layout.name)
    if not files or not coming.num_rows:
        return layout.schema.empty_table()
    same = " AND ".join(f'w."{name}" IS NOT DISTINCT FROM c."{name}"' for name in key)
    known = " AND ".join(f'w."{name}" IS NOT NULL' for name in key) if key != layout.key else "TRUE"
    text = f"SELECT w.* FROM wanted w SEMI JOIN coming c ON {same} WHERE {known} AND {_within(coming)}"  # noqa: S608
    if "business_date" in key:
        days = pc.min_max(coming["business_date"]).as_py()
        text += f" AND w.business_date BETWEEN DATE '{days['min']}' AND DATE '{days['max']}'" if days["min"] else ""
    with Engine() as engine:
        found = engine.run_text(text, {"wanted": files, "coming": coming.select(list(key))})
    return with_month(layout, fitted(found, _unmonthed(layout)))


def _unmonthed(layout: Layout) -> pa.Schema:
    return layout.schema.remove(layout.schema.get_field_index(layout.partition))


def _within(coming: pa.Table) -> str:
    """The touched branches, as a list where it is short, so that whole row groups are passed over."""
    codes = sorted(code for code in pc.unique(coming["branch_code"]).to_pylist() if code is not None)
    quoted = ["'" + code.replace("'", "''") + "'" for code in codes]
    if not codes:
        return "TRUE"
    if len(codes) > MANY_BRANCHES:
        return f"w.branch_code >= {quoted[0]} AND w.branch_code <= {quoted[-1]}"
    return f"w.branch_code IN ({', '.join(quoted)})"


def _elsewhere(layout: Layout, before: pa.Table, coming: pa.Table) -> pa.Table:
    """Of the rows before, those that do not lie where a coming row of the same key lies."""
    return without(before, coming, (*layout.key, *PLACE))


def without(rows: pa.Table, others: pa.Table, key: tuple[str, ...]) -> pa.Table:
    """The rows that have no other with the same cells under `key`."""
    if not rows.num_rows or not others.num_rows:
        return rows
    names = tuple(dict.fromkeys(key))
    same = " AND ".join(f'r."{name}" IS NOT DISTINCT FROM o."{name}"' for name in names)
    with Engine() as engine:
        kept = engine.run_text(
            f"SELECT r.* FROM these r ANTI JOIN others o ON {same}",  # noqa: S608 - names of contracts
            {"these": rows, "others": others.select(list(names))},
        )
    return kept.select(rows.column_names).cast(rows.schema)


def _with_visits(state: Snapshot, visits: Part, steps: Part | None) -> Part:
    """The steps of moved visits: on the visit's new day, or gone with a visit that has another number now."""
    layout = layout_of("steps")
    part = steps or Part(layout, *(layout.schema.empty_table() for _ in range(4)))
    held = _named(state, layout, visits.leaving, ("visit_id",))
    held = without(held, part.coming, layout.key)  # a step that comes itself was found by its own key
    return Part(
        layout, part.coming, part.before, pa.concat_tables([part.leaving, held]), _placed(held, visits.coming)
    )  # fmt: skip


def _placed(steps: pa.Table, visits: pa.Table) -> pa.Table:
    """Those whose visit still comes under its number, where it now lies."""
    at = pc.index_in(steps["visit_id"], value_set=visits["visit_id"].combine_chunks())
    staying, places = steps.filter(pc.is_valid(at)), at.drop_null()
    for name in PLACE:
        values = visits[name].combine_chunks().take(places)
        staying = staying.set_column(staying.schema.get_field_index(name), name, values)
    return with_month(layout_of("steps"), staying)
