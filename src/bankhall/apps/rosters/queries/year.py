"""The page of a branch's year: who is due, which week they have, who found none, and which weeks are out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bankhall.apps.access.queries import check_may, may
from bankhall.apps.identity.queries import account_names, as_signed
from bankhall.apps.network import queries as network
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import YearLook, YearWeek
from bankhall.apps.rosters.states import STANDING_WEEKS, YearWeekState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class YearLine:
    """One person's week. `may_decide`: by this reader, who is not the person."""

    number: int
    staff_no: str
    kind: str
    post_code: str
    week: Week
    since: date
    due: date
    state: YearWeekState
    fixed_name: Bilingual | None
    seen_name: Bilingual | None
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Who found no week: how many weeks each reason takes, and who are in the way."""

    staff_no: str
    kind: str
    post_code: str
    since: date
    due: date
    weeks: Mapping[str, int]
    because_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """`as_of` None: never planned. `barred` says why a week is out; `unknown_years` have no calendar yet."""

    branch_code: str
    name: Bilingual
    as_of: date | None
    at: datetime | None
    by_name: Bilingual | None
    weeks: tuple[Week, ...]
    lines: tuple[YearLine, ...]
    left: tuple[Left, ...]
    barred: Mapping[Week, str]
    unknown_years: tuple[int, ...]
    may_plan: bool
    may_note: bool
    staff: Mapping[str, Bilingual]
    posts: Mapping[str, Bilingual]


def year_page(scope: Scope, branch_code: str, *, on: date) -> YearPage:
    """The year from today's week on; a fixed number of queries."""
    check_may(scope, "see_year", branch_code)
    node = network.branch(scope, branch_code)
    look = YearLook.objects.filter(branch_code=branch_code).first()
    rows = YearWeek.objects.filter(branch_code=branch_code, state__in=STANDING_WEEKS, week__gte=str(Week.of(on)))
    decides, me = may(scope, "plan_year", branch_code), scope.actor
    called = account_names(
        {name for row in rows for name in (row.fixed_by, row.seen_by)} | ({look.by_code} if look else set())
    )
    lines = tuple(_line(row, called, decides and not (me.staff_no and me.staff_no == row.staff_no)) for row in rows)
    left = tuple(_left(told) for told in (look.unplaced if look else ()))
    first = Week.of(on)
    weeks = tuple(first.plus(n) for n in range(54))
    years = sorted({week.first_day().year for week in weeks})
    unseen = any(line.state == YearWeekState.FIXED and not line.seen_name for line in lines)
    codes = {*(one.staff_no for one in lines), *(name for one in left for name in (one.staff_no, *one.because_of))}
    return YearPage(
        branch_code, node.name, look.as_of if look else None, look.at if look else None,
        _signed(look.by_code, look.by_name, called) if look else None,
        weeks, tuple(sorted(lines, key=lambda line: (line.week, line.staff_no))), left,
        {Week.parse(week): why for week, why in (look.barred if look else {}).items()},
        tuple(year for year in years if not network.calendar_year(scope, year).known), decides,
        unseen and may(scope, "note_year", branch_code), people.names(scope, codes),
        {post.post_code: post.name for post in people.posts(scope)},
    )  # fmt: skip


def _signed(code: str, name: str, called: Mapping[str, Bilingual]) -> Bilingual | None:
    """Who signed; None where nobody has."""
    return as_signed(code, name, called) if code or name else None


def _line(row: YearWeek, called: Mapping[str, Bilingual], decides: bool) -> YearLine:
    return YearLine(
        row.pk, row.staff_no, row.kind, row.post_code, Week.parse(row.week), row.since, row.due,
        YearWeekState(row.state), _signed(row.fixed_by, row.fixed_name, called),
        _signed(row.seen_by, row.seen_name, called), decides,
    )  # fmt: skip


def _left(told: Mapping[str, Any]) -> Left:
    return Left(
        told["staff_no"], told["kind"], told["post_code"], date.fromisoformat(told["since"]),
        date.fromisoformat(told["due"]), told["weeks"], tuple(told["because_of"]),
    )  # fmt: skip
