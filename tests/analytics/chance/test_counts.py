import numpy as np
import pytest

from bankhall.analytics.chance.counts import draw_negative_binomial, negative_binomial_quantile


def test_counts_vary_as_asked() -> None:
    drawn = draw_negative_binomial(np.random.default_rng(1), np.array(20.0), 0.056, (200_000,))
    assert drawn.mean() == pytest.approx(20.0, rel=0.01)
    assert drawn.var() == pytest.approx(20 + 0.056 * 400, rel=0.02)


@pytest.mark.parametrize("spread", [0.0, 0.05, 0.5])
def test_the_quantile_is_the_distributions(spread: float) -> None:
    from scipy.stats import nbinom, poisson

    for level in (0.05, 0.5, 0.9, 0.95):
        size = 1 / spread if spread else 1.0
        known = nbinom.ppf(level, size, size / (size + 12.0)) if spread else poisson.ppf(level, 12.0)
        assert negative_binomial_quantile(12.0, spread, level) == known


def test_nobody_expected_is_nobody() -> None:
    assert negative_binomial_quantile(0.0, 0.1, 0.95) == 0
