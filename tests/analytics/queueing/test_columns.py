import numpy as np
import pytest

from bankhall.analytics.queueing.columns import Columns, empty_columns, merged, place_moments, read_by_day


def part(place: int, arrived: list[float]) -> Columns:
    columns = empty_columns(len(arrived))
    for column in columns:
        column[:] = place
    columns.arrived[:] = arrived
    return columns


def joined(*parts: Columns) -> Columns:
    return Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def test_parts_are_merged_day_by_day_and_those_who_come_together_stand_by_part() -> None:
    parts = joined(part(0, [5.0, 9.0, 1.0]), part(1, [5.0, 7.0]), part(2, [0.0, 1.0, 9.0]))
    columns = merged(parts, np.array([[2, 1], [2, 0], [1, 2]]))
    assert columns.arrived.tolist() == [0, 5, 5, 7, 9, 1, 1, 9]
    assert columns.service.tolist() == [2, 0, 1, 1, 0, 0, 2, 2]
    assert columns.work.tolist() == columns.service.tolist()


def test_merging_is_sorting() -> None:
    rng = np.random.default_rng(1)
    per_day = rng.integers(0, 40, (4, 30))
    day = np.concatenate([np.repeat(np.arange(30), row) for row in per_day])
    parts = joined(*(part(place, rng.integers(0, 90, row.sum()).tolist()) for place, row in enumerate(per_day)))
    first = np.int64(0)
    for count in per_day.ravel():
        parts.arrived[first : first + count].sort()
        first += count
    columns = merged(parts, per_day)
    order = np.lexsort((parts.service, parts.arrived, day))
    assert np.array_equal(columns.arrived, parts.arrived[order])
    assert np.array_equal(columns.service, parts.service[order])


def test_moments_stand_in_their_slots_in_order() -> None:
    counts = np.random.default_rng(2).poisson(4.0, (50, 6))
    out = empty_columns(int(counts.sum()))
    gaps = np.random.default_rng(3).standard_exponential(counts.size + len(out.slot))
    place_moments(gaps, counts, 540.0, 30.0, out)
    assert np.array_equal(out.slot, np.concatenate([np.repeat(np.arange(6), day) for day in counts]))
    within = (out.arrived - 540.0) / 30.0 - out.slot
    assert within.min() >= 0
    assert within.max() <= 1
    assert within.mean() == pytest.approx(0.5, abs=0.03)
    same_cell = np.diff(out.slot) == 0
    assert np.all(np.diff(out.arrived)[same_cell] >= 0)


def test_a_longer_day_reads_more_of_the_same_draws() -> None:
    drawn = np.arange(12.0).reshape(4, 3)
    column = np.empty(6)
    read_by_day(drawn, np.array([2, 0, 4]), column)
    assert column.tolist() == [0, 3, 2, 5, 8, 11]
