"""Speeds of people: shrinkage that a textbook gives, case mix, forgotten tickets, and who cannot be compared."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bankhall.analytics.queueing.speeds import FEW_VISITS, LEAST_SPREAD, PersonSpeed, fit_speeds
from bankhall.analytics.queueing.steps import CAME, StepRecords

Floats = NDArray[np.float64]


def records(given: Sequence[tuple[str, str, Floats]]) -> StepRecords:
    """Services given: who, which, how many minutes each."""
    codes, names = tuple(sorted({code for _, code, _ in given})), tuple(sorted({who for who, _, _ in given}))
    minutes = np.concatenate([one[2] for one in given])
    service = np.concatenate([np.full(len(t), codes.index(code)) for _, code, t in given])
    staff = np.concatenate([np.full(len(t), names.index(who)) for who, _, t in given])
    start = np.arange(len(minutes), dtype=np.float64) * 1000.0
    unknown = np.full(len(minutes), np.nan)
    return StepRecords(
        codes, service, start, start, start, start + minutes, unknown, staff, np.full(len(minutes), CAME), names, staff
    )


def times(seed: int, n: int, mean: float, sd: float = 0.6) -> Floats:
    return np.random.default_rng(seed).lognormal(np.log(mean), sd, n)


def by_name(given: Sequence[tuple[str, str, Floats]]) -> dict[str, PersonSpeed]:
    return {one.staff_no: one for one in fit_speeds(records(given))}


def test_one_service_and_equal_counts_give_the_normal_normal_shrinkage() -> None:
    n, truth = 150, (0.2, 0.05, -0.1, -0.15)
    given = [(f"p{i}", "cash", np.exp(b) * times(i, n, 6.0)) for i, b in enumerate(truth)]
    logs = np.array([np.log(t) for _, _, t in given])
    middle = np.median(logs)
    wide = 3.0 * 1.4826 * np.median(np.abs(logs - middle))
    logs = np.clip(logs, middle - wide, middle + wide)
    mean = logs.mean(axis=1)
    noise = logs.var(axis=1, ddof=1).mean() / n
    spread = max(mean.var(ddof=1) - noise, LEAST_SPREAD**2)
    shrunk = spread / (spread + noise) * (mean - mean.mean())
    found = by_name(given)
    assert [np.log(found[f"p{i}"].speed) for i in range(4)] == pytest.approx(
        -(shrunk - np.log(np.exp(shrunk).mean())), abs=1e-9
    )
    width = [np.log(found[f"p{i}"].high / found[f"p{i}"].low) / (2 * 1.96) for i in range(4)]
    assert width == pytest.approx([float(np.sqrt(spread * noise / (spread + noise) * 3 / 4))] * 4, abs=1e-9)


def test_many_services_leave_the_persons_own_ratio() -> None:
    given = [("a", "cash", 0.8 * times(1, 40_000, 6.0)), ("b", "cash", 1.2 * times(2, 40_000, 6.0))]
    found = by_name(given)
    assert found["a"].speed == pytest.approx(1 / 0.8, rel=0.02)
    assert found["b"].speed == pytest.approx(1 / 1.2, rel=0.02)
    assert found["a"].mean_minutes / found["a"].speed == pytest.approx(given[0][2].mean(), rel=0.02)


def test_without_records_everybody_is_the_mean() -> None:
    empty = StepRecords(
        (), *(np.zeros(0, dtype=np.int64), *(np.zeros(0),) * 5, *(np.zeros(0, dtype=np.int64),) * 2), (),
        np.zeros(0, dtype=np.int64),
    )  # fmt: skip
    assert fit_speeds(empty) == ()
    found = by_name([("a", "cash", times(1, 500, 6.0)), ("b", "cash", 2 * np.linspace(4, 8, FEW_VISITS - 1))])
    assert (found["b"].state, found["b"].speed, found["b"].visits) == ("too_few", 1.0, FEW_VISITS - 1)


def test_long_services_do_not_make_a_person_slow() -> None:
    given = [
        ("a", "cash", times(1, 900, 4.0)), ("a", "loan", times(2, 100, 20.0)),
        ("b", "cash", times(3, 100, 4.0)), ("b", "loan", times(4, 900, 20.0)),
    ]  # fmt: skip
    found = by_name(given)
    assert found["b"].mean_minutes > 2 * found["a"].mean_minutes
    assert all(one.low < 1 < one.high for one in found.values())


def test_a_service_of_ones_own_does_not_draw_a_person_to_the_mean() -> None:
    """A residual beside the service's mean would: alone at a service, everybody is the mean."""
    given = [
        ("a", "cash", 0.7 * times(1, 2000, 4.0)), ("a", "loan", 0.7 * times(2, 6000, 20.0)),
        ("b", "cash", 1.0 * times(3, 2000, 4.0)),
    ]  # fmt: skip
    found = by_name(given)
    assert found["a"].speed / found["b"].speed == pytest.approx(1 / 0.7, rel=0.05)


def test_who_shares_no_service_with_anybody_cannot_be_compared() -> None:
    found = by_name([("a", "loan", times(1, 500, 20.0)), ("b", "cash", times(2, 500, 4.0)),
                     ("c", "cash", 1.3 * times(3, 500, 4.0))])  # fmt: skip
    assert (found["a"].state, found["a"].speed) == ("alone", 1.0)
    assert found["b"].state == found["c"].state == "known"
    assert found["b"].speed > 1 > found["c"].speed


def test_forgotten_tickets_do_not_make_a_person_slow() -> None:
    forgotten = np.concatenate([times(1, 480, 5.0), np.full(20, 300.0)])
    clean = by_name([("a", "cash", forgotten[:480]), ("b", "cash", times(2, 500, 5.0))])
    found = by_name([("a", "cash", forgotten), ("b", "cash", times(2, 500, 5.0))])
    assert found["a"].speed == pytest.approx(clean["a"].speed, rel=0.02)


def test_speeds_leave_the_branchs_mean_where_it_is() -> None:
    given = [(f"p{i}", "cash", f * times(i, n, 6.0)) for i, (f, n) in enumerate(((0.7, 2000), (1.1, 400), (1.4, 900)))]
    found = by_name(given)
    assert sum(one.visits / one.speed for one in found.values()) == pytest.approx(
        sum(one.visits for one in found.values())
    )


def test_ranges_hold_the_truth_nineteen_times_in_twenty() -> None:
    inside = asked = 0
    for seed in range(60):
        rng = np.random.default_rng(1000 + seed)
        factor = rng.lognormal(0, 0.15, 6)
        count = rng.integers(150, 900, 6)
        mean = (factor * count).sum() / count.sum()
        given = [(f"p{i}", "cash", factor[i] * rng.lognormal(1.5, 0.6, count[i])) for i in range(6)]
        for i, one in enumerate(fit_speeds(records(given))):
            inside += one.low <= mean / factor[i] <= one.high
            asked += 1
    assert 0.92 <= inside / asked <= 0.985
