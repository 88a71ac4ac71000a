"""Histories of several branches, read together."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bankhall.data.lake import Lake
from bankhall.data.planning.history import histories_of, history_of
from bankhall.data.queries import lake_source
from tests.data.rows import table
from tests.factories.bank import small_bank

MONDAY = date(2026, 11, 2)


def test_branches_with_slots_of_another_length_are_read_by_their_own(tmp_path: Path) -> None:
    row = {"service_code": "cash", "slot_start": "09:15", "minutes": 15, "source": "counter", "count": 3}
    rows = [row | {"branch_code": code, "business_date": MONDAY} for code in ("B01", "B02")]
    lake = Lake(tmp_path)
    lake.publish({"arrival_counts": table("arrival_counts", rows)})
    source, half_hours = lake_source(lake), small_bank()
    quarters, as_of = replace(half_hours, slot_minutes=15), MONDAY + timedelta(days=7)
    asked = [("B01", half_hours), ("B02", quarters)]
    found = histories_of(source, asked, as_of)
    assert [one.branch_code for one in found] == ["B01", "B02"]
    for one, (code, bank) in zip(found, asked, strict=True):
        alone = history_of(source, bank, code, as_of)
        assert one.days.slot_minutes == bank.slot_minutes
        assert np.array_equal(one.counts, alone.counts, equal_nan=True)
        (place,) = np.argwhere(one.counts == 3)
        assert one.days.slots[int(place[-1])] == (9 * 60 + 15) // bank.slot_minutes
