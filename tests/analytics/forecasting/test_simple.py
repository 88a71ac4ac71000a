from dataclasses import replace

import numpy as np
import pytest

from bankhall.analytics.forecasting import blend
from bankhall.analytics.forecasting.panel import Panel, build_panel
from bankhall.analytics.forecasting.simple import baseline, slow_smoothing, weekday_means
from tests.analytics.forecasting import made

PANEL = build_panel(made.history(length=120))
ORIGIN = 80


def same(panel: Panel, target: int) -> np.ndarray:
    return np.flatnonzero(panel.own_weekday[:ORIGIN] == panel.own_weekday[target])


def test_seasonal_naive_is_the_last_same_weekday() -> None:
    made_of = baseline(PANEL, ORIGIN, range(ORIGIN, ORIGIN + 1), "seasonal_naive")
    assert made_of[:, 0] == pytest.approx(PANEL.counts[:, same(PANEL, ORIGIN)[-1]])


def test_the_mean_of_eight_same_weekdays_takes_the_last_eight() -> None:
    made_of = baseline(PANEL, ORIGIN, range(ORIGIN, ORIGIN + 1), "last_8_same_weekday")
    assert made_of[:, 0] == pytest.approx(PANEL.counts[:, same(PANEL, ORIGIN)[-8:]].mean(axis=1))


def test_the_mean_of_all_same_weekdays_takes_all() -> None:
    made_of = baseline(PANEL, ORIGIN, range(ORIGIN, ORIGIN + 1), "all_same_weekday")
    assert made_of[:, 0] == pytest.approx(PANEL.counts[:, same(PANEL, ORIGIN)].mean(axis=1))


def test_days_that_are_not_ordinary_are_not_compared_with() -> None:
    odd = PANEL.plain.copy()
    odd[same(PANEL, ORIGIN)[-1]] = False
    made_of = baseline(replace(PANEL, plain=odd), ORIGIN, range(ORIGIN, ORIGIN + 1), "seasonal_naive")
    assert made_of[:, 0] == pytest.approx(PANEL.counts[:, same(PANEL, ORIGIN)[-2]])


def test_slow_smoothing_follows_a_lasting_rise_by_its_alpha() -> None:
    """After n days at double, with an unchanged profile, the level has gone 1 − (1 − α)ⁿ of the way."""
    flat = np.ones_like(PANEL.counts[:1]) * 50.0
    flat[:, ORIGIN - 5 : ORIGIN] *= 2.0
    open_cells = np.ones_like(PANEL.open[:1])
    panel = replace(PANEL, counts=flat, open=open_cells, factors=PANEL.factors[:1])
    active = np.ones((1, ORIGIN), dtype=np.bool_)
    active[:, ORIGIN - 5 :] = True
    means = weekday_means(panel, panel.adjusted, ORIGIN, active, 1000)
    made_of = slow_smoothing(panel, ORIGIN, range(ORIGIN, ORIGIN + 5), active, means=means, smoothing=0.1)
    assert pytest.approx(made_of.mean(), rel=0.06) == 50.0 * (1 + 1 - 0.9**5)


def test_eight_days_of_a_rare_service_do_not_make_a_shape() -> None:
    """Both have the last weeks' total; the rare one takes its shape from the window, the busy one has its own."""
    window = np.ones((2, 7, 4))
    weeks = np.tile(np.array([4.0, 0.0, 0.0, 0.0]), (2, 7, 1)) * np.array([0.1, 1000.0])[:, None, None]
    rare, busy = blend._leaning(weeks, window, 8)
    assert rare[0] == pytest.approx(np.full(4, 0.1), abs=0.02)
    assert busy[0] == pytest.approx(weeks[1, 0], abs=0.01 * busy[0].sum())
    assert rare[0].sum() == pytest.approx(0.4)
