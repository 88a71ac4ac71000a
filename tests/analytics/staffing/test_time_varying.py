"""Feldman, Mandelbaum, Massey and Whitt's sinusoidal arrivals: with patience like service, the number in the system is
Poisson with the offered load as its mean, whatever the staffing. So everything here has a closed form."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.queueing.hall import Hall, PersonSpan, ServiceModel
from bankhall.analytics.queueing.outcomes import SERVED
from bankhall.analytics.queueing.simulate import poisson_days, simulate
from bankhall.analytics.queueing.tables import AWAY, DOORS_SHUT, PRESENT
from bankhall.analytics.staffing.offered_load import offered_load, plain_load
from bankhall.analytics.staffing.square_root import (
    beta_for_delay,
    garnett_delay,
    halfin_whitt_delay,
    normal_below,
    people_for_promise,
    square_root_people,
)
from bankhall.analytics.staffing.trial import people_timetable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STEP = 0.05
CYCLES = 2
SLOTS = round(CYCLES * 2 * math.pi / STEP)
TIMES = STEP * (np.arange(SLOTS) + 0.5)
RATES = 100 + 20 * np.sin(TIMES)
LOAD = 100 + 10 * (np.sin(TIMES) - np.cos(TIMES))
CYCLE = 2 * math.pi
SECOND_CYCLE = TIMES > CYCLE


def test_halfin_and_whitts_function_has_the_published_values() -> None:
    assert [round(halfin_whitt_delay(beta), 4) for beta in (0.5, 1.0, 2.0)] == [0.5045, 0.2234, 0.0269]


def test_garnetts_function_is_the_normal_tail_when_patience_is_like_service() -> None:
    for beta in (-1.5, 0.0, 0.7, 2.0):
        assert garnett_delay(beta, 1.0) == pytest.approx(1 - normal_below(beta), abs=1e-9)
    assert garnett_delay(1.0, 1e9) == pytest.approx(halfin_whitt_delay(1.0), abs=1e-3)
    assert garnett_delay(beta_for_delay(0.3, 4.0), 4.0) == pytest.approx(0.3)


def test_the_offered_load_follows_the_arrivals_with_its_lag() -> None:
    load = offered_load(tuple(RATES * STEP), 1.0, STEP, before=90.0)
    assert np.allclose(load[SECOND_CYCLE], LOAD[SECOND_CYCLE], atol=0.05)
    late = int(load[SECOND_CYCLE].argmax()) - int(RATES[SECOND_CYCLE].argmax())
    assert late * STEP == pytest.approx(math.pi / 4, abs=2 * STEP)


def test_work_of_one_slot_is_carried_into_the_next() -> None:
    load = offered_load((10.0, 0.0, 0.0), 20.0, 30.0)
    assert load[0] < 10 / 30 * 20
    assert load[1] > 0.5 * load[0]
    assert float(load.sum()) * 30 == pytest.approx(200.0, rel=0.03)
    assert plain_load((10.0, 0.0, 0.0), 20.0, 30.0)[1] == 0


@pytest.mark.parametrize(
    ("target", "low", "high", "leaving"),
    [
        (0.1, 0.091, 0.112, 0.0046),
        (0.3, 0.273, 0.322, 0.0180),
        (0.5, 0.465, 0.527, 0.0377),
        (0.7, 0.670, 0.725, 0.0675),
    ],
)
def test_staffing_by_offered_load_keeps_the_delay_steady(
    target: float, low: float, high: float, leaving: float
) -> None:
    beta = beta_for_delay(target, 1.0)
    people = np.array([square_root_people(load, beta) for load in LOAD])
    exact = full(people)
    assert low - 0.02 <= exact.min() <= exact.max() <= high + 0.02
    assert share_leaving(people) == pytest.approx(leaving, rel=0.03)


def test_the_simulated_hall_is_as_full_as_the_closed_form_says() -> None:
    people = np.array([square_root_people(load, beta_for_delay(0.3, 1.0)) for load in LOAD])
    found = simulated(people)
    assert 0.273 - 0.025 <= found.min() <= found.max() <= 0.322 + 0.025
    assert float(found.mean()) == pytest.approx(float(full(people).mean()), abs=0.008)


def test_plain_staffing_swings_as_published() -> None:
    beta = beta_for_delay(0.3, 1.0)
    people = np.array([square_root_people(rate, beta) for rate in RATES])
    exact = full(people)
    assert exact.min() == pytest.approx(0.024, abs=0.006)
    assert exact.max() == pytest.approx(0.836, abs=0.012)
    found = simulated(people, days=150)
    assert found.min() < 0.06
    assert found.max() > 0.75


def full(people: Ints) -> Floats:
    """Exact chance that everybody is at work, over the second cycle."""
    from scipy.special import gammainc

    return np.asarray(gammainc(people, LOAD)[SECOND_CYCLE])


def share_leaving(people: Ints) -> float:
    """Exact: those in line, each leaving once a minute, over those who arrive."""
    from scipy.special import gammainc

    in_line = [float(np.sum(gammainc(np.arange(s + 1, s + 81), m))) for s, m in zip(people, LOAD, strict=True)]
    return float(np.array(in_line)[SECOND_CYCLE].sum() / RATES[SECOND_CYCLE].sum())


def simulated(people: Ints, days: int = 800) -> Floats:
    """Share of arrivals that find as many in the hall as there are people, in each of ten parts of the second cycle.

    Not the share who wait: our windows finish their customer when they close, which is kinder than the formula.
    """
    model = ServiceModel("a", Duration("exponential", 1.0), Duration("exponential", 1.0))
    spans = []
    for k in range(int(people.max())):
        steps = np.flatnonzero(np.diff(np.concatenate([[0], people > k, [0]])))
        spans += [
            PersonSpan(f"p{k}", start * STEP, end * STEP, ("a",))
            for start, end in zip(steps[::2], steps[1::2], strict=True)
        ]
    hall = Hall((model,), tuple(spans), 0.0, STEP, SLOTS)
    records = simulate(hall, poisson_days((RATES * STEP)[None, :], days, seed=9, codes=("a",)), seed=9)
    customers = records.customers
    gone = customers.arrived + records.wait + np.where(records.outcome == SERVED, customers.work, 0.0)
    ends, now = np.sort(customers.day * 1e4 + gone), customers.day * 1e4 + customers.arrived
    inside = np.arange(len(now)) - np.searchsorted(ends, now)
    there = people[np.minimum((customers.arrived / STEP).astype(int), SLOTS - 1)]
    late = customers.arrived > CYCLE
    part = ((customers.arrived[late] - CYCLE) / CYCLE * 10).astype(int)
    return np.asarray(np.bincount(part, (inside >= there)[late])[:10] / np.bincount(part)[:10])


def test_levels_become_spans_with_the_same_number_of_people() -> None:
    hall = Hall((ServiceModel("a", Duration("exponential", 1.0)),), (), 540.0, 30.0, 4)
    plan, persons = people_timetable(hall, (1,), np.array([[2, 1, 0, 1]]))
    assert persons == 2
    told = [(float(event["time"]), int(event["kind"]), int(event["person"])) for event in plan]
    assert told[:5] == [(540, PRESENT, 0), (540, PRESENT, 1), (570, AWAY, 1), (600, AWAY, 0), (630, PRESENT, 0)]
    assert told[5:] == [(660, DOORS_SHUT, -1), (660, AWAY, 0)]


@pytest.mark.parametrize("load", [0.4, 1.7, 3.3, 5.5, 40.0])
def test_few_windows_take_the_exact_answer(load: float) -> None:
    from bankhall.analytics.queueing.erlang import fewest_people

    found = people_for_promise(load, mean_minutes=6.0, leaving_rate=1 / 30, wait_minutes=10.0, share=0.9)
    assert found == fewest_people(load / 6.0, 1 / 6.0, 1 / 30, 10.0, 0.9)
