"""What a what-if answers: differences with their intervals, and the roster that the question would lead to."""

from dataclasses import dataclass
from datetime import date

from bankhall.analytics.planning.question import PlanNote
from bankhall.analytics.rostering.compare import Comparison, RosterFigures
from bankhall.kernel.bank.roster import Assignment


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of one service (empty = the whole hall) now and then; `low` and `high` are the 90 % interval of the
    change. None = there was nobody to measure."""

    measure: str
    service_code: str
    now: float | None
    then: float | None
    change: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class WhatIfAnswer:
    """Over `dates` (what the question touches) and so many simulated days each. `extra_minutes` are windows manned by
    somebody whom the branch does not have. `assignments` is the week's roster then, `roster` how it differs. `unmoved`:
    the differences were nobody moved to where people are missing."""

    dates: tuple[date, ...]
    replications: int
    differences: tuple[Difference, ...]
    now: RosterFigures
    then: RosterFigures
    extra_minutes: int
    roster: Comparison
    assignments: tuple[Assignment, ...]
    notes: tuple[PlanNote, ...] = ()
    unmoved: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One figure of a week now and then, the mean over the sampled weeks; `low` and `high` hold eight weeks in ten of
    the change, `mean_low` and `mean_high` the 90 % interval of its mean."""

    measure: str
    now: float
    then: float
    change: float
    low: float
    high: float
    mean_low: float
    mean_high: float


@dataclass(frozen=True, slots=True)
class ForGoodAnswer:
    """What a year of weeks would say: the sampled weeks by their Mondays, and those of them that had no roster."""

    weeks: tuple[date, ...]
    infeasible_now: int
    infeasible_then: int
    figures: tuple[YearFigure, ...]
    notes: tuple[PlanNote, ...] = ()
