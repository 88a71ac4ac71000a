"""What planning is asked, and what it answers. Nothing in the answer depends on the wall clock or on load."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bankhall.analytics.forecasting.forecast import Forecast
from bankhall.analytics.queueing.fit import Fits
from bankhall.analytics.rostering.problem import RosterAnswer
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.week import Week

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and the code of the step; raising inside it cancels."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: days simulated for the requirement and for the proof, and moves of the roster's search."""

    requirement_days: int = 120
    proof_days: int = 400
    moves: int = 2_000_000


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """One branch's week. `bank` is `Bank.for_branch`, `forecast` covers the seven days, `past` are published weeks.

    `speeds` are how quick each person is by staff number, 1 = the branch's mean, which is also of who is not named:
    waits of a roster are those of its people, the requirement is for the mean person.
    `required`, with its `shortfalls`, is the requirement when it is known already (a re-solve); empty = to be found.
    """

    branch_code: str
    week: Week
    seed: int
    bank: Bank
    forecast: Forecast
    fits: Fits
    past: tuple[Assignment, ...] = ()
    locked: tuple[Assignment, ...] = ()
    required: tuple[Requirement, ...] = ()
    shortfalls: "tuple[Shortfall, ...]" = ()
    effort: Effort = Effort()
    speeds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One row of the table `proof`. An empty service is the whole hall, no slot is the day; None = nobody came."""

    branch_code: str
    service_code: str
    business_date: date
    slot_start: int | None
    measure: str
    value: float | None
    p05: float | None
    p10: float | None
    p90: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A promise that the branch's windows do not allow, whoever stands at them. The last slot is included."""

    business_date: date
    first_slot_start: int
    last_slot_start: int
    service_code: str
    kept_share: float
    share: float


@dataclass(frozen=True, slots=True)
class PlanNote:
    """Something a reader of the plan must know: a code with its facts."""

    code: str
    facts: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class WeekRequirement:
    """People needed by slot and post over the week, and the promises that cannot hold."""

    rows: tuple[Requirement, ...]
    shortfalls: tuple[Shortfall, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """The roster with its requirement and proof."""

    requirement: WeekRequirement
    roster: RosterAnswer
    proof: tuple[ProofRow, ...]
    notes: tuple[PlanNote, ...] = ()
