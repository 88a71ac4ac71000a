"""What one row must fulfil by itself: allowed values, limits, the order of its times, its business date."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.exchange.details import known_zone
from bankhall.data.exchange.parsing import flags
from bankhall.data.exchange.reading_strictly import not_allowed
from bankhall.data.exchange.zones import Flags, to_local
from bankhall.data.importing.batch import Batch

DAY = 24 * 3600 * 1_000_000
SECOND = 1_000_000
# Two clocks that disagree by a few seconds are marked (a note), not refused.
DRIFT = 5 * SECOND
_ON_DATE = {"visits": "arrived_at", "attendance": "started_at", "window_sessions": "opened_at"}


def check_rows(batch: Batch) -> None:
    """Applies every rule that needs nothing but the row; verdicts are left in the batch."""
    for column in batch.contract.columns:
        batch.verdict.fail(not_allowed(column, batch.values(column.name)), _kind_of_limit(column.allowed), column.name)
    for order in batch.contract.orders:
        _check_order(batch, order)
    _check_date(batch)
    own = _OWN_CHECKS.get(batch.contract.name)
    if own:
        own(batch)


def _kind_of_limit(allowed: tuple[str, ...]) -> str:
    return "not_allowed" if allowed else "out_of_range"


def _check_order(batch: Batch, order: tuple[str, ...]) -> None:
    if batch.contract.column(order[0]).kind == "instant":
        _check_instants(batch, order)
    else:
        first, last = batch.values(order[0]), batch.values(order[1])
        compare = pc.less if batch.contract.column(order[0]).kind == "date" else pc.less_equal
        batch.verdict.fail(flags(compare(last, first)), "ends_before_start", order[1])


def _check_instants(batch: Batch, order: tuple[str, ...]) -> None:
    so_far = pc.cast(batch.values(order[0]), pa.int64())
    start = so_far
    for name in order[1:]:
        here = pc.cast(batch.values(name), pa.int64())
        behind = pc.subtract(so_far, here)
        if name == order[-1]:
            batch.verdict.fail(flags(pc.greater(behind, 0)), "ends_before_start", name)
            batch.verdict.fail(flags(pc.greater(pc.subtract(here, start), DAY)), "longer_than_a_day", name)
        else:
            batch.verdict.fail(flags(pc.greater(behind, DRIFT)), "time_runs_back", name)
        so_far = pc.coalesce(here, so_far)


def local_dates(batch: Batch, column: str) -> pa.Array:
    """The branch's own date of an instant, for each row."""
    values = batch.values(column)
    micros = np.asarray(pc.fill_null(pc.cast(values, pa.int64()), 0), dtype=np.int64)
    days = to_local(micros, batch.zones.index, batch.zones.names) // DAY
    return pa.array(days.astype(np.int32), mask=flags(pc.is_null(values))).cast(pa.date32())


def _check_date(batch: Batch) -> None:
    column = _ON_DATE.get(batch.contract.name)
    if column:
        off = pc.not_equal(batch.values("business_date"), pa.chunked_array([local_dates(batch, column)]))
        batch.verdict.fail(flags(off), "not_on_business_date", column)


def _check_nodes(batch: Batch) -> None:
    zones = batch.values("zone")
    unknown = [zone for zone in pc.unique(zones).to_pylist() if zone and not known_zone(zone)]
    batch.verdict.fail(flags(pc.is_in(zones, pa.array(unknown, pa.string()))), "zone_unknown", "zone")


def _check_opening_hours(batch: Batch) -> None:
    half = pc.xor(pc.is_null(batch.values("opens")), pc.is_null(batch.values("closes")))
    batch.verdict.fail(flags(half), "half_open", "closes")


def _check_promises(batch: Batch) -> None:
    both = pc.and_(pc.is_valid(batch.values("service_code")), pc.is_valid(batch.values("family")))
    batch.verdict.fail(flags(both), "both_service_and_family", "family")


def _check_absences(batch: Batch) -> None:
    first = pc.utf8_slice_codeunits(batch.values("starts_at"), 0, 10)
    last = pc.utf8_slice_codeunits(batch.values("ends_at"), 0, 10)
    batch.verdict.fail(flags(pc.less(last, first)), "ends_before_start", "ends_at")


def _check_rosters(batch: Batch) -> None:
    fits = pc.match_substring_regex(batch.values("week"), r"^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$")
    batch.verdict.fail(flags(pc.invert(fits)), "unreadable", "week")
    _check_iso_week(batch)


def _check_iso_week(batch: Batch) -> None:
    dates = batch.values("business_date")
    week = pc.iso_calendar(dates.combine_chunks())
    year, number = pc.struct_field(week, ["iso_year"]), pc.struct_field(week, ["iso_week"])
    text = pc.binary_join_element_wise(
        pc.cast(year, pa.string()), pc.utf8_lpad(pc.cast(number, pa.string()), 2, "0"), "-W"
    )
    off = pc.not_equal(batch.values("week"), pa.chunked_array([text]))
    batch.verdict.fail(flags(off), "not_in_week", "business_date")


_OWN_CHECKS: Mapping[str, Callable[[Batch], None]] = {
    "nodes": _check_nodes, "opening_hours": _check_opening_hours, "promises": _check_promises,
    "absences": _check_absences, "rosters": _check_rosters,
}  # fmt: skip


def drifting(batch: Batch, order: tuple[str, ...]) -> Flags:
    """Rows whose times run backwards by no more than clocks drift."""
    hits = np.zeros(batch.rows, dtype=np.bool_)
    so_far = pc.cast(batch.values(order[0]), pa.int64())
    for name in order[1:]:
        here = pc.cast(batch.values(name), pa.int64())
        hits |= flags(pc.greater(pc.subtract(so_far, here), 0))
        so_far = pc.coalesce(here, so_far)
    return hits
