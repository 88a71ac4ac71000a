from datetime import date, timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.days import days_between
from bankhall.analytics.forecasting.history import build_history
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.errors import BadInput
from tests.analytics.forecasting import made

MONDAY = date(2026, 3, 2)
WEEK = made.days(MONDAY, MONDAY + timedelta(days=6))


def test_an_absent_slot_of_a_recorded_open_day_is_zero() -> None:
    history = build_history("B01", [("cash", MONDAY, 20, 3.0)], WEEK)
    assert history.counts[0, 0, 20 - WEEK.slots.start] == 3
    assert history.counts[0].sum() == 3
    assert history.usable.tolist() == [True, *[False] * 6]


def test_an_open_day_without_any_row_is_missing_and_said() -> None:
    history = build_history("B01", [("cash", MONDAY, 20, 3.0)], WEEK)
    assert [(note.code, note.facts) for note in history.notes] == [("days_missing", {"days": 5})]


def test_arrivals_outside_opening_hours_count_in_the_nearest_open_slot() -> None:
    rows = [("cash", MONDAY, 16, 2.0), ("cash", MONDAY, 40, 1.0), ("cash", MONDAY + timedelta(days=6), 20, 5.0)]
    history = build_history("B01", rows, WEEK)
    assert history.counts[0, 0, 0] == 2
    assert history.counts[0, 0, -1] == 1
    assert history.counts[6].sum() == 0
    assert next(note.facts for note in history.notes if note.code == "arrivals_outside_opening") == {"count": 8}


def test_two_rows_of_one_cell_are_added() -> None:
    history = build_history("B01", [("cash", MONDAY, 20, 3.0)] * 2, WEEK)
    assert history.counts[0, 0].sum() == 6


def test_an_unknown_service_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as caught:
        build_history("B01", [("gold", MONDAY, 20, 3.0)], WEEK)
    assert caught.value.facts["service_codes"] == ["gold"]


def test_a_corporate_service_is_closed_when_its_segment_is() -> None:
    opening = [OpeningSpan("", "personal", opens=540, closes=1020)]
    opening += [OpeningSpan("", "corporate", weekday=day, opens=540, closes=960) for day in range(1, 6)]
    services = [Service("cash"), Service("company", segment="corporate")]
    days = days_between(
        MONDAY,
        MONDAY + timedelta(days=6),
        branch_code="B01",
        services=services,
        calendar=made.CALENDAR,
        opening=opening,
    )
    assert days.service_open[:, 0].sum(axis=1).tolist() == [16] * 7
    assert days.service_open[:, 1].sum(axis=1).tolist() == [14] * 5 + [0, 0]


def test_without_opening_hours_they_are_read_off_the_counts_known_so_far() -> None:
    over = days_between(
        MONDAY,
        MONDAY + timedelta(days=20),
        branch_code="B01",
        services=[Service("cash")],
        calendar=made.CALENDAR,
        opening=[],
    )
    rows = [("cash", day, slot, 1.0) for day in over.dates[:19] for slot in range(20, 24) if day.isoweekday() < 6]
    late = [("cash", over.dates[20], 40, 5.0)]
    history = build_history("B01", rows + late, over)
    assert [note.code for note in history.notes] == ["opening_assumed"]
    assert history.days.open.sum(axis=1)[:7].tolist() == [4] * 5 + [0, 0]
    assert history.days.open[20].sum() == 1
    assert history.before(over.dates[20]).days.open.sum(axis=1)[14:].tolist() == [4] * 5 + [0]


def test_before_keeps_only_earlier_dates() -> None:
    history = made.history(length=30)
    cut = history.before(made.FIRST + timedelta(days=10))
    assert len(cut.days.dates) == 10
    assert (cut.counts == history.counts[:10]).all()
    assert np.array_equal(cut.recorded, history.recorded[:10])
