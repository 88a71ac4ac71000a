import numpy as np
import pytest

from bankhall.analytics.forecasting.draws import draw_days
from bankhall.analytics.forecasting.forecast import Forecast, with_ranges
from bankhall.analytics.forecasting.spread import Spread, blocks_of, day_moments, spread_from
from tests.analytics.forecasting import made

SLOTS = range(18, 34)
BLOCKS = blocks_of(SLOTS, 30)
PLANTED = Spread(
    np.array([[0.02, 0.04, 0.08], [0.03, 0.05, 0.07], [0.02, 0.03, 0.05]]), np.array([0.02, 0.03, 0.04]), 0
)
MEAN = np.stack([np.linspace(20, 60, 16), np.linspace(40, 30, 16)])


def forecast(spread: Spread = PLANTED, mean: np.ndarray = MEAN) -> Forecast:
    day, nothing = made.FIRST, np.zeros(0)
    opened = np.ones((1, *mean.shape), dtype=np.bool_)
    plain = Forecast(
        "B01", day, (day,), ("a", "b"), SLOTS, 30, opened, mean[None], nothing, nothing, nothing, (spread,)
    )
    return with_ranges(plain)


def drawn(n: int) -> np.ndarray:
    return draw_days(forecast(), 0, n, np.random.default_rng(8)).astype(float)


def test_blocks_are_two_hours_of_the_clock() -> None:
    assert BLOCKS.tolist() == [0, 0, *[1] * 4, *[2] * 4, *[3] * 4, 4, 4]


def test_drawn_days_have_the_planted_mean_and_variances() -> None:
    days = drawn(40_000)
    assert days.mean(axis=0) == pytest.approx(MEAN, rel=0.02)
    first = days[:, 0]
    assert first.var(axis=0) == pytest.approx(MEAN[0] + 0.08 * MEAN[0] ** 2, rel=0.08)
    cells = np.cov(first.T)
    assert cells[2, 3] == pytest.approx(0.04 * MEAN[0, 2] * MEAN[0, 3], rel=0.12)
    assert cells[2, 12] == pytest.approx(0.02 * MEAN[0, 2] * MEAN[0, 12], rel=0.15)


def test_drawn_services_share_what_the_spread_says() -> None:
    days = drawn(40_000)
    between = np.cov(days[:, 0, 3], days[:, 1, 3])[0, 1]
    assert between == pytest.approx(0.04 * MEAN[0, 3] * MEAN[1, 3], rel=0.1)
    totals = np.cov(days[:, 0, 2], days[:, 1, 12])[0, 1]
    assert totals == pytest.approx(0.02 * MEAN[0, 2] * MEAN[1, 12], rel=0.15)


def test_the_planted_spread_is_found_again_from_days() -> None:
    days = drawn(3_000).transpose(1, 0, 2)
    means = np.broadcast_to(MEAN[:, None], days.shape)
    found = spread_from(*day_moments(days, means, BLOCKS), 4.0)
    assert found.series[:2] == pytest.approx(PLANTED.series[:2], rel=0.15)
    assert found.shared == pytest.approx(PLANTED.shared, rel=0.2)


def test_ranges_of_slots_two_hours_and_days_cover_what_they_say() -> None:
    days, one = drawn(20_000), forecast()
    cash = days[:, 0]
    for level, low, high in ((0.9, 0, 6), (0.8, 1, 5)):
        slot = one.quantiles[0, 0, 5]
        assert np.mean((cash[:, 5] >= slot[low]) & (cash[:, 5] <= slot[high])) == pytest.approx(level, abs=0.03)
        total = one.day_quantiles[0, 0]
        assert np.mean((cash.sum(1) >= total[low]) & (cash.sum(1) <= total[high])) == pytest.approx(level, abs=0.03)


def test_a_day_that_varied_independently_would_be_much_narrower() -> None:
    """The reason for the day's own level: slots of φ = .08 alone would give a third of the day's variance."""
    total = MEAN[0].sum()
    shared = float(PLANTED.of_total(np.concatenate([MEAN, MEAN.sum(0, keepdims=True)]), BLOCKS)[0]) * total**2
    apart = 0.08 * (MEAN[0] ** 2).sum()
    assert shared > 3 * apart


def test_few_days_leave_the_prior() -> None:
    nothing = np.zeros((3, 0, 3))
    spread = spread_from(nothing, nothing, 4.0)
    assert (np.diff(spread.series, axis=1) >= 0).all()
    assert spread.series[-1] == pytest.approx(np.array([0.015, 0.020, 0.030]))


def test_draws_with_the_same_seed_are_the_same() -> None:
    assert (drawn(50) == drawn(50)).all()
