import math

import numpy as np
import pytest

from bankhall.analytics.chance.durations import (
    ENDLESS,
    Duration,
    DurationFamily,
    cumulated_hazard,
    piecewise_mean,
    weibull_cv,
    weibull_shape,
)
from bankhall.kernel.plain import from_plain, to_plain

PIECES = ((0.0, 5.0, 20.0), (0.02, 0.0, 0.1))


@pytest.mark.parametrize("family", ["lognormal", "gamma", "weibull"])
def test_samples_have_the_mean_and_the_coefficient_of_variation_asked_for(family: DurationFamily) -> None:
    drawn = Duration(family, 6.0, 0.8).sample(np.random.default_rng(1), (200_000,))
    assert drawn.mean() == pytest.approx(6.0, rel=0.01)
    assert drawn.std() / drawn.mean() == pytest.approx(0.8, rel=0.02)


def test_exponential_deterministic_and_endless_are_what_they_say() -> None:
    rng = np.random.default_rng(1)
    drawn = Duration("exponential", 3.0).sample(rng, (200_000,))
    assert drawn.std() == pytest.approx(3.0, rel=0.02)
    assert set(Duration("deterministic", 3.0).sample(rng, (4,))) == {3.0}
    assert np.isinf(ENDLESS.sample(rng, (4,))).all()


def test_a_piecewise_hazard_is_drawn_as_its_survival_says() -> None:
    patience = Duration("piecewise", piecewise_mean(*PIECES), 1.0, *PIECES)
    drawn = patience.sample(np.random.default_rng(2), (200_000,))
    assert drawn.mean() == pytest.approx(patience.mean, rel=0.01)
    at = np.array([3.0, 5.0, 12.0, 20.0, 30.0])
    shares = (drawn[:, None] > at).mean(axis=0)
    assert np.allclose(shares, patience.survival(at), atol=0.005)
    assert float(cumulated_hazard(np.array([20.0]), *PIECES)[0]) == pytest.approx(0.1)


def test_more_customers_repeat_the_first_ones_draws() -> None:
    lognormal = Duration("lognormal", 6.0, 0.9)
    few = lognormal.sample(np.random.default_rng(3), (4, 10))
    many = lognormal.sample(np.random.default_rng(3), (9, 10))
    assert np.array_equal(few, many[:4])


def test_weibull_with_cv_one_is_exponential() -> None:
    assert weibull_shape(1.0) == pytest.approx(1.0, rel=1e-6)
    assert weibull_cv(2.0) == pytest.approx(math.sqrt(4 / math.pi - 1), rel=1e-9)
    assert Duration("weibull", 2.0, 1.0).survival(np.array([2.0]))[0] == pytest.approx(math.exp(-1), rel=1e-6)


def test_durations_cross_a_process_border_as_json() -> None:
    patience = Duration("piecewise", 9.0, 1.0, *PIECES)
    assert from_plain(Duration, to_plain(patience)) == patience


def test_a_scaled_duration_keeps_its_form() -> None:
    patience = Duration("piecewise", piecewise_mean(*PIECES), 1.0, *PIECES).scaled(2.0)
    assert patience.mean == pytest.approx(piecewise_mean(patience.starts, patience.rates))


def test_what_does_not_vary_is_one_number() -> None:
    assert Duration("deterministic", 4.0).constant() == 4.0
    assert Duration("lognormal", 4.0, 0.0).constant() == 4.0
    assert ENDLESS.constant() == math.inf
    assert Duration("exponential", 4.0).constant() is None
