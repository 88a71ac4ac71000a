"""The leave calendar: what each day can still bear, beside what is granted and asked. Computed, nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bankhall.analytics.rostering.spare import PostDay
from bankhall.apps.access.queries import check_may
from bankhall.apps.people import queries as people
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.people.states import AskedState
from bankhall.apps.rosters.problems.bearing import Horizon, asked_by_day, horizon
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.kernel.scope import Scope

WEEKS = 12


@dataclass(frozen=True, slots=True)
class BearingDay:
    """One day. `assumed`: no forecast reaches that far, an earlier day of that weekday stands for it."""

    day: date
    open: bool
    assumed: bool
    known: bool
    posts: tuple[PostDay, ...]
    granted: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeaveCalendar:
    """Twelve weeks of a branch, Monday first."""

    branch_code: str
    first: date
    weeks: tuple[tuple[BearingDay, ...], ...]
    names: PlanNames


def leave_calendar(scope: Scope, branch_code: str, *, first: date) -> LeaveCalendar:
    """From the Monday of a date on, for everybody of the branch; whose absence it is, without the reasons."""
    check_may(scope, "see_leave_calendar", branch_code)
    monday = first - timedelta(days=first.weekday())
    last = monday + timedelta(days=7 * WEEKS - 1)
    bank = bank_of(branch_code)
    ahead = horizon(branch_code, bank, monday, last)
    lines = asked_by_day(people.away_between(scope, branch_code, monday, last))
    days = [_day(ahead, monday + timedelta(days=n), lines) for n in range(7 * WEEKS)]
    weeks = tuple(tuple(days[n : n + 7]) for n in range(0, len(days), 7))
    return LeaveCalendar(branch_code, monday, weeks, names_of(bank))


def bearing_days(scope: Scope, branch_code: str, dates: Iterable[date]) -> dict[date, BearingDay]:
    """The same for some dates: what stands beside a request that is to be answered."""
    check_may(scope, "see_requests", branch_code)
    wanted = sorted(set(dates))
    if not wanted:
        return {}
    ahead = horizon(branch_code, bank_of(branch_code), wanted[0], wanted[-1])
    lines = asked_by_day(people.away_between(scope, branch_code, wanted[0], wanted[-1]))
    return {day: _day(ahead, day, lines) for day in wanted}


def _day(ahead: Horizon, day: date, lines: dict[date, list[AbsenceLine]]) -> BearingDay:
    asked = sorted({one.staff_no for one in lines.get(day, ()) if one.state == AskedState.ASKED})
    posts = ahead.posts(day) if ahead.opens(day) else ()
    known = bool(ahead.needs(day)) or not ahead.opens(day)
    granted = sorted(ahead.away(day))
    return BearingDay(day, ahead.opens(day), ahead.assumed(day), known, posts, tuple(granted), tuple(asked))
