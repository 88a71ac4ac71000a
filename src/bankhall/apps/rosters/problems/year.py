"""A branch's year as a question: from the records, the season, the standing rosters and what was fixed."""

from collections.abc import Iterable
from datetime import date

from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.year_problem import (
    Placed,
    YearProblem,
    apart_of,
    dues_of,
    limits_of,
    peaks_of,
    weeks_away,
)
from bankhall.apps.rosters.models import Roster, YearWeek
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.queries.season import short_weeks
from bankhall.apps.rosters.states import STANDING, RosterState
from bankhall.kernel.week import Week

WEEKS = 52
AHEAD = 2
"""The first week that can be given: nearer ones are being planned."""


def year_weeks(today: date) -> tuple[Week, ...]:
    """The weeks that a year's plan looks at."""
    return tuple(Week.of(today).plus(AHEAD + n) for n in range(WEEKS))


def year_problem(branch_code: str, today: date, standing: Iterable[YearWeek]) -> YearProblem:
    """What is asked; `standing` are the weeks that stay where they are."""
    weeks = year_weeks(today)
    situation = Situation(RosterProblem(branch_code, Week.of(today), bank_of(branch_code)))
    fixed = tuple(Placed(row.staff_no, row.kind, Week.parse(row.week)) for row in standing)  # type: ignore[arg-type]
    barred = dict.fromkeys(peaks_of(situation, weeks), "peak") | dict.fromkeys(short_weeks(branch_code), "short")
    return YearProblem(
        weeks, dues_of(situation, today, weeks[-1].days()[-1]), apart_of(situation, today), limits_of(situation, today),
        barred | dict.fromkeys(_planned(branch_code), "planned"), weeks_away(situation, weeks), fixed,
    )  # fmt: skip


def _planned(branch_code: str) -> list[Week]:
    """Weeks that have a roster already: who is on it is not taken out of it from here."""
    rows = Roster.objects.filter(branch_code=branch_code, state__in=[RosterState.PUBLISHED, *STANDING])
    return [Week.parse(week) for week in rows.values_list("week", flat=True).distinct()]
