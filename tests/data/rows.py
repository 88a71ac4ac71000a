"""A few canonical visits and steps for tests of the lake and the queries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from bankhall.data.contracts import TABLES

OPENED = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = TABLES[name].arrow_schema()
    return pa.Table.from_pylist([{**dict.fromkeys(schema.names), **row} for row in rows], schema=schema)


def visit(number: int, *, branch: str = "B01", day: date = date(2026, 11, 2), **more: Any) -> dict[str, Any]:
    arrived = datetime.combine(day, OPENED.timetz()) + timedelta(minutes=number)
    return {
        "visit_id": f"{branch}-{day}-{number}",
        "branch_code": branch,
        "business_date": day,
        "segment": "personal",
        "arrived_at": arrived,
        "outcome": "served",
        "source": "test",
        **more,
    }


def step(of: dict[str, Any], *, wait: float = 5.0, service: float | None = 6.0, **more: Any) -> dict[str, Any]:
    called = of["arrived_at"] + timedelta(minutes=wait)
    ended = None if service is None else called + timedelta(minutes=service)
    return {
        "visit_id": of["visit_id"],
        "step_no": 1,
        "service_code": "CASH",
        "queued_at": of["arrived_at"],
        "called_at": called,
        "started_at": called if ended else None,
        "ended_at": ended,
        "outcome": "done",
        **more,
    }
