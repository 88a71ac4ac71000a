"""The page of attendance: one day as forecast, needed, planned, stood and come, and the four weeks behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from bankhall.analytics.planning.attended import AttendanceAccount, DayAttended, account_of
from bankhall.apps.access.queries import check_may, may
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

WEEKS = 4
Spans = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class WeekKept:
    """A week with its account; no days: nothing was recorded."""

    week: Week
    account: AttendanceAccount


@dataclass(frozen=True, slots=True)
class PersonKept:
    """One person's day: planned work from its first minute to its last, and spans as attended (no end: still there).
    `late_minutes` and `early_minutes` beside the plan; None where one of the two is not known."""

    staff_no: str
    starts: int | None
    ends: int | None
    attended: Spans
    late_minutes: int | None
    early_minutes: int | None


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """A branch's week: its recorded days, and its dates up to today. `shown` is the day of the picture (None: nothing
    was recorded); `people` only for who may mark them, in the order of their numbers."""

    branch_code: str
    name: Bilingual
    week: Week
    days: tuple[DayAttended, ...]
    dates: tuple[date, ...]
    shown: DayAttended | None
    day: date
    weeks: tuple[WeekKept, ...]
    total: AttendanceAccount
    people: tuple[PersonKept, ...]
    names: PlanNames
    slot_minutes: int
    synthetic: bool
    may_mark: bool
    newest: Week | None


def attendance_page(
    scope: Scope, branch_code: str, *, week: Week | None = None, day: date | None = None, on: date
) -> AttendancePage:
    """A week (that of today when none is named) and the three before it. Nobody sees people but who marks them."""
    check_may(scope, "see_metrics", branch_code)
    node = network.branch(scope, branch_code)
    chosen = week or Week.of(day or on)
    days, people = _attended(branch_code, chosen, on)
    mine = tuple(one for one in days if one.day in chosen.days())
    when = (
        day if day in chosen.days() else mine[-1].day if mine else min(max(on, chosen.first_day()), chosen.days()[-1])
    )
    bank, marks = bank_of(branch_code), may(scope, "mark_attendance", branch_code)
    return AttendancePage(
        branch_code, node.name, chosen, mine, tuple(one for one in chosen.days() if one <= on),
        next((one for one in mine if one.day == when), None), when,
        tuple(WeekKept(w, account_of(d for d in days if d.day in w.days())) for w in _weeks(chosen)),
        account_of(days), people(when) if marks else (), names_of(bank, branch_code), bank.slot_minutes, bank.synthetic,
        marks, Week.of(days[-1].day) if days else None,
    )  # fmt: skip


def _weeks(last: Week) -> tuple[Week, ...]:
    return tuple(last.plus(-n) for n in reversed(range(WEEKS)))


class _People:
    """Who was planned and who was there, by date."""

    def __init__(self, found: Mapping[date, tuple[PersonKept, ...]]) -> None:
        self._found = found

    def __call__(self, day: date) -> tuple[PersonKept, ...]:
        return self._found.get(day, ())


def _attended(branch_code: str, last: Week, on: date) -> tuple[tuple[DayAttended, ...], _People]:
    if not Path(settings.LAKE).is_dir():
        return (), _People({})
    from bankhall.data.planning.attended import attended
    from bankhall.data.planning.question import PlanRequest

    request = PlanRequest({
        "lake": str(settings.LAKE), "branch_code": branch_code, "week": str(last),
        "bank": to_plain(bank_of(branch_code, last)),
    })  # fmt: skip
    first = last.plus(1 - WEEKS).first_day()
    found = attended(request, first, min(last.days()[-1], max(on, first)))
    return found.days, _People({
        day: tuple(person(one.staff_no, one.planned, one.attended) for one in people)
        for day, people in found.people.items()
    })  # fmt: skip


def person(staff_no: str, planned: tuple[tuple[int, int], ...], attended: Spans) -> PersonKept:
    """Plan beside attendance. Who never came is neither late nor early."""
    starts, ends = (planned[0][0], planned[-1][1]) if planned else (None, None)
    late = max(0, attended[0][0] - starts) if attended and starts is not None else None
    left = attended[-1][1] if attended else None
    early = max(0, ends - left) if left is not None and ends is not None else None
    return PersonKept(staff_no, starts, ends, attended, late, early)
