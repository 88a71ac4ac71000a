"""√-SVD profile with AR(1) scores (Shen and Huang, M&SOM 10(3), 2008), all services of a branch in one go.

Rows are days of √(count + ¼), which makes the noise of a count about ¼ whatever its size. The singular vectors are the
shapes of a day; a day's score on each shape follows its weekday and yesterday's surprise. Squaring back loses the
noise's own variance, which is added again, so that the forecast is the mean and not something below it.
"""

from dataclasses import dataclass

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.panel import Panel
from bankhall.analytics.forecasting.setting import Setting

_QUARTER = 0.25
_MARGIN = 1.1


@dataclass(frozen=True, slots=True)
class Profile:
    """Fitted at one origin. `loadings` [service, factor, slot], `centre` [service, factor], `weekday` [service, 7,
    factor] (distance from the centre), `carry` AR(1) [service, factor], `surprise` of the last day [service, factor],
    `noise`: variance on the √ scale [service, slot]."""

    loadings: Floats
    centre: Floats
    weekday: Floats
    carry: Floats
    surprise: Floats
    noise: Floats

    def expected(self, weekdays: Floats, ahead: Floats) -> Floats:
        """Mean counts [service, day, slot] for days [day, 7] so many open days `ahead` [day] (1 = the next)."""
        fade = self.carry[:, None, :] ** ahead[None, :, None] * self.surprise[:, None, :]
        scores = self.centre[:, None, :] + weekdays @ self.weekday + fade
        root = np.maximum(scores @ self.loadings, 0.0)
        return np.asarray(np.maximum(root**2 + (self.noise - _QUARTER)[:, None, :], 0.0))


def fit_profile(panel: Panel, window: range, active: Bools, setting: Setting) -> Profile:
    """From the days of the window. `active` [service, day of the window]: days on which a service lives and is open;
    the others weigh nothing."""
    first, last = window.start, window.stop
    weight = active.astype(np.float64)
    seen = panel.open[:, first:last] & active[:, :, None]
    root = _filled(np.sqrt(panel.adjusted[:, first:last] + _QUARTER), seen, weight)
    loadings = _loadings(root, weight, setting.factors)
    scores = root @ loadings.transpose(0, 2, 1)
    centre = _weighted_mean(scores, weight)
    classes = panel.weekdays[first:last]
    weekday = _weekday_scores(scores - centre[:, None], classes, weight, setting.weekday_shrinkage)
    rest = (scores - centre[:, None] - classes @ weekday) * weight[:, :, None]
    before, surprise = _carried(rest, active)
    carry = _carry(rest, before, setting.score_ridge)
    fitted = (centre[:, None] + classes @ weekday + carry[:, None] * before) @ loadings
    return Profile(loadings, centre, weekday, carry, surprise, _noise(root - fitted, seen))


def _filled(root: Floats, seen: Bools, weight: Floats) -> Floats:
    """Closed cells of an active day get the mean shape at the day's own height, so that they neither pull nor push."""
    known = np.where(seen, root, 0.0)
    shape = known.sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    height = (known * shape[:, None]).sum(axis=2) / np.maximum((seen * shape[:, None] ** 2).sum(axis=2), 1e-12)
    return np.asarray(np.where(seen, root, height[:, :, None] * shape[:, None]) * weight[:, :, None])


def _loadings(root: Floats, weight: Floats, factors: int) -> Floats:
    """The leading shapes [service, factor, slot]. A further one must stand above what noise alone would give (the edge
    of Marchenko and Pastur), and there are at most one for every five days; the others are zero."""
    days, slots = root.shape[1], root.shape[2]
    values, vectors = np.linalg.eigh(root.transpose(0, 2, 1) @ root)
    kept = min(factors, slots, days)
    order = np.arange(slots - 1, slots - 1 - kept, -1)
    heights = values[:, order]
    shapes = vectors[:, :, order].transpose(0, 2, 1)
    shapes = shapes * np.where(shapes.sum(axis=2, keepdims=True) < 0, -1.0, 1.0)
    effective = np.maximum(weight.sum(axis=1), 1.0)
    rest = values[:, : slots - kept].sum(axis=1) / np.maximum(effective * (slots - kept), 1.0)
    edge = rest * (np.sqrt(effective) + np.sqrt(slots)) ** 2
    stands = (heights > _MARGIN * edge[:, None]) & (np.arange(kept)[None, :] * 5 < effective[:, None])
    stands[:, 0] = True
    return np.asarray(shapes * stands[:, :, None])


def _weighted_mean(scores: Floats, weight: Floats) -> Floats:
    return np.asarray((scores * weight[:, :, None]).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)[:, None])


def _weekday_scores(scores: Floats, classes: Floats, weight: Floats, shrinkage: float) -> Floats:
    """Ridge regression of the scores on the weekdays: [service, 7, factor]."""
    weighted = classes.T[None] * weight[:, None, :]
    gram = weighted @ classes + (shrinkage + 1e-9) * np.eye(7)
    return np.asarray(np.linalg.solve(gram, weighted @ scores), dtype=np.float64)


def _carried(rest: Floats, active: Bools) -> tuple[Floats, Floats]:
    """The surprise of the last active day before each day [service, day, factor], and before the day after the last."""
    services, days, _ = rest.shape
    at = np.where(active, np.arange(days)[None, :], -1)
    latest = np.maximum.accumulate(at, axis=1) if days else at
    previous = np.concatenate([np.full((services, 1), -1), latest], axis=1)
    rows = np.arange(services)[:, None]
    carried = np.where(previous[:, :, None] >= 0, rest[rows, np.maximum(previous, 0)], 0.0)
    return carried[:, :-1] * active[:, :, None], carried[:, -1]


def _carry(rest: Floats, before: Floats, ridge: float) -> Floats:
    days = np.maximum((rest != 0).sum(axis=1), 1)
    squares = (rest**2).sum(axis=1)
    down = (before**2).sum(axis=1) + ridge * squares / days
    return np.asarray(np.clip((rest * before).sum(axis=1) / np.maximum(down, 1e-12), 0.0, 0.98))


def _noise(left: Floats, seen: Bools) -> Floats:
    """Variance on the √ scale by slot, pulled to the service's mean by ten days' worth."""
    squares = np.where(seen, left, 0.0) ** 2
    number = seen.sum(axis=1)
    mean = squares.sum(axis=(1, 2)) / np.maximum(number.sum(axis=1), 1)
    return np.asarray((squares.sum(axis=1) + 10.0 * mean[:, None]) / (number + 10.0))
