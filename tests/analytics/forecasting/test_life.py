import numpy as np

from bankhall.analytics.forecasting.life import life_of


def test_zeros_before_the_first_customers_are_not_demand() -> None:
    life = life_of(np.array([[0.0] * 20 + [15.0] * 30]))
    assert (life.first.tolist(), life.alive.tolist()) == ([20], [True])


def test_zeros_that_chance_explains_are_demand() -> None:
    rare = np.zeros((1, 50))
    rare[0, ::12] = 1.0
    life = life_of(rare)
    assert (life.first.tolist(), life.alive.tolist()) == ([0], [True])


def test_a_service_that_stopped_is_not_alive() -> None:
    assert life_of(np.array([[15.0] * 30 + [0.0] * 6])).alive.tolist() == [False]
    assert life_of(np.array([[15.0] * 30 + [0.0] * 4])).alive.tolist() == [True]


def test_a_service_never_seen_is_not_alive() -> None:
    assert life_of(np.zeros((1, 30))).alive.tolist() == [False]
