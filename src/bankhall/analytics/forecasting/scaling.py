"""Multiplicative effects of overlapping marks by proportional scaling, each pulled to a parent effect."""

from dataclasses import dataclass

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.analytics.forecasting.expected import BranchDays

_SWEEPS = 12
_DISPERSION = 0.02
_LIMIT = 2.0


@dataclass(frozen=True, slots=True)
class Effects:
    """`log_factors` and the standard `errors` of them: [service, mark]."""

    log_factors: Floats
    errors: Floats


def fit_effects(parts: list[BranchDays], parent: Floats, pull: float) -> Effects:
    """Factors such that marked days' sums agree with their expectations: weighted sums of what came over sums of what
    was expected, one mark after the other, until they stand still. `pull` is k of n / (n + k)."""
    came = np.concatenate([part.came for part in parts], axis=1)
    expected = np.concatenate([part.expected for part in parts], axis=1)
    marked = np.concatenate([part.marked for part in parts])
    weight = 1.0 / (1.0 + _DISPERSION * expected)
    told = (_DISPERSION * expected * weight) @ marked
    trust = told / (told + pull)
    logs = parent.copy()
    for _ in range(_SWEEPS):
        for mark in range(marked.shape[1]):
            on = marked[:, mark] > 0
            others = np.exp(logs @ marked[on].T - logs[:, mark : mark + 1])
            up = (weight[:, on] * came[:, on]).sum(axis=1) + 1e-9
            down = (weight[:, on] * expected[:, on] * others).sum(axis=1) + 1e-9
            seen = np.clip(np.log(up / down), -_LIMIT, _LIMIT)
            logs[:, mark] = trust[:, mark] * seen + (1.0 - trust[:, mark]) * parent[:, mark]
    return Effects(logs, _errors(came, expected * np.exp(logs @ marked.T), weight, marked))


def _errors(came: Floats, fitted: Floats, weight: Floats, marked: Floats) -> Floats:
    """Standard error of the logarithm, with the spread that the unmarked days show."""
    plain = marked.sum(axis=1) == 0
    above = ((came - fitted) ** 2 - fitted)[:, plain].sum(axis=1)
    phi = np.maximum(above / np.maximum((fitted[:, plain] ** 2).sum(axis=1), 1e-9), 1e-3)
    variance = fitted * (1.0 + phi[:, None] * fitted)
    down = (weight * fitted) @ marked
    return np.asarray(np.sqrt((weight**2 * variance) @ marked) / np.maximum(down, 1e-9))
