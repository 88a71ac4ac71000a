"""What is known at a moment of a day, and what is said of the rest of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.kernel.bank.roster import Assignment

ProposalKind = Literal["move_break", "move_duty", "open_window", "close_window", "call_in"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in line for a service since a minute of the day."""

    service_code: str
    minute: float


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody at a window with a customer."""

    staff_no: str
    service_code: str


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A minute of a date: what came until then [service, slot of the forecast], who stands in line, who is served.

    `recorded` False: nothing of the day has been imported, so nothing is known but the morning's forecast.
    """

    day: date
    minute: int
    recorded: bool
    seen: Floats
    waiting: tuple[Waiting, ...] = ()
    busy: tuple[Busy, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A mean with the range that eight such days in ten keep."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SlotNow:
    """One half hour: the morning's forecast, and what came (over) or what is expected now (to come)."""

    start: int
    morning: Span
    came: float | None
    now: Span | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the plan in the next two hours. `code` is the window, the duty or (call in) the post; the stretch
    `start`-`end` moves to `to_start`, or is what is opened or closed. `saved` are minutes at P90 of those in line and
    those who come until the horizon, with their 90 % interval; `left` is the change of the share that leaves.
    `removed` and `added` are the rows of the plan that it changes; calling in changes none by itself."""

    kind: ProposalKind
    staff_no: str
    code: str
    start: int
    end: int
    to_start: int | None
    saved: float
    low: float
    high: float
    left: float
    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class DayUpdate:
    """The rest of a day. `weight` is how much of what was seen counts (0 = nothing yet); `wait_p90` is what those in
    line and to come until `horizon` would wait with the plan as it is, None where nobody is simulated."""

    day: date
    minute: int
    recorded: bool
    slots: tuple[SlotNow, ...]
    came: float
    expected_so_far: float
    rest_morning: Span
    rest: Span
    weight: float
    waiting: int
    busy: int
    horizon: int
    wait_p90: float | None
    replications: int
    proposals: tuple[Proposal, ...]
