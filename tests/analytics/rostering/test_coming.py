"""Who could come in today: everybody free is tried against the rules, and nobody's day grows without their yes."""

from dataclasses import replace
from datetime import datetime

import pytest

from bankhall.analytics.rostering.coming import who_can_come
from bankhall.analytics.rostering.problem import RosterAnswer, RosterProblem
from bankhall.analytics.rostering.replan import Disruption, replan
from bankhall.analytics.rostering.solve import solve
from bankhall.analytics.rostering.standing import of_days
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment, Rule
from bankhall.kernel.week import Week
from tests.analytics.rostering.problems import realistic
from tests.factories.bank import MONDAY, WEEK, law, small_bank
from tests.factories.requests import TWO_ON_MONDAY
from tests.factories.rosters import work

EARLY = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 7, 30)
GONE = Absence("T101", EARLY, EARLY.replace(hour=23), "missing", "granted")
ILL = Disruption(EARLY, (GONE,))


def small(*, rules: tuple[Rule, ...] = (), absences: tuple[Absence, ...] = ()) -> RosterProblem:
    return RosterProblem("B01", WEEK, replace(small_bank(), rules=rules, absences=absences))


def test_who_is_off_could_take_the_hours_of_the_missing() -> None:
    (one,) = who_can_come(small(), TWO_ON_MONDAY, ILL)
    assert (one.staff_no, one.instead_of, one.start, one.end, one.off, one.against) == (
        "T103", "T101", 540, 1020, True, None,
    )  # fmt: skip
    assert one.week_minutes == 480


def test_nobody_is_asked_for_a_time_sooner_than_they_could_begin() -> None:
    (one,) = who_can_come(small(), TWO_ON_MONDAY, replace(ILL, now=EARLY.replace(hour=12, minute=0)))
    assert (one.start, one.end) == (750, 1020)


def test_who_begins_later_is_asked_for_the_time_before() -> None:
    rows = (*TWO_ON_MONDAY, work("T103", start=720, kind="post", code="teller"))
    (one,) = who_can_come(small(), rows, ILL)
    assert (one.start, one.end, one.off) == (540, 720, False)


def test_the_rule_that_says_no_is_named() -> None:
    (one,) = who_can_come(small(rules=(law("hours_day", 300), law("overtime_day", 0))), TWO_ON_MONDAY, ILL)
    assert one.against is not None
    assert (one.against.rule_code, one.against.staff_no) == ("overtime_day", "T103")


def test_what_the_missing_break_by_being_away_is_nobodys_fault_who_comes() -> None:
    (one,) = who_can_come(small(rules=(law("two_person_presence", 3),)), TWO_ON_MONDAY, ILL)
    assert one.against is None


def test_overtime_is_what_these_hours_add() -> None:
    (one,) = who_can_come(small(rules=(law("hours_day", 300), law("overtime_day", 300))), TWO_ON_MONDAY, ILL)
    assert (one.overtime_minutes, one.against) == (180, None)


@pytest.mark.parametrize("away", [True, False])
def test_who_is_away_is_not_among_them(away: bool) -> None:
    absences = (Absence("T103", EARLY, EARLY.replace(hour=23), "leave", "granted" if away else "asked"),)
    assert len(who_can_come(small(absences=absences), TWO_ON_MONDAY, ILL)) == (0 if away else 1)


@pytest.fixture(scope="module")
def problem() -> RosterProblem:
    return realistic(14, seed=3)


@pytest.fixture(scope="module")
def published(problem: RosterProblem) -> RosterAnswer:
    return solve(problem, seed=1, moves=100_000)


def span(rows: tuple[Assignment, ...]) -> tuple[int, int]:
    return min(row.start for row in rows), max(row.end for row in rows)


def test_nobodys_day_grows_without_their_yes(problem: RosterProblem, published: RosterAnswer) -> None:
    now = datetime(2026, 3, 3, 7, 30)
    assert Week.of(now.date()) == problem.week
    who = sorted({row.staff_no for row in published.assignments if row.business_date == now.date()})[0]
    ill = (Absence(who, now, now.replace(hour=23), "missing", "granted"),)
    free = replan(problem, published.assignments, Disruption(now, ill), seed=1, moves=20_000)
    asked = replan(problem, published.assignments, Disruption(now, ill, {}), seed=1, moves=20_000)
    before = of_days(published.assignments)

    def grown(rows: tuple[Assignment, ...]) -> set[str]:
        after = {key: span(mine) for key, mine in of_days(rows).items() if key[1] == now.date()}
        stood = {key: span(before[key]) for key in after if key in before}
        kept = {key for key, (start, end) in stood.items() if start <= after[key][0] and after[key][1] <= end}
        return {name for name, _ in set(after) - kept}

    assert grown(free.assignments)
    assert not grown(asked.assignments)
    willing = sorted(grown(free.assignments))[0]
    agreed = {willing: span(of_days(free.assignments)[(willing, now.date())])}
    with_one = replan(problem, published.assignments, Disruption(now, ill, agreed), seed=1, moves=20_000)
    assert grown(with_one.assignments) <= {willing}
