"""What the pages of plan, network, forecast and one's own roster are given: frozen values, shaped for the screen.

Times of day are minutes from local midnight, ranges are 8 in 10 (p10 to p90), shares are 0 to 1, money is fen.
None is *not known*, never zero. Codes and facts only: sentences are made at the face.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bankhall.apps.rosters.queries.forecast_values import (
    EffectLine,
    ErrorLine,
    ForecastDay,
    ForecastPage,
    ForecastSlot,
)
from bankhall.apps.rosters.queries.values import (
    Bar,
    ConflictLine,
    PersonRow,
    PlanNames,
    Range,
    RosterRef,
    RunBeside,
    StepDone,
    StepNext,
    UnmetSpan,
    WhyFact,
)
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.breach import Breach
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.week import Week

__all__ = [
    "Bar",
    "BranchLine",
    "ConflictLine",
    "DayLoad",
    "DayPlan",
    "DayTab",
    "EffectLine",
    "ErrorLine",
    "ForecastDay",
    "ForecastPage",
    "ForecastSlot",
    "MyDay",
    "MyRoster",
    "NetworkFilters",
    "NetworkPage",
    "NetworkTotals",
    "Obstacle",
    "PersonRow",
    "PlanNames",
    "PlanPage",
    "PrintSheet",
    "Range",
    "RosterRef",
    "RunBeside",
    "ServiceWaits",
    "SheetDay",
    "SlotArrivals",
    "SlotPeople",
    "SlotWait",
    "StepDone",
    "StepNext",
    "Trust",
    "UnmetSpan",
    "WhyFact",
]


@dataclass(frozen=True, slots=True)
class DayTab:
    """One day of the strip. `expected` None: no forecast; `open` False: closed that day."""

    day: CalendarDay
    open: bool
    expected: Range | None
    unmet_half_hours: int
    breaches: int


@dataclass(frozen=True, slots=True)
class SlotArrivals:
    """Arrivals of a slot at the whole branch, and on an ordinary day of that weekday (None: not known)."""

    start: int
    expected: Range
    ordinary: float | None = None


@dataclass(frozen=True, slots=True)
class SlotPeople:
    """People of a post: needed, of these least by rule, planned, and so short."""

    start: int
    post_code: str
    required: int
    least: int
    driven_by: str
    planned: int
    short: int


@dataclass(frozen=True, slots=True)
class SlotWait:
    """Waits of a service in a slot of the simulated day, minutes. None: nobody comes."""

    start: int
    p50: float | None
    p90: float | None
    left_share: float | None
    over_promise: bool


@dataclass(frozen=True, slots=True)
class ServiceWaits:
    """A service's waits along the day and of the whole day, beside what was promised (None: nothing was)."""

    service_code: str
    promise_minutes: float | None
    promise_share: float | None
    slots: tuple[SlotWait, ...]
    day_p50: Range | None
    day_p90: Range | None
    day_kept: Range | None
    day_left: Range | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing before publishing: a breach or a shortage, on which day. `stops` says that publishing is refused."""

    kind: Literal["breach", "unmet", "calendar"]
    day: date | None
    stops: bool
    breach: Breach | None = None
    unmet: UnmetSpan | None = None
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trust:
    """WAPE of day totals over `days` open days beside the better baseline; how often ranges held (waits: 4 weeks)."""

    forecast_error: float | None = None
    baseline_error: float | None = None
    coverage_80: float | None = None
    wait_coverage_80: float | None = None
    days: int = 0
    first: date | None = None
    last: date | None = None
    cost_fen: int | None = None
    avoidable_fen: int | None = None
    moves: int | None = None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Everything on the ruler of one day. `opens` and `closes` None: closed."""

    day: CalendarDay
    opens: int | None
    closes: int | None
    first_minute: int
    last_minute: int
    arrivals: tuple[SlotArrivals, ...]
    arrivals_by_service: Mapping[str, tuple[SlotArrivals, ...]]
    visits: Range | None
    people: tuple[SlotPeople, ...]
    waits: tuple[ServiceWaits, ...]
    rows: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A branch's week. `ref` None: nothing was planned yet (then everything below `days` is empty).

    `proof_stale`: the waits are of an earlier edit; `proving` computes them anew; `answer_waiting` may be accepted.
    `way_back` names the step by which the reader may make it a draft again. `window_posts` serve at windows, those
    with the most first.
    """

    branch_code: str
    branch_name: Bilingual
    region_name: Bilingual
    week: Week
    slot_minutes: int
    synthetic: bool
    ref: RosterRef | None
    state: RosterState | None
    status: Literal["feasible", "infeasible", ""]
    versions: tuple[tuple[int, RosterState], ...]
    days: tuple[DayTab, ...]
    day: DayPlan | None
    obstacles: tuple[Obstacle, ...]
    conflict: tuple[ConflictLine, ...]
    trust: Trust
    steps_done: tuple[StepDone, ...]
    step_next: StepNext | None
    may_edit: bool
    may_plan: bool
    may_undo: bool
    assumed_days: tuple[date, ...]
    unknown_years: tuple[int, ...]
    approval_needed: bool
    run: RunBeside | None
    answer_waiting: int | None
    names: PlanNames
    inputs_hash: str = ""
    made_at: datetime | None = None
    proof_stale: bool = False
    proving: RunBeside | None = None
    way_back: str = ""
    window_posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayLoad:
    """Visits expected on one day of a line; None: closed or no forecast."""

    day: date
    expected: Range | None


@dataclass(frozen=True, slots=True)
class BranchLine:
    """One branch of the Network page. None is not known."""

    branch_code: str
    name: Bilingual
    region_code: str
    visits: Range | None
    days: tuple[DayLoad, ...]
    state: RosterState | None
    status: Literal["feasible", "infeasible", ""]
    version: int | None
    unmet_half_hours: int | None
    law_breaches: int | None
    forecast_error: float | None
    baseline_error: float | None
    coverage_80: float | None
    promise_kept: float | None
    promise_answered: int | None
    run: RunBeside | None


@dataclass(frozen=True, slots=True)
class NetworkFilters:
    """Fields of the filter bar; empty = every. `state` also knows "none" (not planned) and "infeasible"."""

    region_code: str = ""
    state: str = ""
    gap: Literal["", "short", "none"] = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class NetworkTotals:
    """The figures above the list, over every branch that the filters leave."""

    branches: int
    visits: Range | None
    unmet_half_hours: int
    branches_short: int
    forecast_error: float | None
    baseline_error: float | None
    coverage_80: float | None
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The list, who needs attention first. `to_decide` counts the plans that wait for the reader."""

    week: Week
    synthetic: bool
    filters: NetworkFilters
    totals: NetworkTotals
    lines: tuple[BranchLine, ...]
    page: int
    pages: int
    regions: Mapping[str, Bilingual]
    to_decide: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyDay:
    """One day of a person's own roster."""

    day: CalendarDay
    bars: tuple[Bar, ...]
    start: int | None
    end: int | None
    work_minutes: int
    absence: str


@dataclass(frozen=True, slots=True)
class MyRoster:
    """One person's published week. `version` None: not published yet."""

    staff_no: str
    name: Bilingual
    branch_code: str
    branch_name: Bilingual
    zone: str
    week: Week
    version: int | None
    published_at: datetime | None
    days: tuple[MyDay, ...]
    work_minutes: int
    names: PlanNames
    synthetic: bool


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day of the printed roster: every person's row."""

    day: CalendarDay
    rows: tuple[PersonRow, ...]
    opens: int | None
    closes: int | None
    first_minute: int
    last_minute: int
    unmet: tuple[UnmetSpan, ...]


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """What is printed, and what CSV, XLSX and iCalendar are made of (`rows` are exchange rows of `rosters`)."""

    branch_code: str
    branch_name: Bilingual
    zone: str
    ref: RosterRef
    state: RosterState
    synthetic: bool
    days: tuple[SheetDay, ...]
    steps_done: tuple[StepDone, ...]
    rows: tuple[Mapping[str, object], ...]
    names: PlanNames
