"""How long things take: service, patience. A family with its mean and coefficient of variation, in minutes."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DurationFamily = Literal["lognormal", "exponential", "deterministic", "gamma", "weibull", "piecewise", "endless"]
DURATION_FAMILIES: tuple[DurationFamily, ...] = get_args(DurationFamily)


@dataclass(frozen=True, slots=True)
class Duration:
    """A distribution of minutes.

    `cv` is the standard deviation over the mean (lognormal, gamma, weibull). `piecewise` has the hazard `rates[i]` a
    minute from `starts[i]` on (the first start is 0, the last rate never ends and is positive); its `mean` is for
    reading only. `endless` never ends.
    """

    family: DurationFamily
    mean: float = 0.0
    cv: float = 1.0
    starts: tuple[float, ...] = ()
    rates: tuple[float, ...] = ()

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
        """Independent draws. A longer first axis repeats the shorter one's draws and adds to them."""
        same = self.constant()
        return _DRAWS[self.family](self, rng, shape) if same is None else np.full(shape, same)

    def constant(self) -> float | None:
        """How long it always takes; None when that varies."""
        if self.family == "deterministic" or self.mean <= 0 or self.cv <= 0:
            return math.inf if self.family == "endless" else self.mean
        return None

    def survival(self, minutes: Floats) -> Floats:
        """The chance of lasting longer than so many minutes; exponential, weibull, piecewise and endless only."""
        if self.family == "endless":
            return np.ones_like(minutes)
        if self.family == "piecewise":
            return np.asarray(np.exp(-cumulated_hazard(minutes, self.starts, self.rates)))
        shape = weibull_shape(self.cv) if self.family == "weibull" else 1.0
        return np.asarray(np.exp(-((minutes / weibull_scale(self.mean, shape)) ** shape)))

    def scaled(self, factor: float) -> "Duration":
        """The same form, every duration `factor` times as long."""
        return Duration(
            self.family,
            self.mean * factor,
            self.cv,
            tuple(start * factor for start in self.starts),
            tuple(rate / factor for rate in self.rates),
        )


ENDLESS = Duration("endless")


def lognormal_parameters(mean: float, cv: float) -> tuple[float, float]:
    """(mu, sigma) of the logarithm."""
    variance = math.log1p(cv * cv)
    return math.log(mean) - variance / 2, math.sqrt(variance)


@cache
def weibull_shape(cv: float) -> float:
    """The shape k with that coefficient of variation (k = 1 is exponential), by bisection."""
    low, high = 0.1, 200.0
    for _ in range(80):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if weibull_cv(middle) > cv else (low, middle)
    return math.sqrt(low * high)


def weibull_cv(shape: float) -> float:
    """Coefficient of variation of a Weibull with shape k."""
    return math.sqrt(max(0.0, math.exp(math.lgamma(1 + 2 / shape) - 2 * math.lgamma(1 + 1 / shape)) - 1))


def weibull_scale(mean: float, shape: float) -> float:
    """The scale that gives the mean."""
    return mean / math.exp(math.lgamma(1 + 1 / shape))


def cumulated_hazard(minutes: Floats, starts: tuple[float, ...], rates: tuple[float, ...]) -> Floats:
    """Integral of a piecewise constant hazard from 0 to `minutes`."""
    ends = (*starts[1:], math.inf)
    total = np.zeros_like(minutes, dtype=np.float64)
    for start, end, rate in zip(starts, ends, rates, strict=True):
        total += rate * np.clip(minutes - start, 0.0, end - start)
    return total


def piecewise_mean(starts: tuple[float, ...], rates: tuple[float, ...]) -> float:
    """Mean of a duration with a piecewise constant hazard: the integral of its survival."""
    mean, survival = 0.0, 1.0
    for start, end, rate in zip(starts, (*starts[1:], math.inf), rates, strict=True):
        if rate <= 0:
            mean += survival * (end - start)
            continue
        left = survival * math.exp(-rate * (end - start))
        mean += (survival - left) / rate
        survival = left
    return mean


def _draw_exponential(duration: Duration, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    minutes = rng.standard_exponential(shape)
    minutes *= duration.mean
    return minutes


def _draw_lognormal(duration: Duration, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    mu, sigma = lognormal_parameters(duration.mean, duration.cv)
    minutes = rng.standard_normal(shape)
    minutes *= sigma
    minutes += mu
    return np.exp(minutes, out=minutes)


def _draw_gamma(duration: Duration, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    form = 1 / duration.cv**2
    return rng.standard_gamma(form, shape) * (duration.mean / form)


def _draw_weibull(duration: Duration, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    form = weibull_shape(duration.cv)
    return rng.standard_exponential(shape) ** (1 / form) * weibull_scale(duration.mean, form)


def _draw_piecewise(duration: Duration, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    starts, rates = np.asarray(duration.starts), np.asarray(duration.rates)
    reached = np.concatenate([[0.0], np.cumsum(rates[:-1] * np.diff(starts))])
    hazard = rng.standard_exponential(shape)
    piece = np.searchsorted(reached, hazard, side="right") - 1
    return np.asarray(starts[piece] + (hazard - reached[piece]) / rates[piece])


_DRAWS: dict[str, Callable[[Duration, np.random.Generator, tuple[int, ...]], Floats]] = {
    "exponential": _draw_exponential,
    "lognormal": _draw_lognormal,
    "gamma": _draw_gamma,
    "weibull": _draw_weibull,
    "piecewise": _draw_piecewise,
}
