"""Rolling origin: every day of a stretch forecast from what was known so many open days before, beside the baselines.

Calendar effects are made anew every ten origins from all branches, ranges for every day from the errors known at its
origin. Nothing looks ahead: deleting all rows from an origin on changes no forecast made there.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.analytics.forecasting.held_out import (
    LEAST_DAYS,
    baseline_method,
    blend_method,
    held_out_means,
    moments_of,
)
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.panel import Panel, build_panel
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.analytics.forecasting.score import Accuracy, Issued, naive_errors, score
from bankhall.analytics.forecasting.setting import DEFAULT, Setting
from bankhall.analytics.forecasting.simple import BASELINES
from bankhall.analytics.forecasting.spread import blocks_of, spread_from, with_branch
from bankhall.kernel.errors import BadInput

_REFIT = 10
Level = Literal["slot", "day"]


@dataclass(frozen=True, slots=True)
class SeriesAccuracy:
    """One series (an empty service is the branch) at one level, beside the baselines."""

    branch_code: str
    service_code: str
    level: Level
    horizon: int
    accuracy: Accuracy
    baselines: Mapping[str, Accuracy] = field(default_factory=dict)

    def to_row(self) -> dict[str, object]:
        """As in exchange.md; what cannot be computed is null."""
        head = {name: getattr(self, name) for name in ("branch_code", "service_code", "level", "horizon")}
        return {**head, **_plain(self.accuracy), "baselines": {k: _plain(v) for k, v in self.baselines.items()}}


@dataclass(frozen=True, slots=True)
class Backtest:
    """`dates`: the days that were forecast; `issued`: what was forecast for them, by method (`forecast`, baselines)."""

    branch_code: str
    horizon: int
    dates: tuple[date, ...]
    series: tuple[SeriesAccuracy, ...]
    issued: Mapping[str, Issued]

    def to_rows(self) -> list[dict[str, object]]:
        """The list `series` of the command's answer."""
        return [row.to_row() for row in self.series]


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is tried: `tests` are the panel's days that are scored, `held` those that are forecast at all."""

    tests: range
    held: range
    horizon: int
    setting: Setting
    seed: int

    def origin_of(self, target: int) -> int:
        """First day that is not known when the target is forecast."""
        return target - self.horizon + 1


def backtest_branch(
    history: History,
    *,
    peers: Sequence[History] = (),
    days: int = 40,
    horizon: int = 1,
    setting: Setting = DEFAULT,
    seed: int = 1,
) -> Backtest:
    """The last `days` open days, each forecast `horizon` open days ahead. `peers`: other branches, for pooled calendar
    effects. BadInput `history_too_short` when not even ten days would stand before the first origin."""
    panel = build_panel(history)
    first = panel.past - days
    if first - horizon + 1 < LEAST_DAYS:
        raise BadInput("history_too_short", branch_code=history.branch_code, days=panel.past)
    held = range(max(0, first - horizon + 1 - setting.spread_days), panel.past)
    trial = _Trial(range(first, panel.past), held, horizon, setting, seed)
    made = {"forecast": _forecast_means(panel, [history, *peers], trial)}
    for name in BASELINES:
        made[name] = held_out_means(panel, baseline_method(name), [horizon], held)[horizon]
    issued = {name: _issue(panel, means, trial) for name, means in made.items()}
    series = _table(panel, history, issued, trial)
    return Backtest(history.branch_code, horizon, panel.dates[first:], series, issued)


def _forecast_means(panel: Panel, histories: list[History], trial: _Trial) -> Floats:
    """Means of all held-out days; those of the test days with calendar effects known at their origin."""
    branch, services, tests = histories[0].branch_code, histories[0].services, trial.tests
    parts = []
    for start in range(tests.start, tests.stop, _REFIT):
        pooled = pool_effects(histories, panel.dates[trial.origin_of(start)], trial.setting)
        dated = replace(panel, factors=pooled.factors(branch, services, panel.marks))
        first = trial.held.start if start == tests.start else start
        targets = range(first, min(start + _REFIT, tests.stop))
        parts.append(held_out_means(dated, blend_method(trial.setting), [trial.horizon], targets)[trial.horizon])
    return np.concatenate(parts, axis=1)


def _issue(panel: Panel, means: Floats, trial: _Trial) -> Issued:
    """Means and dispersions of the test days, the latter from the errors known at each origin."""
    blocks = blocks_of(panel.slots, panel.slot_minutes)
    above, below = moments_of(panel, means, trial.held, blocks)
    position = np.flatnonzero(np.isfinite(means).all(axis=(0, 2))) + trial.held.start
    slot_phi, day_phi = [], []
    test_means = with_branch(means[:, trial.tests.start - trial.held.start :])
    for at, target in enumerate(trial.tests):
        origin = trial.origin_of(target)
        known = (position < origin) & (position >= origin - trial.setting.spread_days)
        spread = spread_from(above[:, known], below[:, known], trial.setting.spread_prior_days)
        slot_phi.append(spread.series[:, 2])
        day_phi.append(spread.of_total(test_means[:, at], blocks))
    return Issued(test_means, np.array(slot_phi).T, np.array(day_phi).T)


def _table(panel: Panel, history: History, issued: Mapping[str, Issued], trial: _Trial) -> tuple[SeriesAccuracy, ...]:
    came = with_branch(panel.counts[:, trial.tests])
    opened = np.concatenate([panel.open, panel.open.any(axis=0, keepdims=True)])
    naive = naive_errors(panel, opened, trial.origin_of(trial.tests.start))
    tested = opened[:, trial.tests]
    levels: tuple[Level, Level] = ("slot", "day")
    rows = []
    for at, code in enumerate((*history.services, "")):
        for level in levels:
            found = {
                name: score(one, came, tested, at, level=level, naive=float(naive[level][at]), seed=trial.seed)
                for name, one in issued.items()
            }
            others: dict[str, Accuracy] = {name: found[name] for name in BASELINES}
            rows.append(SeriesAccuracy(history.branch_code, code, level, trial.horizon, found["forecast"], others))
    return tuple(rows)


def _plain(accuracy: Accuracy) -> dict[str, float | None]:
    return {name: None if math.isnan(value) else round(value, 6) for name, value in asdict(accuracy).items()}
