"""What the look ahead is asked, and what it answers. Hours are person-hours of standing at a post."""

from collections.abc import Mapping
from dataclasses import dataclass

from bankhall.analytics.planning.question import PlanQuestion
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class RecentWeek:
    """A past week as it was known on its Monday, with its simulated requirement and the roster that was published."""

    asked: PlanQuestion
    simulated: tuple[Requirement, ...]
    roster: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class SeasonQuestion:
    """`asked.forecast` covers every day of `weeks`."""

    weeks: tuple[Week, ...]
    asked: PlanQuestion
    recent: tuple[RecentWeek, ...] = ()


@dataclass(frozen=True, slots=True)
class SeasonWeek:
    """One week. `needed` and `short` by post at the mean; `low` and `high` when every day falls at 10 % or 90 %.

    `available` are hours that people can stand: contract hours less granted absences, times the useful share.
    """

    week: Week
    open_days: int
    needed: Mapping[str, float]
    needed_low: float
    needed_high: float
    available: float
    absent_days: int
    short: Mapping[str, float]
    short_low: float
    short_high: float
    assumed_days: int = 0

    @property
    def short_hours(self) -> float:
        """Hours that nobody can stand, at the mean."""
        return sum(self.short.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """A certificate held by one more person, or one person more in a post: hours short that it saves over the weeks,
    with the same at 10 % and 90 % of the demand. `staff_no` is who would have to learn it, empty for a new person."""

    code: str
    staff_no: str
    saved: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SeasonAnswer:
    """The weeks, the calibration by post, and how far the cheap requirement was from the simulated one in the recent
    weeks: each calibrated on the others (WAPE of hours by week and post), and uncalibrated. None: nothing to compare.

    `useful_share` of the hours worked is stood at windows and posts (duties take the rest); `fit_share` of the hours
    stood met a need in the recent rosters. A week is short only where no roster, however well it fits, could fill it.
    """

    weeks: tuple[SeasonWeek, ...]
    factors: Mapping[str, float]
    error: float | None
    error_plain: float | None
    recent_weeks: int
    useful_share: float
    fit_share: float | None
    certificates: tuple[Gap, ...]
    posts: tuple[Gap, ...]
