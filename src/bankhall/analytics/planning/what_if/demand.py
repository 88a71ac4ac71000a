"""More, fewer and other customers: the drawn days of the plan with some added or taken, the others the same."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.planning.what_if.changes import Change, Demand, Moved

Counts = NDArray[np.int64]


def factor_of(change: Change, service_code: str, day: date) -> float:
    """By how much a change multiplies the arrivals of a service on a date."""
    if isinstance(change, Moved) and change.service_code == service_code and change.day in (None, day):
        return 1.0 - change.share
    if isinstance(change, Demand) and change.service_code in ("", service_code) and change.day in (None, day):
        return 1.0 + change.per_cent / 100
    return 1.0


def scaled(counts: Counts, factor: float, rng: np.random.Generator) -> Counts:
    """Customers thinned by chance, or as many drawn to each: those who stay are the same."""
    if factor <= 1.0:
        return np.asarray(rng.binomial(counts, factor), dtype=np.int64)
    return np.asarray(counts + rng.poisson(counts * (factor - 1.0)), dtype=np.int64)


def changed_counts(
    counts: Counts, codes: tuple[str, ...], day: date, changes: tuple[Change, ...], rng: np.random.Generator
) -> Counts:
    """Counts [day, service, slot] under every change of demand, in order."""
    changed = counts.copy()
    for change in changes:
        for place, code in enumerate(codes):
            factor = factor_of(change, code, day)
            if factor != 1.0:
                changed[:, place] = scaled(changed[:, place], factor, rng)
    return changed
