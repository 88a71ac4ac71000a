"""Stretches to `rosters` rows and back, column by column: a year of rosters is a quarter of a million rows."""

from collections import defaultdict
from collections.abc import Sequence

import pyarrow as pa

from bankhall.data.contracts import TABLES
from bankhall.data.synthetic.past_rosters import Stretch
from bankhall.kernel.minutes import format_minutes, parse_minutes
from bankhall.kernel.week import Week


def roster_rows(branch_code: str, week: Week, rows: Sequence[Stretch]) -> pa.Table:
    """A week's published roster of one branch."""
    many = len(rows)
    columns: dict[str, list[object]] = {
        "branch_code": [branch_code] * many,
        "week": [str(week)] * many,
        "version": [1] * many,
        "state": ["published"] * many,
        "staff_no": [r.staff_no for r in rows],
        "business_date": [r.day for r in rows],
        "start_time": [format_minutes(r.start) for r in rows],
        "end_time": [format_minutes(r.end) for r in rows],
        "kind": [r.kind for r in rows],
        "code": [r.code or None for r in rows],
        "post_code": [r.post_code or None for r in rows],
        "at_branch_code": [None] * many,
        "locked": [False] * many,
    }
    return pa.table(columns, schema=TABLES["rosters"].arrow_schema())


def read_stretches(rosters: pa.Table) -> dict[str, list[Stretch]]:
    """Stretches by the branch where the person works."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for row in rosters.to_pylist():
        found[row["at_branch_code"] or row["branch_code"]].append(
            Stretch(
                row["staff_no"],
                row["business_date"],
                parse_minutes(row["start_time"]),
                parse_minutes(row["end_time"]),
                row["kind"],
                row["code"] or "",
                row["post_code"] or "",
            )
        )
    return dict(found)
