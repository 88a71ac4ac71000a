"""Every service's model from a branch's records: time at the window, patience, and what was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.chance.intervals import mean_interval
from bankhall.analytics.queueing.hall import Leaving, Promised, ServiceModel
from bankhall.analytics.queueing.patience import ENOUGH_EVENTS, FEW_EVENTS, PatienceFit, Waits, fit_patience, read_waits
from bankhall.analytics.queueing.service_times import (
    LONGEST_PAUSE,
    TimeSample,
    next_calls,
    sample_times,
    turnaround_minutes,
)
from bankhall.analytics.queueing.steps import FOUND_ABSENT, SEEN_LEAVING, StepRecords

Floats = NDArray[np.float64]
FEW_TIMES = 30
USUAL_CV = 0.9
USUAL_MINUTES = 6.0
TYPICAL_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class FitNote:
    """Something to know about a fit, by code: time_from_call, time_from_next_call, time_few, time_typical,
    patience_unknown, patience_pooled, patience_not_exponential."""

    code: str
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceFit:
    """One service. `time_low` and `time_high` are the 95 % interval of the mean; `patience_n` who were waiting,
    `lost_n` of them those who left or were found absent; `left_out` counts rows by reason."""

    service_code: str
    time: Duration
    time_n: int
    time_low: float
    time_high: float
    turnaround_minutes: float
    patience: Duration
    absent_share: float
    patience_n: int
    lost_n: int
    left_out: Mapping[str, int]
    notes: tuple[FitNote, ...] = ()

    def model(
        self, *, promise: Promised | None = None, priority: int = 0, ageing_minutes: float = 0.0, balk_at: int = 0
    ) -> ServiceModel:
        """The service as the hall's simulation takes it."""
        return ServiceModel(
            code=self.service_code,
            time=self.time,
            patience=self.patience,
            promise=promise,
            priority=priority,
            ageing_minutes=ageing_minutes,
            balk_at=balk_at,
            absent_share=self.absent_share,
            turnaround_minutes=self.turnaround_minutes,
        )


@dataclass(frozen=True, slots=True)
class Fits:
    """All services of a branch, by code, and how its records notice who leaves."""

    services: tuple[ServiceFit, ...]
    leaving: Leaving

    def of(self, code: str) -> ServiceFit:
        """One service's fit."""
        return next(fit for fit in self.services if fit.service_code == code)


def fit_services(
    records: StepRecords, *, typical: Mapping[str, float] | None = None, longest_pause: float = LONGEST_PAUSE
) -> Fits:
    """Fits every service of the records, and those of `typical` (usual minutes by code) that have no record at all.

    Between two customers a window may pause `longest_pause` minutes and still count as manned.
    """
    known = dict(typical or {})
    calls, turnaround = next_calls(records), turnaround_minutes(records, longest_pause)
    branch = _Branch(turnaround, fit_patience(read_waits(records)), read_waits(records).events())
    fits = []
    for code in sorted({*records.codes, *known} - {""}):
        mine = records.service == (records.codes.index(code) if code in records.codes else -1)
        fits.append(_fit_service(code, records.where(mine), calls[mine], branch, known.get(code)))
    absent, seen = (int((records.fate == fate).sum()) for fate in (FOUND_ABSENT, SEEN_LEAVING))
    return Fits(tuple(fits), "at_call" if absent > seen else "seen")


@dataclass(frozen=True, slots=True)
class _Branch:
    """What the branch as a whole lends to a service with few records."""

    turnaround: float
    patience: PatienceFit
    events: float


def _fit_service(code: str, records: StepRecords, calls: Floats, branch: _Branch, typical: float | None) -> ServiceFit:
    sample, waits = sample_times(records, calls), read_waits(records)
    time, time_notes = _time(sample, typical)
    patience, patience_notes = _patience(waits, branch)
    interval = mean_interval(sample.minutes) if len(sample.minutes) else None
    return ServiceFit(
        service_code=code,
        time=time,
        time_n=len(sample.minutes),
        time_low=interval.low if interval else time.mean,
        time_high=interval.high if interval else time.mean,
        turnaround_minutes=branch.turnaround if sample.source == "start_to_end" else 0.0,
        patience=patience.patience,
        absent_share=patience.absent_share,
        patience_n=int(waits.total()),
        lost_n=int(waits.events()),
        left_out={reason: count for reason, count in sample.left_out.items() if count},
        notes=(*time_notes, *patience_notes),
    )


def _time(sample: TimeSample, typical: float | None) -> tuple[Duration, tuple[FitNote, ...]]:
    """Lognormal by the sample's mean and coefficient of variation; a small sample leans on the usual minutes."""
    n = len(sample.minutes)
    origin = {"call_to_end": "time_from_call", "call_to_next_call": "time_from_next_call"}.get(sample.source)
    notes = (FitNote(origin, {"n": n}),) if origin and n else ()
    if n == 0:
        return Duration("lognormal", typical or USUAL_MINUTES, USUAL_CV), (FitNote("time_typical"),)
    mean, deviation = float(sample.minutes.mean()), float(sample.minutes.std())
    if n >= FEW_TIMES:
        return Duration("lognormal", mean, max(deviation / mean, 0.05)), notes
    leaned = (n * mean + TYPICAL_WEIGHT * (typical or mean)) / (n + TYPICAL_WEIGHT)
    return Duration("lognormal", leaned, USUAL_CV), (*notes, FitNote("time_few", {"n": n}))


def _patience(waits: Waits, branch: _Branch) -> tuple[PatienceFit, tuple[FitNote, ...]]:
    """The service's own when enough lost patience there, else the branch's."""
    if branch.events < FEW_EVENTS:
        return branch.patience, (FitNote("patience_unknown", {"n": branch.events}),)
    pooled = waits.events() < ENOUGH_EVENTS and waits.events() < branch.events
    fit = branch.patience if pooled else fit_patience(waits)
    notes: tuple[FitNote, ...] = (FitNote("patience_pooled", {"n": waits.events()}),) if pooled else ()
    if fit.patience.family != "exponential":
        notes = (*notes, FitNote("patience_not_exponential", {"gain": fit.better_than_exponential}))
    return fit, notes
