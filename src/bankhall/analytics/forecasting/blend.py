"""The forecast's mean: √-SVD near; the further ahead, the more of two slow methods (equal weights from five days)."""

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.life import life_of
from bankhall.analytics.forecasting.panel import Panel
from bankhall.analytics.forecasting.profile import fit_profile
from bankhall.analytics.forecasting.setting import Setting
from bankhall.analytics.forecasting.simple import slow_smoothing, weekday_means

_LEAN = 100.0


def svd_share(ahead: Floats, setting: Setting) -> Floats:
    """Weight of the SVD by open days ahead: straight from the first to the last share."""
    way = np.clip((ahead - 1.0) / max(setting.blend_days - 1.0, 1e-9), 0.0, 1.0)
    return np.asarray(setting.svd_share_first + way * (setting.svd_share_last - setting.svd_share_first))


def blended(panel: Panel, origin: int, targets: range, setting: Setting, gap: int = 0) -> Floats:
    """Mean counts [service, target, slot] from the days before `origin` alone; `gap` open days lie between the last
    known day and the first day of the panel that is not known. 0 where closed or the service has ended."""
    first = max(0, origin - setting.window_days)
    life = life_of(panel.totals[:, :origin])
    lives = np.arange(origin)[None, :] >= life.first[:, None]
    active: Bools = panel.open[:, :origin].any(axis=2) & lives
    ahead = np.asarray(targets, dtype=np.float64) - origin + 1.0 + gap
    profile = fit_profile(panel, range(first, origin), active[:, first:], setting)
    near = profile.expected(panel.weekdays[targets], ahead)
    share = svd_share(ahead, setting)[None, :, None]
    mean = (
        near if np.all(share == 1.0) else share * near + (1.0 - share) * _slow(panel, origin, targets, active, setting)
    )
    return np.asarray(mean * panel.factors[:, targets, None] * panel.open[:, targets] * life.alive[:, None, None])


def _slow(panel: Panel, origin: int, targets: range, active: Bools, setting: Setting) -> Floats:
    """Half slow smoothing, half the mean of the last same weekdays."""
    window = weekday_means(panel, panel.adjusted, origin, active, setting.window_days)
    weeks = weekday_means(panel, panel.adjusted, origin, active, setting.weeks)
    smooth = slow_smoothing(panel, origin, targets, active, means=window, smoothing=setting.smoothing)
    return np.asarray(0.5 * (smooth + panel.weekdays[targets] @ _leaning(weeks, window, setting.weeks)))


def _leaning(weeks: Floats, window: Floats, days: int) -> Floats:
    """Mean of the last same weekdays [service, 7, slot]. Its total is theirs alone; how it spreads over the slots leans
    on the whole window by a hundred customers, so that eight days of a rare service do not make a shape."""
    total = weeks.sum(axis=2, keepdims=True)
    usual = window / np.maximum(window.sum(axis=2, keepdims=True), 1e-12)
    own = days * total
    return np.asarray((own * weeks + _LEAN * total * usual) / np.maximum(own + _LEAN, 1e-12))
