from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.panel import Panel, build_panel
from bankhall.analytics.forecasting.profile import fit_profile
from bankhall.analytics.forecasting.setting import DEFAULT, Setting
from tests.analytics.forecasting import made


def planted(rank: int, noise: float, seed: int = 3) -> tuple[Panel, np.ndarray, np.ndarray]:
    """A panel whose √(count + ¼) sums `rank` shapes with scores by weekday, plus noise; the clean √ and shapes."""
    rng = np.random.default_rng(seed)
    panel = build_panel(made.history(length=200))
    services, days, slots = panel.counts.shape
    shapes = np.linalg.qr(np.column_stack([np.ones(slots), rng.normal(0.0, 1.0, (slots, rank - 1))]))[0].T
    shapes[0] *= np.sign(shapes[0].sum())
    scores = rng.normal(0.0, 2.0, (7, rank))
    scores[:, 0] += 40.0
    clean = np.broadcast_to(scores[panel.own_weekday] @ shapes, (services, days, slots))
    root = clean + rng.normal(0.0, noise, clean.shape)
    always = np.ones_like(panel.open)
    return replace(panel, counts=np.maximum(root, 0.5) ** 2 - 0.25, open=always), clean, shapes


def whole(panel: Panel) -> tuple[range, np.ndarray]:
    return range(panel.past), np.ones(panel.counts.shape[:2], dtype=np.bool_)


def test_a_planted_profile_of_two_shapes_is_found() -> None:
    panel, _, shapes = planted(2, 0.0)
    window, active = whole(panel)
    found = fit_profile(panel, window, active, replace(DEFAULT, factors=2))
    inside = shapes @ found.loadings[0].T @ found.loadings[0]
    assert inside == pytest.approx(shapes, abs=1e-6)


def test_noise_alone_gets_no_shape() -> None:
    panel, _, _ = planted(1, 0.5)
    window, active = whole(panel)
    found = fit_profile(panel, window, active, replace(DEFAULT, factors=4))
    assert np.abs(found.loadings).sum(axis=2)[:, 1:].max() == 0


def test_a_weekdays_mean_is_forecast_without_bias() -> None:
    panel, clean, _ = planted(2, 0.5)
    window, active = whole(panel)
    found = fit_profile(panel, window, active, Setting(weekday_shrinkage=0.0, score_ridge=1e9))
    mean = found.expected(np.eye(7)[[0, 4]], np.ones(2))
    for at, weekday in enumerate((0, 4)):
        truth = clean[:, panel.own_weekday == weekday][:, 0] ** 2
        assert mean[:, at].sum() == pytest.approx(truth.sum(), rel=0.005)


def test_a_surprise_fades_by_its_own_carry() -> None:
    world = made.World(size=4000, drift=0.15, carry=0.7, effects={})
    panels = [build_panel(made.history(length=330, seed=seed, world=world)) for seed in range(6)]
    free = replace(DEFAULT, score_ridge=0.0)
    fits = [fit_profile(p, range(p.past), np.asarray(p.open.any(axis=2)), free) for p in panels]
    assert np.mean([one.carry[0, 0] for one in fits]) == pytest.approx(0.65, abs=0.1)
    found = fits[0]
    quiet = found.expected(np.eye(7)[[1, 1]], np.array([1.0, 400.0]))
    near, far = quiet[0].sum(axis=1)
    raised = replace(found, surprise=found.surprise + np.array([2.0, 0.0, 0.0])[: found.surprise.shape[1]])
    assert raised.expected(np.eye(7)[[1]], np.array([1.0]))[0].sum() > near
    assert raised.expected(np.eye(7)[[1]], np.array([400.0]))[0].sum() == pytest.approx(far)


def test_closed_cells_neither_pull_nor_push() -> None:
    """Saturdays close an hour earlier; the profile of the last hour is that of the days on which it is open."""
    world = made.World(size=3000, drift=0.0, shape=[1.0] * 16)
    history = made.history(length=200, world=world)
    panel = build_panel(history)
    found = fit_profile(panel, range(panel.past), np.asarray(panel.open.any(axis=2)), DEFAULT)
    monday = found.expected(np.eye(7)[[0]], np.ones(1))[0, 0]
    assert monday[-1] == pytest.approx(monday[0], rel=0.03)


def test_a_single_day_is_enough_to_fit() -> None:
    history = made.history(length=1)
    panel = build_panel(history, made.days(made.FIRST + timedelta(days=1), made.FIRST + timedelta(days=2)))
    found = fit_profile(panel, range(1), np.asarray(panel.open[:, :1].any(axis=2)), DEFAULT)
    assert np.isfinite(found.expected(panel.weekdays[1:], np.array([1.0, 2.0]))).all()
