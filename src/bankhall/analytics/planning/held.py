"""How often a proof's ranges held: what was proved for a day beside what then happened that day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from bankhall.analytics.planning.question import ProofRow

DayOfService = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Held:
    """One measure over `n` service-days. Shares of days inside the 80 % and 90 % range; `bias` and `median_error` in
    the measure's unit (predicted less happened, and its absolute value); None = nothing to compare."""

    measure: str
    n: int
    inside_80: float | None
    inside_90: float | None
    bias: float | None
    median_error: float | None


def held(measure: str, proof: Iterable[ProofRow], happened: Mapping[DayOfService, float | None]) -> Held:
    """Compares the day rows of one measure (the whole hall's left out) with what happened to each service that day."""
    pairs = [
        (row, found)
        for row in proof
        if row.measure == measure and row.service_code and row.slot_start is None and row.value is not None
        if (found := happened.get((row.service_code, row.business_date))) is not None
    ]
    if not pairs:
        return Held(measure, 0, None, None, None, None)
    errors = [float(row.value or 0.0) - found for row, found in pairs]
    return Held(
        measure,
        len(pairs),
        _share(inside(row.p10, found, row.p90) for row, found in pairs),
        _share(inside(row.p05, found, row.p95) for row, found in pairs),
        sum(errors) / len(errors),
        median(map(abs, errors)),
    )


def inside(low: float | None, found: float, high: float | None) -> bool:
    """Whether a value lies in a range, its ends included."""
    return low is not None and high is not None and low <= found <= high


def _share(hits: Iterable[bool]) -> float:
    told = list(hits)
    return sum(told) / len(told)
