from datetime import timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.intraday import level_after, update_during_day, weight_of_seen
from bankhall.analytics.forecasting.spread import Spread, blocks_of
from tests.analytics.forecasting import made

AS_OF = made.FIRST + timedelta(days=200)
NOON = 24


@pytest.fixture(scope="module")
def morning() -> Forecast:
    return forecast_branch(made.history(length=200), made.days(AS_OF, AS_OF + timedelta(days=1)), as_of=AS_OF)


def half_more(forecast: Forecast) -> np.ndarray:
    return np.asarray(np.round(forecast.mean[0] * 1.5))


def of_one_level(c: float) -> Spread:
    """A branch of one service whose day's level is all that varies."""
    return Spread(np.full((2, 3), c), np.full(3, c), days=60)


def weight(spread: Spread, expected: float) -> float:
    return weight_of_seen(spread, np.full((1, 4), expected / 4), np.ones(4, dtype=bool), range(20, 24), 30)


def test_where_only_the_level_varies_it_is_the_posterior_mean_of_a_gamma_level() -> None:
    """Prior Gamma(κ, κ), Poisson arrivals: the posterior is Gamma(κ + seen, κ + expected); checked on a grid."""
    level = np.linspace(0.01, 4.0, 40_000)
    log_density = 199.0 * np.log(level) - 200.0 * level + 150 * np.log(level) - 100 * level
    density = np.exp(log_density - log_density.max())
    found = level_after(150, 100, weight(of_one_level(1 / 200), 100))
    assert found == pytest.approx((level * density).sum() / density.sum(), rel=1e-6)
    assert found == pytest.approx(350 / 300)


def test_the_seen_tells_less_where_half_hours_go_their_own_way() -> None:
    """Four slots of one block: what was seen varies by c₁ + (c₃ − c₂)/4 + (c₂ − c₁) besides Poisson."""
    spread = Spread(np.array([[0.01, 0.02, 0.06]] * 2), np.zeros(3), days=60)
    assert weight(spread, 100) == pytest.approx(0.01 / (1 / 100 + 0.02 + 0.04 / 4))
    assert weight(spread, 100) < weight(of_one_level(0.01), 100)


def test_no_other_weight_has_a_smaller_error() -> None:
    """Days drawn as the spread says, 20,000 of them: the afternoon's error is least at the weight found."""
    spread = Spread(np.array([[0.02, 0.03, 0.05]] * 2), np.array([0.02, 0.03, 0.05]), days=60)
    mean, rng = np.full(16, 12.0), np.random.default_rng(5)
    blocks = blocks_of(range(18, 34), 30)
    level = gammas(rng, 0.02, (20_000, 1)) * gammas(rng, 1.03 / 1.02 - 1, (20_000, 5))[:, blocks]
    came = rng.poisson(mean * level * gammas(rng, 1.05 / 1.03 - 1, (20_000, 16)))
    done = np.arange(16) < 6
    best = weight_of_seen(spread, mean[None], done, range(18, 34), 30)
    errors = {w: squared_error(came, mean, done, w) for w in (0.0, best - 0.1, best, best + 0.1, 1.0)}
    assert min(errors, key=errors.__getitem__) == best


def gammas(rng: np.random.Generator, variance: float, shape: tuple[int, int]) -> np.ndarray:
    return rng.gamma(1 / variance, variance, shape)


def squared_error(came: np.ndarray, mean: np.ndarray, done: np.ndarray, weight: float) -> float:
    level = 1 + weight * (came[:, done].sum(axis=1) / mean[done].sum() - 1)
    return float(((came[:, ~done].sum(axis=1) - level * mean[~done].sum()) ** 2).mean())


def test_nothing_seen_and_nothing_expected_changes_nothing() -> None:
    assert weight(of_one_level(0.01), 0.0) == 0.0
    assert level_after(0, 0, 0.0) == 1.0


def test_the_rest_of_the_day_is_raised_and_what_is_over_is_known(morning: Forecast) -> None:
    seen = half_more(morning)
    later = update_during_day(morning, 0, seen, NOON)
    done = np.arange(morning.slots.start, morning.slots.stop) < NOON
    trust = weight_of_seen(morning.spread[0], morning.mean[0], done, morning.slots, morning.slot_minutes)
    factor = level_after(seen[:, done].sum(), morning.mean[0][:, done].sum(), trust)
    assert 1.0 < factor < 1.5
    assert later.mean[0][:, done] == pytest.approx(seen[:, done])
    assert later.mean[0][:, ~done] == pytest.approx(morning.mean[0][:, ~done] * factor)
    assert (later.quantiles[0, :-1][:, done] == seen[:, done][..., None]).all()


def test_the_days_total_gets_a_narrower_range_about_its_new_mean(morning: Forecast) -> None:
    later = update_during_day(morning, 0, half_more(morning), NOON)
    width = later.day_quantiles[0, -1, -1] - later.day_quantiles[0, -1, 0]
    assert width < morning.day_quantiles[0, -1, -1] - morning.day_quantiles[0, -1, 0]
    assert later.day_quantiles[0, -1, 0] < later.day_mean[0, -1] < later.day_quantiles[0, -1, -1]


def test_other_days_are_left_alone(morning: Forecast) -> None:
    later = update_during_day(morning, 0, half_more(morning), NOON)
    assert np.array_equal(later.mean[1], morning.mean[1])
    assert np.array_equal(later.quantiles[1], morning.quantiles[1])


def test_updating_at_noon_lowers_the_afternoons_error() -> None:
    """Days whose level varies by 20 %: the morning tells of the afternoon."""
    world = made.World(drift=0.2, carry=0.0, size=600)
    history = made.history(length=230, world=world)
    before, after = 0.0, 0.0
    for at in range(200, 230):
        if not history.days.open[at].any():
            continue
        day = history.days.dates[at]
        forecast = forecast_branch(history, made.days(day, day), as_of=day)
        later = update_during_day(forecast, 0, history.counts[at], NOON)
        rest = np.arange(forecast.slots.start, forecast.slots.stop) >= NOON
        before += np.abs(forecast.mean[0] - history.counts[at])[:, rest].sum()
        after += np.abs(later.mean[0] - history.counts[at])[:, rest].sum()
    assert after < 0.85 * before
