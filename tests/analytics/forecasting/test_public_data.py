"""Facts about public records; without the folder the same behaviour is tested on made ones (test_backtest)."""

from dataclasses import replace

import pytest
from benchmarks.studies.public_counts import anonymous_bank, committed_days, public_data

from bankhall.analytics.forecasting.backtest import backtest_branch
from bankhall.analytics.forecasting.setting import DEFAULT

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(not (public_data() / "anonymous_bank").is_dir(), reason="BANKHALL_DATA holds no anonymous_bank"),
]


def test_the_committed_days_are_those_of_at_least_six_tenths_of_the_median() -> None:
    history = anonymous_bank()
    totals = history.counts.sum(axis=(1, 2))[history.usable]
    assert len(committed_days()) == len(totals) == 139
    assert totals.min() >= 0.6 * 1554


@pytest.mark.parametrize("days", [20, 40, 60])
def test_the_forecast_beats_the_best_simple_one_on_the_anonymous_bank(days: int) -> None:
    row = backtest_branch(anonymous_bank(), days=days).series[-2]
    assert row.accuracy.wape < 0.98 * min(other.wape for other in row.baselines.values())


def test_the_baselines_are_those_of_the_published_protocol() -> None:
    """Last 40 days from 3 June: seasonal naive .274, last eight .216, all earlier .203; noise floor .114."""
    row = backtest_branch(anonymous_bank(), days=40).series[-2]
    assert row.baselines["seasonal_naive"].wape == pytest.approx(0.274, abs=0.003)
    assert row.baselines["last_8_same_weekday"].wape == pytest.approx(0.216, abs=0.003)
    assert row.baselines["all_same_weekday"].wape == pytest.approx(0.203, abs=0.003)
    assert row.accuracy.poisson_floor == pytest.approx(0.114, abs=0.002)


def test_a_second_and_third_shape_are_worth_having() -> None:
    """Published run: K = 1 .1906, K = 2 .1871, K = 3 .1872 over a longer stretch."""
    wape = [
        backtest_branch(anonymous_bank(), days=60, setting=replace(DEFAULT, factors=k)).series[-2].accuracy.wape
        for k in (1, 3)
    ]
    assert wape[1] < wape[0]


def test_ranges_of_day_totals_cover_what_they_say() -> None:
    row = backtest_branch(anonymous_bank(), days=60).series[-1]
    assert row.accuracy.coverage_80 == pytest.approx(0.8, abs=0.08)
    assert row.accuracy.coverage_90 == pytest.approx(0.9, abs=0.06)
