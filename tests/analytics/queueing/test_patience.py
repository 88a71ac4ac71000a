"""Patience read from waits, some of which only say shorter or longer."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bankhall.analytics.queueing.patience import exponential_mean, fit_patience, make_waits

Floats = NDArray[np.float64]
NOBODY = np.array([], dtype=np.float64)


def offered(n: int = 60_000) -> tuple[np.random.Generator, Floats]:
    rng = np.random.default_rng(3)
    return rng, rng.gamma(2.5, 4.9, n)


def test_absences_at_the_call_give_the_true_patience_and_taking_the_call_as_leaving_does_not() -> None:
    rng, wait = offered()
    patience = rng.exponential(30.0, len(wait))
    absent = patience < wait
    assert absent.mean() == pytest.approx(0.31, abs=0.02)
    fit = fit_patience(make_waits(wait[~absent], wait[absent], NOBODY))
    assert fit.patience.family == "exponential"
    assert fit.patience.mean == pytest.approx(30.0, rel=0.05)
    naive = exponential_mean(make_waits(wait[~absent], NOBODY, wait[absent]))
    assert naive == pytest.approx(39.0, rel=0.05)


def test_seen_leavings_are_exact() -> None:
    rng, wait = offered()
    patience = rng.exponential(30.0, len(wait))
    left = patience < wait
    fit = fit_patience(make_waits(wait[~left], NOBODY, patience[left]))
    assert fit.patience.mean == pytest.approx(30.0, rel=0.03)


def test_patience_that_wears_out_is_not_called_exponential() -> None:
    rng, wait = offered()
    patience = rng.weibull(2.0, len(wait)) * 30.0
    absent = patience < wait
    fit = fit_patience(make_waits(wait[~absent], wait[absent], NOBODY))
    assert fit.patience.family == "weibull"
    assert fit.patience.mean == pytest.approx(26.6, rel=0.03)
    assert fit.better_than_exponential > 100


def test_a_hazard_with_a_cliff_is_followed_by_pieces() -> None:
    rng, wait = offered()
    gone_at_once = rng.random(len(wait)) < 0.25
    patience = np.where(gone_at_once, rng.exponential(1.5, len(wait)), 12.0 + rng.exponential(12.0, len(wait)))
    left = patience < wait
    fit = fit_patience(make_waits(wait[~left], NOBODY, patience[left]))
    assert fit.patience.family == "piecewise"
    at = np.array([1.0, 8.0, 20.0])
    true = 0.25 * np.exp(-at / 1.5) + 0.75 * np.exp(-np.maximum(0, at - 12.0) / 12.0)
    assert np.allclose(fit.patience.survival(at), true, atol=0.12)


def test_those_who_never_come_are_told_from_the_impatient() -> None:
    rng, wait = offered()
    absent = (rng.exponential(30.0, len(wait)) < wait) | (rng.random(len(wait)) < 0.06)
    fit = fit_patience(make_waits(wait[~absent], wait[absent], NOBODY))
    assert fit.absent_share == pytest.approx(0.06, abs=0.01)
    assert fit.patience.mean == pytest.approx(30.0, rel=0.05)


def test_when_nobody_leaves_patience_is_endless() -> None:
    fit = fit_patience(make_waits(np.array([1.0, 5.0, 9.0]), NOBODY, NOBODY))
    assert fit.patience.family == "endless"


def test_negative_and_unknown_waits_tell_nothing() -> None:
    waits = make_waits(np.array([-1.0, np.nan, 2.0]), NOBODY, NOBODY)
    assert waits.total() == 1
