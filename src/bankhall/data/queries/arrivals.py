"""How many came: arrivals by branch, service, date and slot."""

from collections.abc import Collection, Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.queries.source import ZONE, Source, ask

CountRow = tuple[str, date, int, float]


def arrivals(
    source: Source, *, first: date, last: date, branch_code: str = "", slot_minutes: int = 30, zone: str = ZONE
) -> pa.Table:
    """branch_code, service_code, business_date, slot (from local midnight), arrivals (float). `zone` is for branches
    without one of their own. An empty branch is every branch."""
    return ask(
        source,
        "arrivals",
        branch_from=branch_code,
        branch_until=branch_code,
        first=first,
        last=last,
        slot_minutes=slot_minutes,
        zone=zone,
    )


def count_rows(
    source: Source, *, branch_code: str, first: date, last: date, slot_minutes: int = 30, zone: str = ZONE
) -> list[CountRow]:
    """One branch's arrivals as the forecast's rows: service, date, slot, count."""
    table = arrivals(source, first=first, last=last, branch_code=branch_code, slot_minutes=slot_minutes, zone=zone)
    return _rows(table)


def count_rows_by_branch(
    source: Source, *, branches: Collection[str], first: date, last: date, slot_minutes: int = 30, zone: str = ZONE
) -> Iterator[tuple[str, list[CountRow]]]:
    """The same of several branches, one after another, in one reading: of all whose codes lie between the first and
    the last of them."""
    table = ask(
        source,
        "arrivals",
        branch_from=min(branches),
        branch_until=max(branches),
        first=first,
        last=last,
        slot_minutes=slot_minutes,
        zone=zone,
    )
    for code in branches:
        yield code, _rows(table.filter(pc.equal(table["branch_code"], code)))


def _rows(table: pa.Table) -> list[CountRow]:
    columns = (table[name].to_pylist() for name in ("service_code", "business_date", "slot", "arrivals"))
    return list(zip(*columns, strict=True))
