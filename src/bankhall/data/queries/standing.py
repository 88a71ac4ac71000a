"""Who stood there: people at windows by slot and kind of window."""

from datetime import date

import pyarrow as pa

from bankhall.data.queries.source import ZONE, Source, ask


def standing(
    source: Source, *, first: date, last: date, branch_code: str = "", slot_minutes: int = 30, zone: str = ZONE
) -> pa.Table:
    """branch_code, business_date, slot, window_kind, people (minutes of sessions over the slot's length)."""
    return ask(
        source, "standing", first=first, last=last, branch_code=branch_code, slot_minutes=slot_minutes, zone=zone
    )
