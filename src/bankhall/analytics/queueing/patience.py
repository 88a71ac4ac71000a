"""Patience from what is known of each wait: longer than it (served), shorter (found absent), or that (seen leaving).

By maximum likelihood for an exponential, a Weibull and a piecewise constant hazard, each with and without a share who
do not come whatever the wait; the form with the least Bayesian information criterion is taken.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.durations import ENDLESS, Duration, piecewise_mean, weibull_cv
from bankhall.analytics.queueing.steps import CAME, FOUND_ABSENT, SEEN_LEAVING, StepRecords

Floats = NDArray[np.float64]
FEW_EVENTS = 10
ENOUGH_EVENTS = 60
PIECES = 4
GRID_MINUTES = 0.05
STEP = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """Distinct waits with how many there are of each: served, found absent, seen leaving."""

    served: tuple[Floats, Floats]
    absent: tuple[Floats, Floats]
    left: tuple[Floats, Floats]

    def events(self) -> float:
        """How many say that patience ended."""
        return float(self.absent[1].sum() + self.left[1].sum())

    def total(self) -> float:
        """How many waits there are."""
        return self.events() + float(self.served[1].sum())


@dataclass(frozen=True, slots=True)
class PatienceFit:
    """The form taken, the share who never come when called, and by how much an exponential alone is worse (BIC)."""

    patience: Duration
    absent_share: float
    better_than_exponential: float


@dataclass(frozen=True, slots=True)
class _Form:
    """A family with its parameters as logarithms: where the search starts, and how far it may go from there."""

    start: tuple[float, ...]
    reach: tuple[float, ...]
    duration: Callable[[Floats], Duration]
    hazard: Callable[[Floats, Floats], tuple[Floats, Floats]]


def read_waits(records: StepRecords) -> Waits:
    """The waits of records; negative ones and fates not known tell nothing."""
    fate, waited = records.fate, records.called - records.queued
    return make_waits(
        waited[fate == CAME], waited[fate == FOUND_ABSENT], (records.left - records.queued)[fate == SEEN_LEAVING]
    )


def make_waits(served: Floats, absent: Floats, left: Floats) -> Waits:
    """Counts equal waits, on a grid of three seconds."""
    return Waits(_counted(served), _counted(absent), _counted(left))


def fit_patience(waits: Waits) -> PatienceFit:
    """The best form. Fewer than ten who lost patience tell nothing: endless."""
    if waits.events() < FEW_EVENTS:
        return PatienceFit(ENDLESS, 0.0, 0.0)
    first = exponential_form(waits)
    fitted = [_fit(waits, first, absent=False)]
    if waits.events() >= ENOUGH_EVENTS:
        forms = [first, weibull_form(waits), *piecewise_forms(waits)]
        absent = waits.absent[1].sum() >= FEW_EVENTS
        fitted += [_fit(waits, form, absent=False) for form in forms[1:]]
        fitted += [_fit(waits, form, absent=True) for form in forms if absent]
    best = min(fitted, key=lambda fit: fit[0])
    return PatienceFit(best[1], best[2], fitted[0][0] - best[0])


def exponential_mean(waits: Waits) -> float:
    """Mean patience if it is exponential; infinite when nobody lost it."""
    return _fit(waits, exponential_form(waits), absent=False)[1].mean if waits.events() else math.inf


def exponential_form(waits: Waits) -> _Form:
    """One constant rate."""

    def hazard(parameters: Floats, minutes: Floats) -> tuple[Floats, Floats]:
        rate = math.exp(parameters[0])
        return rate * minutes, np.full_like(minutes, rate)

    return _Form((math.log(_rough_rate(waits)),), (6.0,), lambda p: Duration("exponential", 1 / math.exp(p[0])), hazard)


def weibull_form(waits: Waits) -> _Form:
    """A rate that grows or falls as a power of the wait."""

    def hazard(parameters: Floats, minutes: Floats) -> tuple[Floats, Floats]:
        scale, shape = np.exp(parameters)
        passed = np.maximum(minutes, 1e-6) / scale
        return np.minimum(passed**shape, 1e6), np.maximum(shape / scale * passed ** (shape - 1), 1e-12)

    def duration(parameters: Floats) -> Duration:
        scale, shape = (float(number) for number in np.exp(parameters))
        return Duration("weibull", scale * math.gamma(1 + 1 / shape), weibull_cv(shape))

    return _Form((-math.log(_rough_rate(waits)), 0.0), (3.0, 2.0), duration, hazard)


def piecewise_forms(waits: Waits) -> list[_Form]:
    """A constant rate in each of four stretches, each with a quarter of those who lost patience; none if too few."""
    values = np.concatenate([waits.absent[0], waits.left[0]])
    weights = np.concatenate([waits.absent[1], waits.left[1]])
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    cuts = values[order][np.searchsorted(share, np.arange(1, PIECES) / PIECES)]
    starts = (0.0, *(float(cut) for cut in np.unique(cuts) if cut > GRID_MINUTES))
    if len(starts) < PIECES:
        return []
    return [_piecewise_form(starts, _rough_rate(waits))]


def _piecewise_form(starts: tuple[float, ...], rate: float) -> _Form:
    lengths = np.append(np.diff(starts), np.inf)

    def hazard(parameters: Floats, minutes: Floats) -> tuple[Floats, Floats]:
        rates = np.exp(parameters)
        inside = np.clip(minutes[:, None] - np.asarray(starts)[None, :], 0.0, lengths[None, :])
        return inside @ rates, rates[np.searchsorted(starts, minutes, side="right") - 1]

    def duration(parameters: Floats) -> Duration:
        rates = tuple(float(number) for number in np.exp(parameters))
        return Duration("piecewise", piecewise_mean(starts, rates), 1.0, starts, rates)

    return _Form((math.log(rate),) * len(starts), (6.0,) * len(starts), duration, hazard)


def _fit(waits: Waits, form: _Form, *, absent: bool) -> tuple[float, Duration, float]:
    """(criterion, patience, absent share) of a form by maximum likelihood.

    A simplex search: few parameters, and no linear algebra whose threads would fight for the cores.
    """
    from scipy.optimize import minimize

    start = [*form.start, math.log(0.02 / 0.98)] if absent else list(form.start)
    limits = [(value - far, value + far) for value, far in zip(start, (*form.reach, 6.0), strict=False)]
    simplex = np.array(start) + STEP * np.eye(len(start) + 1, len(start), -1)
    settings = {"initial_simplex": simplex, "xatol": 1e-4, "fatol": 1e-3, "maxfev": 4000}
    found = minimize(
        _minus_log_likelihood, start, (waits, form, absent), "Nelder-Mead", bounds=limits, options=settings
    )
    own = np.asarray(found.x, dtype=np.float64)
    share = 1 / (1 + math.exp(-own[-1])) if absent else 0.0
    criterion = 2 * float(found.fun) + len(own) * math.log(max(waits.total(), 2.0))
    return criterion, form.duration(own[: len(form.start)]), share


def _minus_log_likelihood(parameters: Floats, waits: Waits, form: _Form, absent: bool) -> float:
    own = parameters[: len(form.start)]
    here = -math.log1p(math.exp(-parameters[-1])) if absent else -math.inf
    come = -math.log1p(math.exp(parameters[-1])) if absent else 0.0
    served, _ = form.hazard(own, waits.served[0])
    missed, _ = form.hazard(own, waits.absent[0])
    gone, rate = form.hazard(own, waits.left[0])
    total = float(waits.served[1] @ (come - served))
    total += float(waits.absent[1] @ np.logaddexp(here, come + np.log(-np.expm1(-np.maximum(missed, 1e-12)))))
    total += float(waits.left[1] @ (come + np.log(rate) - gone))
    return -total


def _rough_rate(waits: Waits) -> float:
    """Who lost patience over all minutes waited: a start for the search."""
    minutes = sum(float(values @ counts) for values, counts in (waits.served, waits.absent, waits.left))
    return max(waits.events(), 0.5) / max(minutes, 1.0)


def _counted(waits: Floats) -> tuple[Floats, Floats]:
    told = waits[~np.isnan(waits) & (waits >= 0)]
    values, counts = np.unique(np.round(told / GRID_MINUTES), return_counts=True)
    return np.maximum(values * GRID_MINUTES, GRID_MINUTES / 4), counts.astype(np.float64)
