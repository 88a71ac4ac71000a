from datetime import timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.effects import EffectFact, effect_facts
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.analytics.forecasting.setting import Setting
from tests.analytics.forecasting import made

AS_OF = made.FIRST + timedelta(days=400)


def network(effects: list[float], size: float = 300.0) -> list[History]:
    worlds = [made.World(size=size, drift=0.05, effects={"payday": effect}) for effect in effects]
    return [made.history(branch=f"B{at:02d}", seed=at, length=400, world=world) for at, world in enumerate(worlds, 1)]


def fact(facts: tuple[EffectFact, ...], marker: str) -> EffectFact:
    return next(one for one in facts if one.marker == marker)


def test_a_planted_payday_is_found_and_other_marks_are_not() -> None:
    pooled = pool_effects(network([1.3] * 6), AS_OF)
    pay = fact(effect_facts(pooled, ""), "payday")
    assert pay.factor == pytest.approx(1.3, abs=0.03)
    assert pay.low < 1.3 < pay.high
    pension = fact(effect_facts(pooled, ""), "pension_day")
    assert pension.factor == pytest.approx(1.0, abs=0.03)
    assert abs(np.log(pension.factor)) < np.log(pension.high / pension.low)


def test_a_branchs_effect_lies_between_its_own_and_the_pools() -> None:
    histories = network([1.0] * 5 + [1.6])
    far = fact(effect_facts(pool_effects(histories, AS_OF, Setting(calendar_shrinkage=4.0)), "B06"), "payday").factor
    nearer = fact(effect_facts(pool_effects(histories, AS_OF, Setting(calendar_shrinkage=0.1)), "B06"), "payday").factor
    pool = fact(effect_facts(pool_effects(histories, AS_OF), ""), "payday").factor
    assert pool < far < nearer < 1.66
    assert nearer == pytest.approx(1.6, abs=0.06)


def test_the_pull_is_n_over_n_plus_k() -> None:
    """Twelve or so large paydays against k: the logarithm keeps n / (n + k) of what the branch shows by itself."""
    alone = network([1.5], size=20_000.0)
    trials = [pool_effects(alone, AS_OF, Setting(calendar_shrinkage=k, pool_shrinkage=1e-6)) for k in (1e-6, 12.0)]
    logs = [np.log(fact(effect_facts(pooled, "B01"), "payday").factor) for pooled in trials]
    days = fact(effect_facts(pool_effects(alone, AS_OF), "B01"), "payday").days
    assert logs[1] / logs[0] == pytest.approx(days / (days + 12.0), abs=0.03)


def test_a_branch_that_was_not_asked_gets_the_pools_effect() -> None:
    pooled = pool_effects(network([1.3] * 3), AS_OF)
    assert effect_facts(pooled, "B99")[0].factor == effect_facts(pooled, "")[0].factor
    stranger = pooled.factors("B99", ["a new service"], [("payday",), ("unheard of",)])
    assert stranger[0, 0] == pytest.approx(fact(effect_facts(pooled, ""), "payday").factor)
    assert stranger[0, 1] == 1.0


def test_a_small_branch_leans_more_on_the_pool() -> None:
    small = made.history(branch="S", seed=9, length=400, world=made.World(size=6.0, effects={"payday": 3.0}))
    large = made.history(branch="L", seed=9, length=400, world=made.World(size=600.0, effects={"payday": 3.0}))
    others = network([1.0] * 8)
    pooled = pool_effects([*others, small, large], AS_OF)
    assert fact(effect_facts(pooled, "S"), "payday").factor < fact(effect_facts(pooled, "L"), "payday").factor - 0.5


def test_days_are_counted_for_the_branch_and_for_all() -> None:
    pooled = pool_effects(network([1.3] * 3), AS_OF)
    pay = fact(effect_facts(pooled, "B01", "cash"), "payday")
    assert pay.pooled_days == 3 * pay.days
    assert pay.days == sum("payday" in marks for marks in made.history(length=400).days.marks) - _closed_paydays()


def _closed_paydays() -> int:
    days = made.history(length=400).days
    return sum("payday" in marks and not days.open[at].any() for at, marks in enumerate(days.marks))


def test_nothing_at_all_gives_no_effects() -> None:
    pooled = pool_effects([], AS_OF)
    assert effect_facts(pooled, "B01") == ()
    assert pooled.factors("B01", ["cash"], [("payday",)]).tolist() == [[1.0]]
