from datetime import timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.intraday import level_after, update_during_day
from tests.analytics.forecasting import made

AS_OF = made.FIRST + timedelta(days=200)
NOON = 24


@pytest.fixture(scope="module")
def morning() -> Forecast:
    return forecast_branch(made.history(length=200), made.days(AS_OF, AS_OF + timedelta(days=1)), as_of=AS_OF)


def half_more(forecast: Forecast) -> np.ndarray:
    return np.asarray(np.round(forecast.mean[0] * 1.5))


def test_the_level_is_the_posterior_mean_of_a_gamma_prior() -> None:
    """Prior Gamma(κ, κ), Poisson arrivals: the posterior is Gamma(κ + seen, κ + expected); checked on a grid."""
    level = np.linspace(0.01, 4.0, 40_000)
    log_density = 199.0 * np.log(level) - 200.0 * level + 150 * np.log(level) - 100 * level
    density = np.exp(log_density - log_density.max())
    assert level_after(150, 100) == pytest.approx((level * density).sum() / density.sum(), rel=1e-6)
    assert level_after(150, 100) == pytest.approx(350 / 300)


def test_without_a_prior_the_level_is_what_was_seen() -> None:
    assert level_after(150, 100, kappa=0.0) == 1.5


def test_the_rest_of_the_day_is_raised_and_what_is_over_is_known(morning: Forecast) -> None:
    seen = half_more(morning)
    later = update_during_day(morning, 0, seen, NOON)
    done = np.arange(morning.slots.start, morning.slots.stop) < NOON
    factor = level_after(seen[:, done].sum(), morning.mean[0][:, done].sum())
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
        later = update_during_day(forecast, 0, history.counts[at], NOON, kappa=50.0)
        rest = np.arange(forecast.slots.start, forecast.slots.stop) >= NOON
        before += np.abs(forecast.mean[0] - history.counts[at])[:, rest].sum()
        after += np.abs(later.mean[0] - history.counts[at])[:, rest].sum()
    assert after < 0.85 * before
