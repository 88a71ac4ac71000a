"""The exact model of the days that somebody is missing: as good as a solver that owes it nothing, and never worse."""

from datetime import datetime

import numpy as np
import pytest

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.rostering.anneal import rebuild
from bankhall.analytics.rostering.arrays import LAW
from bankhall.analytics.rostering.disruption import Disrupted, Disruption, disrupted, repair_of
from bankhall.analytics.rostering.exact_days import exact_model, options_like, refined
from bankhall.analytics.rostering.linear import solve_by_cp_sat, solve_by_highs
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.polish import hint_of, state_of
from bankhall.analytics.rostering.repair import Repair, best_repair
from bankhall.analytics.rostering.solve import solve
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from tests.analytics.rostering.problems import realistic

NOW, MIDNIGHT = datetime(2026, 3, 3, 7, 30), datetime(2026, 3, 4)


@pytest.fixture(scope="module")
def week() -> Disrupted:
    """Two are ill on the Tuesday."""
    problem = realistic(10, seed=3)
    published = solve(problem, seed=1, moves=50_000).assignments
    today = sorted({row.staff_no for row in published if row.business_date == NOW.date()})
    missing = tuple(Absence(name, NOW, MIDNIGHT, "sick", "granted") for name in today[:2])
    return disrupted(problem, published, Disruption(NOW, missing))


@pytest.fixture(scope="module")
def repair(week: Disrupted) -> Repair:
    return repair_of(week)


def test_what_nobody_has_begun_to_mend_is_mended_as_well_as_after_a_search(week: Disrupted, repair: Repair) -> None:
    searched = best_repair(repair, moves=20_000, rng=stream(1, "test"))
    from_search, from_nothing = refined(week, repair, searched), refined(week, repair, repair.standing())
    assert from_search[0].total(from_search[1]) <= repair.total(searched)
    assert from_nothing[0].total(from_nothing[1]) <= repair.total(searched)
    assert from_nothing[0].total(from_nothing[1]) < repair.total(repair.standing())
    assert from_nothing[1].cost[LAW] == 0


def test_other_days_stay_as_they_were_found(week: Disrupted, repair: Repair) -> None:
    near, found = refined(week, repair, repair.standing())
    assert near is not repair
    moved = np.flatnonzero(near.changed(found).any(axis=0)).tolist()
    assert moved == [1]
    same = rebuild(repair.arrays, options_like(repair.arrays, found), found.tasks)
    assert repair.total(same) == near.total(found)


def test_a_duty_done_in_a_shift_that_is_what_it_is_counts_as_done() -> None:
    noon = datetime(2026, 3, 3, 12)
    problem = realistic(10, seed=3)
    published = solve(problem, seed=1, moves=50_000).assignments
    early = min((row for row in published if row.business_date == noon.date() and row.kind == "duty"), key=_start)
    gone = Absence(early.staff_no, noon, MIDNIGHT, "sick", "granted")
    begun = repair_of(disrupted(problem, published, Disruption(noon, (gone,))))
    state = begun.standing()
    people, days = tuple(map(str, range(begun.option.shape[0]))), problem.week.days()
    model = build_model(begun.arrays, people, days, 0)
    hint = hint_of(model, state)
    broken = [
        row for row in model.linear.rows
        if row.tag >= 0 and model.members[row.tag].rule_code == "duty_people"
        and sum(hint[v] * int(c) for v, c in zip(row.variables, row.coefficients, strict=True)) < row.low
    ]  # fmt: skip
    assert early.end <= 720
    assert not broken


def _start(row: Assignment) -> int:
    return row.start


def test_highs_proves_the_same_and_the_price_counts_the_changed_person_days(week: Disrupted, repair: Repair) -> None:
    near, _ = refined(week, repair, repair.standing())
    model = exact_model(near, week)
    highs = solve_by_highs(model.linear, seconds=60)
    begin = hint_of(model, near.standing())
    exact = solve_by_cp_sat(model.linear, workers=1, seed=0, ticks=30, hint=begin, tight=True)
    assert (highs.status, exact.status) == ("optimal", "optimal")
    assert model.linear.value(highs.values) == model.linear.value(exact.values)
    plain = state_of(model, exact.values)
    state = rebuild(near.arrays, plain.option, plain.tasks)
    assert int(near.changed(state).sum()) == model.linear.value(exact.values) % (near.option.size + 1)
