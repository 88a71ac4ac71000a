"""Branches made with planted shapes, effects and spread: what the tests of forecasting look for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.history import CountRow, History, build_history
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay

FIRST = date(2025, 10, 20)
SERVICES = (Service("cash", family="cash"), Service("account", family="account"), Service("loan", family="loan"))
SHARES = (0.6, 0.3, 0.1)
OPENING = tuple(
    OpeningSpan("", "personal", weekday=day, opens=540, closes=1020 if day < 6 else 960) for day in range(1, 7)
)
WEEKDAY = (1.2, 1.0, 0.95, 0.95, 1.1, 0.7, 0.0)


@dataclass(frozen=True)
class World:
    """How many come: `size` a day, level AR(1) with sd `drift` and carry `carry`, `effects` by marker."""

    size: float = 240.0
    drift: float = 0.08
    carry: float = 0.5
    slot_noise: float = 0.0
    effects: Mapping[str, float] = field(default_factory=lambda: {"payday": 1.3})
    shape: Sequence[float] = ()


def calendar(until: date = date(2027, 12, 31)) -> BusinessCalendar:
    """Payday on the 10th, pension day on the 15th, the first week of October a holiday."""
    days = []
    for n in range((until - date(2025, 1, 1)).days + 1):
        when = date(2025, 1, 1) + timedelta(days=n)
        kind = "holiday" if when.month == 10 and when.day <= 7 else "weekend" if when.isoweekday() > 5 else "workday"
        markers = (("payday",) if when.day == 10 else ()) + (("pension_day",) if when.day == 15 else ())
        days.append(CalendarDay(when, kind, markers=markers))  # type: ignore[arg-type]
    return BusinessCalendar(days)


CALENDAR = calendar()


def days(first: date, last: date, *, branch: str = "B01", services: Sequence[Service] = SERVICES) -> Days:
    """Dates first..last of a branch open Monday to Saturday, closed on holidays."""
    closed = OpeningSpan("", "personal", day_kind="holiday")
    return days_between(
        first, last, branch_code=branch, services=services, calendar=CALENDAR, opening=(*OPENING, closed)
    )


def expected(over: Days, world: World) -> np.ndarray:
    """Planted means [day, service, slot] without the level."""
    slots = len(over.slots)
    shape = np.array(world.shape) if len(world.shape) else 1.0 + 0.8 * np.sin(np.linspace(0.3, 5.5, slots))
    shape = shape / shape.sum()
    shares = np.array(SHARES[: len(over.services)])
    scale = [
        WEEKDAY[when.isoweekday() - 1] * np.prod([world.effects.get(mark, 1.0) for mark in marks])
        for when, marks in zip(over.dates, over.marks, strict=True)
    ]
    day = world.size * np.array(scale)[:, None, None] * shares[None, :, None]
    return np.asarray(day * shape * over.service_open)


def came(over: Days, world: World, seed: int) -> np.ndarray:
    """Counts drawn about the planted means: [day, service, slot]."""
    rng = np.random.default_rng(seed)
    mean = expected(over, world)
    level, levels = 0.0, []
    for _ in over.dates:
        level = world.carry * level + rng.normal(0.0, world.drift * np.sqrt(1 - world.carry**2))
        levels.append(np.exp(level))
    mean = mean * np.array(levels)[:, None, None]
    if world.slot_noise:
        mean = mean * rng.gamma(1 / world.slot_noise, world.slot_noise, mean.shape)
    return np.asarray(rng.poisson(mean), dtype=np.float64)


def rows_of(over: Days, counts: np.ndarray) -> list[CountRow]:
    """As the records give them: only cells in which somebody came."""
    return [
        (over.services[s], over.dates[d], over.slots.start + int(c), float(counts[d, s, c]))
        for d, s, c in np.argwhere(counts > 0)
    ]


def history(
    *, branch: str = "B01", seed: int = 1, length: int = 300, world: World = World(), first: date = FIRST
) -> History:
    """A branch's records over so many dates."""
    over = days(first, first + timedelta(days=length - 1), branch=branch)
    return build_history(branch, rows_of(over, came(over, world, seed)), over)
