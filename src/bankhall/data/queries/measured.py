"""What customers met: waits, the promise, leaving, by branch, service, date and block of the day."""

from collections.abc import Iterable
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.queries.source import Source, ask
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import promise_for

WHOLE_DAY = 1440
PROMISED = pa.schema(
    [
        ("branch_code", pa.string()),
        ("service_code", pa.string()),
        ("business_date", pa.date32()),
        ("wait_minutes", pa.float64()),
    ]
)


def measured(
    source: Source, bank: Bank, *, first: date, last: date, branch_code: str = "", block_minutes: int = WHOLE_DAY
) -> pa.Table:
    """branch_code, service_code ("" = the whole branch), business_date, block_start (minute), arrivals, called,
    left, absent, judged, kept, wait_p50, wait_p90 (of who was called and came), kept_share (of judged),
    left_share (left or absent, of arrivals). Null where nobody was judged or called."""
    promised = promised_waits(bank, branch_code, first, last)
    table = ask(
        source,
        "measured",
        {"promised": promised},
        first=first,
        last=last,
        branch_code=branch_code,
        block_minutes=block_minutes,
        zone=bank.zone,
    )
    judged = pc.cast(pc.if_else(pc.equal(table["judged"], 0), None, table["judged"]), pa.float64())
    gone = pc.cast(pc.add(table["left_line"], table["absent"]), pa.float64())
    shares = {
        "kept_share": pc.divide(pc.cast(table["kept"], pa.float64()), judged),
        "left_share": pc.divide(gone, pc.cast(table["arrivals"], pa.float64())),
    }
    # `left` is a reserved word of both engines, so the query says left_line
    names = ["left" if name == "left_line" else name for name in table.column_names]
    table = table.rename_columns(names)
    for name, share in shares.items():
        table = table.append_column(name, share)
    return table


def promised_waits(bank: Bank, branch_code: str, first: date, last: date) -> pa.Table:
    """The promise to ordinary customers by branch, service and date; no row where nothing was promised."""
    branches = [branch_code] if branch_code else [node.node_code for node in bank.branches()]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [row for branch in branches for row in _promised(bank, branch, days)]
    return pa.Table.from_pylist(rows, schema=PROMISED)


def _promised(bank: Bank, branch: str, days: list[date]) -> Iterable[dict[str, object]]:
    for service in bank.services:
        for day in days:
            promise = promise_for(bank.promises, branch, service, day)
            if promise is not None:
                yield {
                    "branch_code": branch,
                    "service_code": service.service_code,
                    "business_date": day,
                    "wait_minutes": promise.wait_minutes,
                }
