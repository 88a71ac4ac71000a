"""People's speeds fitted from the records of the world, beside the speeds that were planted there."""

from datetime import date

import numpy as np
import pytest

from bankhall.analytics.queueing.speeds import PersonSpeed, fit_speeds
from bankhall.analytics.queueing.steps import read_steps
from bankhall.data.synthetic.habits import Habits
from bankhall.data.synthetic.outline import Outline
from bankhall.data.synthetic.world import World

EIGHT_WEEKS = Outline(branches=5, first=date(2026, 3, 2), last=date(2026, 4, 26), seed=11)


def fitted(world: World, branch: str) -> tuple[PersonSpeed, ...]:
    history = world.history(branch)
    return fit_speeds(read_steps(history["visits"], history["steps"]))


@pytest.fixture(scope="module")
def world() -> World:
    return World(EIGHT_WEEKS)


def lines(world: World, branch: str) -> dict[str, set[str]]:
    """By person: everybody who gave a service that they gave, directly or through others."""
    steps = world.history(branch)["steps"].to_pydict()
    given = {pair for pair in zip(steps["staff_no"], steps["service_code"], strict=True) if pair[0]}
    near = {name: {other for other, its in given if (name, its) in given} for name, _ in given}
    for _ in near:
        near = {name: set().union(*(near[other] for other in seen)) for name, seen in near.items()}
    return near


def beside_truth(world: World, branch: str) -> list[tuple[PersonSpeed, float]]:
    """Everybody known, with the planted speed beside the mean of their own line."""
    planted, line = world.truths[branch].speeds, lines(world, branch)
    people = {one.staff_no: one for one in fitted(world, branch)}
    told = []
    for name, one in people.items():
        mine = [people[other] for other in line[name] if other in people]
        mean = sum(planted[o.staff_no] * o.visits for o in mine) / sum(o.visits for o in mine)
        told.append((one, mean / planted[name]))
    return [pair for pair in told if pair[0].state == "known"]


def test_fitted_speeds_are_the_planted_ones_within_their_ranges(world: World) -> None:
    told = [pair for branch in ("B01", "B02", "B03") for pair in beside_truth(world, branch)]
    assert len(told) >= 20
    inside = sum(one.low <= truth <= one.high for one, truth in told)
    assert inside >= 0.85 * len(told)
    assert np.corrcoef([np.log(one.speed) for one, _ in told], [np.log(truth) for _, truth in told])[0, 1] > 0.9


def test_where_nobody_is_quicker_all_are_near_the_mean() -> None:
    alike = fitted(World(EIGHT_WEEKS, Habits().without("personal_speed")), "B01")
    assert all(0.92 < one.speed < 1.08 for one in alike)
