"""What the forecast page is given. Ranges are 8 in 10; None is not known, never zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bankhall.apps.rosters.queries.values import Range
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """A day's forecast as issued beside what came (None: not yet, or not recorded).

    `replayed`: made later, from what was known at `issued_at`, because nothing was issued then.
    """

    day: CalendarDay
    issued_at: datetime | None
    expected: Range | None
    came: float | None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class ForecastSlot:
    """A slot's forecast as issued beside what came."""

    start: int
    expected: Range
    came: float | None


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """Error of the forecast or of a baseline over the same days; `method` is "ours" or the baseline's code."""

    method: str
    wape: float | None
    mase: float | None
    bias: float | None
    coverage_80: float | None
    coverage_90: float | None


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A marker's factor on the day total (1.31 = 31 % more) with its 90 % interval and the days behind it."""

    marker: str
    factor: float
    low: float
    high: float
    days: int


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """Forecast of a branch (and a service, empty = all)."""

    branch_code: str
    branch_name: Bilingual
    service_code: str
    services: Mapping[str, Bilingual]
    synthetic: bool
    days: tuple[ForecastDay, ...]
    day: date | None
    slots: tuple[ForecastSlot, ...]
    errors: tuple[ErrorLine, ...]
    error_days: int
    effects: tuple[EffectLine, ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...]
    issues: tuple[datetime, ...]
