import numpy as np
import pytest

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.queueing.hall import Hall, Promised, ServiceModel
from bankhall.analytics.queueing.measures import MEASURES, Measured, measure
from bankhall.analytics.queueing.segments import row_quantiles, segment_quantiles
from bankhall.analytics.queueing.simulate import poisson_days, simulate
from tests.analytics.queueing.halls import equal_windows, given, service

ENDLESS = [float("inf")] * 4


def found(rows: tuple[Measured, ...], code: str = "", slot: int | None = None) -> Measured:
    return next(row for row in rows if row.service_code == code and row.slot == slot)


def value(row: Measured, name: str) -> float | None:
    return row.measures[name].value


def test_a_promise_counts_everybody_whatever_became_of_them() -> None:
    """Waits 0 served, 20 absent at the call, 4 left, 24 served, with a promise of 10 minutes: two of four are kept."""
    model = service(promise=Promised(10.0, 0.9))
    hall = Hall((model,), equal_windows(1, until=60), 0.0, 30.0, 2)
    records = given(
        hall, [0, 1, 2, 3], [21, 5, 5, 5], patience=[*ENDLESS[:2], 4, ENDLESS[3]], absent=[False, True, False, False]
    )
    whole = found(measure(records))
    assert value(whole, "arrivals") == 4
    assert value(whole, "served") == 2
    assert value(whole, "kept_share") == 0.5
    assert value(whole, "left_share") == 0.5
    assert value(whole, "delay_probability") == 0.75
    assert value(whole, "wait_mean") == 9.0
    assert value(whole, "wait_p50") == 9.0
    assert value(whole, "wait_p90") == pytest.approx(16.2)


def test_a_service_without_promise_has_no_share_kept_and_a_slot_without_arrivals_nothing() -> None:
    hall = Hall((service(),), equal_windows(1, until=60), 0.0, 30.0, 2)
    rows = measure(given(hall, [0.0], [1.0]))
    assert value(found(rows), "kept_share") is None
    empty = found(rows, "a", 1)
    assert value(empty, "arrivals") == 0
    assert [value(empty, name) for name in ("wait_mean", "wait_p90", "left_share")] == [None, None, None]


def branch_day(days: int) -> tuple[Measured, ...]:
    models = tuple(
        ServiceModel(code, Duration("lognormal", 6.0, 0.9), Duration("exponential", 30.0), Promised(10.0, 0.8))
        for code in ("a", "b")
    )
    hall = Hall(models, equal_windows(4, ("a", "b"), 240.0), 0.0, 30.0, 8)
    return measure(simulate(hall, poisson_days(np.full((2, 8), 8.0), days, seed=5, codes=("a", "b")), seed=5))


def test_the_range_over_days_stays_while_the_interval_shrinks() -> None:
    few, many = found(branch_day(50)), found(branch_day(800))
    for name in MEASURES:
        narrow, wide = many.measures[name], few.measures[name]
        assert None not in (narrow.low, narrow.high, wide.low, wide.high, narrow.p05, narrow.p95)
        assert (narrow.high or 0) - (narrow.low or 0) < 0.5 * ((wide.high or 0) - (wide.low or 0))
        assert (narrow.p95 or 0) - (narrow.p05 or 0) > 3 * ((narrow.high or 0) - (narrow.low or 0))
        assert (wide.low or 0) <= (narrow.value or 0) * 1.05
        assert (wide.high or 0) >= (narrow.value or 0) * 0.95


def test_services_and_slots_add_up_to_the_whole() -> None:
    rows = branch_day(60)
    whole = value(found(rows), "arrivals")
    assert sum(value(found(rows, code), "arrivals") or 0 for code in ("a", "b")) == pytest.approx(whole)
    assert sum(value(found(rows, "", slot), "arrivals") or 0 for slot in range(8)) == pytest.approx(whole)
    assert len(rows) == 3 * 9


def test_segment_quantiles_are_numpys() -> None:
    rng = np.random.default_rng(1)
    values, group = rng.random(500), rng.integers(0, 6, 500)
    quantiles = segment_quantiles(values, group, 7, (0.1, 0.9))
    for place in range(6):
        assert quantiles[place] == pytest.approx(np.quantile(values[group == place], (0.1, 0.9)))
    assert np.isnan(quantiles[6]).all()


def test_row_quantiles_leave_unknown_days_out() -> None:
    matrix = np.array([[1.0, np.nan, 3.0, 2.0], [np.nan] * 4])
    assert row_quantiles(matrix, (0.5,))[0, 0] == 2.0
    assert np.isnan(row_quantiles(matrix, (0.5,))[1, 0])
