import json
from datetime import timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.backtest import Backtest, backtest_branch
from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.kernel.errors import BadInput
from tests.analytics.forecasting import made

WORLD = made.World(drift=0.1, carry=0.6, size=300.0)
MEASURES = "wape mase pinball interval_score_90 coverage_80 coverage_90 bias poisson_floor"


@pytest.fixture(scope="module")
def trial() -> Backtest:
    return backtest_branch(made.history(length=330, world=WORLD), days=80)


def test_the_answer_has_the_shape_of_the_exchange(trial: Backtest) -> None:
    rows = trial.to_rows()
    head = "branch_code service_code level horizon"
    assert list(rows[0]) == [*head.split(), *MEASURES.split(), "baselines"]
    assert list(rows[0]["baselines"]) == ["seasonal_naive", "last_8_same_weekday", "all_same_weekday"]  # type: ignore[call-overload]
    assert json.loads(json.dumps(rows)) == rows
    series = [(row["service_code"], row["level"]) for row in rows]
    assert series == [(code, level) for code in ("cash", "account", "loan", "") for level in ("slot", "day")]


def test_the_forecast_beats_every_baseline_and_not_the_floor(trial: Backtest) -> None:
    for row in trial.series:
        best = min(other.wape for other in row.baselines.values())
        if row.service_code in ("", "cash"):
            assert row.accuracy.wape < best
        assert row.accuracy.wape > 0.97 * row.accuracy.poisson_floor


def test_ranges_cover_what_they_say(trial: Backtest) -> None:
    for row in trial.series:
        wide = 0.04 if row.level == "slot" else 0.12
        assert row.accuracy.coverage_80 == pytest.approx(0.8, abs=wide)
        assert row.accuracy.coverage_90 == pytest.approx(0.9, abs=0.75 * wide)


def test_the_forecast_is_nearly_unbiased(trial: Backtest) -> None:
    assert abs(trial.series[-1].accuracy.bias) < 0.03


def test_a_backtest_issues_what_a_forecast_of_that_day_would_have_been() -> None:
    history, peers = made.history(length=200), [made.history(branch="B02", seed=2, length=200)]
    trial = backtest_branch(history, peers=peers, days=20)
    day = trial.dates[0]
    pooled = pool_effects([history, *peers], day)
    forecast = forecast_branch(history, made.days(day, day), as_of=day, pooled=pooled)
    assert forecast.mean[0] == pytest.approx(trial.issued["forecast"].means[:-1, 0])
    assert forecast.spread[0].series[:, 2] == pytest.approx(trial.issued["forecast"].slot_phi[:, 0])


def test_a_longer_horizon_is_tried_from_an_earlier_origin() -> None:
    history = made.history(length=250, world=WORLD)
    near, far = (backtest_branch(history, days=40, horizon=horizon) for horizon in (1, 6))
    assert near.dates == far.dates
    assert near.series[-1].accuracy.wape < far.series[-1].accuracy.wape


def test_too_short_a_history_is_said() -> None:
    with pytest.raises(BadInput) as caught:
        backtest_branch(made.history(length=40), days=30)
    assert caught.value.code == "history_too_short"


def test_a_service_without_customers_has_no_ratio_but_an_answer() -> None:
    history = made.history(length=200, world=made.World(size=0.0))
    rows = backtest_branch(history, days=20).to_rows() if history.usable.any() else []
    assert rows == []


def test_the_same_seed_gives_the_same_answer() -> None:
    history = made.history(length=200)
    assert backtest_branch(history, days=20).to_rows() == backtest_branch(history, days=20).to_rows()


def test_days_on_which_the_branch_was_closed_are_not_tested(trial: Backtest) -> None:
    assert all(day.isoweekday() != 7 for day in trial.dates)
    assert len(trial.dates) == 80
    assert trial.dates[-1] < made.FIRST + timedelta(days=330)
    assert np.isfinite(trial.issued["forecast"].means).all()
