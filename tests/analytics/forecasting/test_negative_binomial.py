import math

import numpy as np
import pytest

from bankhall.analytics.forecasting.negative_binomial import distribution, quantiles


def probabilities(mean: float, phi: float, until: int) -> np.ndarray:
    k = np.arange(until, dtype=float)
    return np.diff(distribution(k, np.full(until, mean), np.full(until, phi)), prepend=0.0)


def test_without_dispersion_it_is_poisson() -> None:
    wanted = [math.exp(-4.0) * 4.0**k / math.factorial(k) for k in range(20)]
    assert probabilities(4.0, 0.0, 20) == pytest.approx(np.array(wanted), abs=1e-12)


@pytest.mark.parametrize(("mean", "phi"), [(0.4, 0.5), (12.0, 0.056), (900.0, 0.01), (1500.0, 0.0)])
def test_mean_and_variance_are_m_and_m_plus_phi_m_squared(mean: float, phi: float) -> None:
    until = int(mean + 12 * math.sqrt(mean + phi * mean**2) + 60)
    p, k = probabilities(mean, phi, until), np.arange(until)
    assert p.sum() == pytest.approx(1.0, abs=1e-6)
    assert (p * k).sum() == pytest.approx(mean, rel=1e-5)
    assert (p * (k - mean) ** 2).sum() == pytest.approx(mean + phi * mean**2, rel=1e-3)


def test_a_quantile_is_the_smallest_count_that_reaches_its_level() -> None:
    mean, phi = np.array([0.0, 3.0, 40.0, 400.0]), np.array([0.1, 0.1, 0.05, 0.02])
    for level in (0.05, 0.5, 0.95):
        count = quantiles(mean, phi, (level,))[:, 0]
        assert (distribution(count, mean, phi) >= level - 1e-9).all()
        assert (distribution(count - 1, mean, phi) < level).all()


def test_nobody_expected_is_nobody_in_every_quantile() -> None:
    assert quantiles(np.zeros(2), np.full(2, 0.3), (0.05, 0.95)).tolist() == [[0, 0], [0, 0]]


def test_a_count_far_out_has_probability_one_and_below_zero_none() -> None:
    cells = distribution(np.array([1e7, -1.0]), np.full(2, 5.0), np.full(2, 0.1))
    assert cells == pytest.approx(np.array([1.0, 0.0]), abs=1e-9)
