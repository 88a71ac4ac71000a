import numpy as np
import pytest

from bankhall.analytics.chance.intervals import batch_means, mean_interval, ratio_interval, student_quantile


def test_students_quantile_is_the_tables() -> None:
    assert student_quantile(0.95, 9) == pytest.approx(2.262, abs=5e-4)


def test_ninety_five_of_a_hundred_intervals_hold_the_mean() -> None:
    rng = np.random.default_rng(5)
    hits = sum(mean_interval(rng.exponential(2.0, 60)).holds(2.0) for _ in range(1000))
    assert 920 <= hits <= 970


def test_batch_means_are_wider_than_pretending_independence() -> None:
    rng = np.random.default_rng(6)
    noise = rng.standard_normal(20_000)
    series = np.convolve(noise, np.ones(50) / 50, "valid")
    honest, naive = batch_means(series), mean_interval(series)
    assert honest.high - honest.low > 3 * (naive.high - naive.low)
    assert honest.value == pytest.approx(naive.value)


def test_a_ratio_is_over_all_customers_not_over_days() -> None:
    late, all_of_them = np.array([0.0, 90.0]), np.array([10.0, 100.0])
    assert ratio_interval(late, all_of_them).value == pytest.approx(90 / 110)


def test_one_replication_has_no_interval() -> None:
    alone = mean_interval(np.array([3.0]))
    assert (alone.low, alone.high) == (3.0, 3.0)
