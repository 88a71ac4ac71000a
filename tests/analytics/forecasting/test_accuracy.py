import math

import numpy as np
import pytest

from bankhall.analytics.forecasting import accuracy

CAME = np.array([10.0, 20.0, 30.0])
MEAN = np.array([12.0, 18.0, 36.0])


def test_wape_is_the_sum_of_errors_over_the_sum_of_what_came() -> None:
    assert accuracy.wape(CAME, MEAN) == pytest.approx(10 / 60)


def test_bias_is_positive_when_too_many_were_forecast() -> None:
    assert accuracy.bias(CAME, MEAN) == pytest.approx(6 / 60)


def test_mase_is_one_for_an_error_as_large_as_the_naive_one() -> None:
    assert accuracy.mase(CAME, MEAN, 10 / 3) == pytest.approx(1.0)


def test_pinball_of_the_median_is_half_the_absolute_error() -> None:
    assert accuracy.pinball(CAME, MEAN[:, None], (0.5,)) == pytest.approx(10 / 3 / 2)


def test_pinball_punishes_the_side_that_its_level_says() -> None:
    high = accuracy.pinball(np.array([10.0]), np.array([[4.0]]), (0.9,))
    low = accuracy.pinball(np.array([4.0]), np.array([[10.0]]), (0.9,))
    assert high == pytest.approx(5.4)
    assert low == pytest.approx(0.6)


def test_interval_score_is_the_width_and_twenty_times_what_lies_outside() -> None:
    came, low, high = np.array([5.0, 12.0, 1.0]), np.array([4.0, 4.0, 4.0]), np.array([10.0, 10.0, 10.0])
    assert accuracy.interval_score(came, low, high, 0.1) == pytest.approx(6 + (20 * 2 + 20 * 3) / 3)


def test_the_poisson_floor_is_what_a_simulated_oracle_gets() -> None:
    mean = np.array([0.3, 2.0, 7.5, 31.0])
    drawn = np.random.default_rng(4).poisson(mean, (200_000, 4))
    assert accuracy.poisson_floor(mean) == pytest.approx(np.abs(drawn - mean).sum() / (200_000 * mean.sum()), rel=0.004)


def test_the_floor_of_one_expected_customer_has_a_closed_form() -> None:
    assert accuracy.poisson_floor(np.array([1.0])) == pytest.approx(2 * math.exp(-1))


def test_randomised_pit_is_uniform_when_the_distribution_is_right() -> None:
    rng = np.random.default_rng(5)
    mean, phi = np.full(20_000, 6.0), np.full(20_000, 0.2)
    came = rng.poisson(mean * rng.gamma(5.0, 0.2, 20_000)).astype(float)
    pit = accuracy.randomised_pit(came, mean, phi, rng)
    assert np.histogram(pit, 10, (0, 1))[0] == pytest.approx(np.full(10, 2000), rel=0.08)
    assert accuracy.coverage(pit, 0.8) == pytest.approx(0.8, abs=0.01)


def test_poisson_ranges_cover_too_little_of_what_varies_more() -> None:
    """The published run: 73 % covered by a 90 % Poisson range where the negative binomial of φ = .056 covers 94 %."""
    rng = np.random.default_rng(6)
    mean, phi = np.full(20_000, 45.0), np.full(20_000, 0.056)
    came = rng.poisson(mean * rng.gamma(1 / 0.056, 0.056, 20_000)).astype(float)
    poisson = accuracy.coverage(accuracy.randomised_pit(came, mean, 0 * phi, rng), 0.9)
    binomial = accuracy.coverage(accuracy.randomised_pit(came, mean, phi, rng), 0.9)
    assert poisson < 0.75
    assert binomial == pytest.approx(0.9, abs=0.01)


def test_nothing_to_measure_is_not_a_number() -> None:
    empty = np.zeros(0)
    assert all(
        math.isnan(value)
        for value in (
            accuracy.wape(empty, empty),
            accuracy.mase(empty, empty, 1.0),
            accuracy.pinball(empty, np.zeros((0, 1)), (0.5,)),
            accuracy.coverage(empty, 0.8),
        )
    )
