"""Every number that a person may want to turn, in one place.

The defaults were chosen on the days before the tests (benchmarks/studies/forecast_setting.py), not on the tests.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """How a forecast is made. All days are days on which the branch was open and recorded.

    `window_days`: how far back the profile looks. `factors`: K of the √-SVD. `weekday_shrinkage`: days' worth of pull
    of a weekday's score to the mean score. `score_ridge`: days' worth of pull of the AR(1) coefficient to 0.
    `svd_share_first`, `svd_share_last`, `blend_days`: share of the SVD at one day ahead and from `blend_days` on,
    straight between; the rest goes to slow smoothing and the mean of `weeks` same weekdays, half each.
    `smoothing`: α of the slow smoothing. `calendar_shrinkage`: k of n/(n+k) for a branch's own calendar effect,
    `pool_shrinkage` for the pooled one. `spread_days`: held-out days from which the spread is taken, beside
    `spread_prior_days` days' worth of the prior.
    """

    window_days: int = 150
    factors: int = 3
    weekday_shrinkage: float = 1.5
    score_ridge: float = 5.0
    svd_share_first: float = 1.0
    svd_share_last: float = 1.0 / 3.0
    blend_days: int = 5
    smoothing: float = 0.1
    weeks: int = 8
    calendar_shrinkage: float = 2.0
    pool_shrinkage: float = 1.0
    spread_days: int = 60
    spread_prior_days: float = 2.0


DEFAULT = Setting()
