"""Forecasts made on a day are the same whether the rows from that day on are there, deleted or noise."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.backtest import backtest_branch
from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.history import CountRow, History, build_history
from bankhall.analytics.forecasting.pooled import pool_effects
from tests.analytics.forecasting import made

AS_OF = made.FIRST + timedelta(days=200)
LAST = made.FIRST + timedelta(days=260)
FUTURE = made.days(AS_OF, AS_OF + timedelta(days=9))


def rows(branch: int, variant: str) -> list[CountRow]:
    over = made.days(made.FIRST, LAST, branch=f"B{branch:02d}")
    true = made.rows_of(over, made.came(over, made.World(), branch))
    known = [row for row in true if row[1] < AS_OF]
    if variant == "deleted":
        return known
    if variant == "noise":
        rng = np.random.default_rng(99)
        return known + [(code, day, slot, float(rng.integers(0, 60))) for code, day, slot, _ in true if day >= AS_OF]
    return true


def histories(variant: str) -> list[History]:
    until = AS_OF - timedelta(days=1) if variant == "deleted" else LAST
    over = {at: made.days(made.FIRST, until, branch=f"B{at:02d}") for at in (1, 2, 3)}
    return [build_history(f"B{at:02d}", rows(at, variant), days) for at, days in over.items()]


def made_with(variant: str, *, pooled: bool) -> Forecast:
    every = histories(variant)
    effects = pool_effects(every, AS_OF) if pooled else None
    return forecast_branch(every[0], FUTURE, as_of=AS_OF, pooled=effects)


def same(one: Forecast, other: Forecast) -> None:
    for name in ("mean", "quantiles", "day_mean", "day_quantiles"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.notes == other.notes
    for here, there in zip(one.spread, other.spread, strict=True):
        assert np.array_equal(here.series, there.series)
        assert np.array_equal(here.shared, there.shared)


@pytest.mark.parametrize("pooled", [True, False])
@pytest.mark.parametrize("variant", ["deleted", "noise"])
def test_a_forecast_knows_nothing_of_later_rows(variant: str, pooled: bool) -> None:
    same(made_with("true", pooled=pooled), made_with(variant, pooled=pooled))


@pytest.mark.parametrize("variant", ["deleted", "noise"])
def test_pooled_effects_know_nothing_of_later_rows(variant: str) -> None:
    one, other = pool_effects(histories("true"), AS_OF), pool_effects(histories(variant), AS_OF)
    assert one.marks == other.marks
    assert np.array_equal(one.log_factors, other.log_factors)
    assert np.array_equal(one.errors, other.errors)
    assert np.array_equal(one.shapes, other.shapes)


def test_opening_that_is_read_off_counts_knows_nothing_of_later_rows() -> None:
    unknown = made.days(made.FIRST, LAST)
    full = replace(
        unknown, opening_known=False, slots=range(48), service_open=np.ones((len(unknown.dates), 3, 48), bool)
    )
    ahead = replace(FUTURE, opening_known=False, slots=range(48), service_open=np.ones((10, 3, 48), bool))
    variants = [build_history("B01", rows(1, variant), full) for variant in ("true", "noise")]
    one, other = (forecast_branch(history, ahead, as_of=AS_OF) for history in variants)
    assert one.mean.sum() > 0
    same(one, other)


@pytest.mark.parametrize("horizon", [1, 5])
def test_a_backtests_early_days_know_nothing_of_later_ones(horizon: int) -> None:
    """Rows from a cut on are noise: what was issued for days up to `horizon` − 1 open days after the cut is the same,
    means and ranges of the forecast and of every baseline."""
    cut = made.days(made.FIRST, LAST).dates[-25]
    clean, noisy = made.history(length=261), made.history(length=261)
    later = np.array([day >= cut for day in noisy.days.dates])
    noise = np.random.default_rng(5).integers(0, 40, noisy.counts.shape) * noisy.days.service_open
    noisy = replace(noisy, counts=np.where(later[:, None, None], noise, noisy.counts))
    peers = [made.history(branch="B02", seed=2, length=261)]
    one = backtest_branch(clean, peers=peers, days=40, horizon=horizon)
    other = backtest_branch(noisy, peers=peers, days=40, horizon=horizon)
    known = sum(day < cut for day in one.dates) + horizon - 1
    for name in one.issued:
        for part in ("means", "slot_phi", "day_phi"):
            here, there = getattr(one.issued[name], part), getattr(other.issued[name], part)
            assert np.array_equal(here[:, :known], there[:, :known]), (name, part)
    assert not np.array_equal(one.issued["forecast"].means, other.issued["forecast"].means)


def test_effects_made_later_are_refused() -> None:
    effects = pool_effects(histories("true"), AS_OF + timedelta(days=1))
    with pytest.raises(Exception, match="effects_know_more"):
        forecast_branch(histories("true")[0], FUTURE, as_of=AS_OF, pooled=effects)


def test_a_day_before_the_as_of_date_is_not_forecast() -> None:
    with pytest.raises(Exception, match="forecast_before_as_of"):
        forecast_branch(histories("true")[0], FUTURE, as_of=date(2026, 12, 1))
