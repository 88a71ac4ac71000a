"""How long people waited and were served: rows for fitting, and canonical rows of a span of dates."""

from datetime import date

import pyarrow as pa

from bankhall.data.contracts import TABLES
from bankhall.data.engines import Engine
from bankhall.data.lake.layout import fitted
from bankhall.data.queries.source import DAY_TABLES, ZONE, Source, ask


def service_records(source: Source, *, first: date, last: date, branch_code: str = "", zone: str = ZONE) -> pa.Table:
    """branch_code, business_date, service_code, staff_no, queued_minute, wait_minutes, service_minutes (null = not
    known), line_end (served, left, absent, unknown)."""
    return ask(source, "service_records", first=first, last=last, branch_code=branch_code, zone=zone)


def day_tables(source: Source, *, first: date, last: date, branch_code: str = "") -> dict[str, pa.Table]:
    """Canonical rows of visits, steps, arrival_counts, window_sessions and attendance within the dates."""
    held = source.tables()
    found: dict[str, pa.Table] = {}
    with Engine() as engine:
        for name in DAY_TABLES:
            rows = engine.run("rows_of_days", {"wanted": held[name]}, first=first, last=last, branch_code=branch_code)
            schema = TABLES[name].arrow_schema()
            found[name] = fitted(rows, schema)
    return found
