"""Published tables and examples: Erlang B and C, and Garnett, Mandelbaum and Reiman's call centre for Erlang A."""

import math

import pytest

from bankhall.analytics.queueing.erlang import (
    erlang_a_abandonment,
    erlang_a_offered,
    erlang_a_quantile,
    erlang_a_tail,
    erlang_a_wait,
    erlang_b,
    erlang_c,
    erlang_c_tail,
    erlang_c_wait,
    fewest_people,
)
from bankhall.analytics.queueing.formulas import cobham_waits, pollaczek_khinchine_wait

CALLS = 100 / 30 / 60  # 100 calls in 30 minutes, a second
HANDLED = 1 / 180


@pytest.mark.parametrize(("people", "load", "blocked"), [(10, 10, 0.21458), (30, 20, 0.008457), (10, 5, 0.01838)])
def test_erlang_b_is_the_tables(people: int, load: float, blocked: float) -> None:
    assert erlang_b(people, float(load)) == pytest.approx(blocked, abs=5e-6)


def test_erlang_c_is_the_call_centre_example() -> None:
    assert erlang_c(14, CALLS / HANDLED) == pytest.approx(0.1741, abs=5e-5)
    assert 1 - erlang_c_tail(CALLS, HANDLED, 14, 20.0) == pytest.approx(0.8884, abs=5e-5)
    assert erlang_c_wait(CALLS, HANDLED, 14) == pytest.approx(7.84, abs=5e-3)
    occupancy = CALLS / HANDLED / 14
    assert occupancy == pytest.approx(0.7143, abs=5e-5)
    assert 1 - erlang_c_tail(CALLS, HANDLED, 13, 20.0) == pytest.approx(0.7956, abs=5e-5)


def test_pyworkforce_needs_the_same_fourteen() -> None:
    from pyworkforce.queuing import ErlangC

    other = ErlangC(transactions=100, asa=20 / 60, aht=3, interval=30, shrinkage=0.0)
    needed = other.required_positions(service_level=0.8, max_occupancy=1.0)
    assert needed["raw_positions"] == fewest_people(CALLS, HANDLED, 0.0, 20.0, 0.8) == 14
    assert needed["service_level"] == pytest.approx(1 - erlang_c_tail(CALLS, HANDLED, 14, 20.0))
    assert needed["waiting_probability"] == pytest.approx(erlang_c(14, CALLS / HANDLED))


def test_fifty_agents_with_and_without_patience_are_the_published_ones() -> None:
    rates = 48 / 60, 1 / 60  # a second
    assert erlang_c_wait(*rates, 50) == pytest.approx(20.83, abs=5e-3)
    assert erlang_a_quantile(*rates, 0.0, 50, 0.9) == pytest.approx(58.1, abs=0.05)
    assert rates[0] * erlang_c_wait(*rates, 50) == pytest.approx(16.7, abs=0.05)
    impatient = (*rates, 0.5 / 60, 50)
    wait, abandoned = erlang_a_wait(*impatient), erlang_a_abandonment(*impatient)
    assert wait == pytest.approx(3.71, abs=5e-3)
    assert abandoned == pytest.approx(0.0309, abs=5e-5)
    assert rates[0] * wait == pytest.approx(2.97, abs=5e-3)
    assert rates[0] * (1 - abandoned) / (50 * rates[1]) == pytest.approx(0.930, abs=5e-4)


def test_erlang_a_is_the_birth_and_death_chain() -> None:
    arrivals, service, leaving, people = 1.3, 0.4, 0.15, 3
    weights = [1.0]
    for n in range(1, 200):
        weights.append(weights[-1] * arrivals / (min(n, people) * service + max(0, n - people) * leaving))
    total = sum(weights)
    queue = sum(max(0, n - people) * weight for n, weight in enumerate(weights)) / total
    assert erlang_a_offered(arrivals, service, leaving, people, 0.0) == pytest.approx(sum(weights[people:]) / total)
    assert erlang_a_abandonment(arrivals, service, leaving, people) == pytest.approx(leaving * queue / arrivals)
    assert erlang_a_wait(arrivals, service, leaving, people) == pytest.approx(queue / arrivals)


def test_the_mean_wait_is_the_area_under_the_tail() -> None:
    step = 0.01
    area = sum(erlang_a_tail(1.3, 0.4, 0.15, 3, step * (n + 0.5)) for n in range(8000)) * step
    assert area == pytest.approx(erlang_a_wait(1.3, 0.4, 0.15, 3), rel=1e-5)


def test_nearly_endless_patience_is_erlang_c() -> None:
    assert erlang_a_tail(2.0, 0.5, 1e-6, 5, 3.0) == pytest.approx(erlang_c_tail(2.0, 0.5, 5, 3.0), rel=1e-3)


@pytest.mark.parametrize(("load", "people"), [(2000.0, 1500), (500.0, 700), (0.01, 4)])
def test_extreme_loads_neither_overflow_nor_vanish(load: float, people: int) -> None:
    abandoned = erlang_a_abandonment(load, 1.0, 0.5, people)
    assert 0 <= abandoned <= 1
    assert abandoned == pytest.approx(max(0.0, 1 - people / load), abs=0.02)
    assert 0 <= erlang_a_tail(load, 1.0, 0.5, people, 0.3) <= 1


def test_one_person_fewer_breaks_the_promise() -> None:
    people = fewest_people(0.8, 1 / 6, 1 / 30, 15.0, 0.9)
    assert erlang_a_tail(0.8, 1 / 6, 1 / 30, people, 15.0) <= 0.1 < erlang_a_tail(0.8, 1 / 6, 1 / 30, people - 1, 15.0)


def test_cobham_gives_the_published_waits_and_conserves_work() -> None:
    rates = (1.0, 1.5, 1.5)
    waits = cobham_waits(rates, 1.0, 5)
    assert waits == pytest.approx((0.13853, 0.27706, 1.10823), abs=5e-6)
    first_come = erlang_c_wait(4.0, 1.0, 5)
    assert first_come == pytest.approx(0.55411, abs=5e-6)
    assert sum(rate * wait for rate, wait in zip(rates, waits, strict=True)) == pytest.approx(4.0 * first_come)


@pytest.mark.parametrize(("squared", "wait"), [(0, 2), (0.5, 3), (1, 4), (2, 6)])
def test_one_window_waits_by_the_variance_of_service(squared: float, wait: float) -> None:
    assert pollaczek_khinchine_wait(0.8, 1.0, math.sqrt(squared)) == pytest.approx(wait)
