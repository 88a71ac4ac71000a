"""Calendar effects as facts for people: on a payday 18 % more come (nine in ten: 10 to 27 %), from 24 days."""

from dataclasses import dataclass

import numpy as np

from bankhall.analytics.forecasting.pooled import PooledEffects

_NINETY = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class EffectFact:
    """`factor` on the day's arrivals with its 90 % interval; `days`: marked open days of the branch; `pooled_days`:
    those of all branches that were asked."""

    marker: str
    factor: float
    low: float
    high: float
    days: int
    pooled_days: int


def effect_facts(pooled: PooledEffects, branch_code: str, service_code: str = "") -> tuple[EffectFact, ...]:
    """One fact a mark, by its code; an empty service is the whole branch."""
    row, column = pooled.row_of(branch_code), pooled.column_of(service_code)
    logs, errors = pooled.log_factors[row, column], pooled.errors[row, column]
    low, high = np.exp(logs - _NINETY * errors), np.exp(logs + _NINETY * errors)
    return tuple(
        EffectFact(
            marker=mark,
            factor=round(float(np.exp(logs[at])), 6),
            low=round(float(low[at]), 6),
            high=round(float(high[at]), 6),
            days=int(pooled.days[row, at]),
            pooled_days=int(pooled.days[-1, at]),
        )
        for at, mark in enumerate(pooled.marks)
    )
