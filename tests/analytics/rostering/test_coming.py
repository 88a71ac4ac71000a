"""Who could come in today: everybody free is tried against the rules, and nobody's day grows without their yes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bankhall.analytics.rostering.coming import Candidate, who_can_come
from bankhall.analytics.rostering.day_changes import day_changes, not_agreed, too_late
from bankhall.analytics.rostering.disruption import Disruption
from bankhall.analytics.rostering.problem import RosterAnswer, RosterProblem
from bankhall.analytics.rostering.replan import replan
from bankhall.analytics.rostering.solve import solve
from bankhall.analytics.rostering.standing import of_days
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment, Requirement, Rule
from bankhall.kernel.week import Week
from tests.analytics.rostering.problems import realistic
from tests.factories.bank import MONDAY, WEEK, law, small_bank
from tests.factories.requests import TWO_ON_MONDAY, hall
from tests.factories.rosters import work

EARLY = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 7, 30)
GONE = Absence("T101", EARLY, EARLY.replace(hour=23), "missing", "granted")
ILL = Disruption(EARLY, (GONE,), {})
Rows = tuple[Assignment, ...]


def small(*, rules: tuple[Rule, ...] = (), absences: tuple[Absence, ...] = ()) -> RosterProblem:
    """Two tellers wanted all Monday."""
    need = tuple(Requirement("B01", MONDAY, slot, "teller", 2) for slot in range(540, 1020, 30))
    return RosterProblem("B01", WEEK, replace(small_bank(), rules=rules, absences=absences), need)


def coming(problem: RosterProblem, rows: Rows, disruption: Disruption = ILL) -> tuple[Candidate, ...]:
    """Of the week with nothing mended yet."""
    left = tuple(row for row in rows if row.staff_no != "T101")
    return who_can_come(problem, rows, left, disruption)


def test_who_is_off_could_take_the_hours_of_the_missing() -> None:
    (one,) = coming(small(), TWO_ON_MONDAY)
    assert (one.staff_no, one.start, one.end, one.how, one.against) == ("T103", 540, 1020, "off", None)
    assert (one.restores, one.week_minutes) == (16, 480)


def test_nobody_is_asked_for_a_time_sooner_than_they_could_begin() -> None:
    (one,) = coming(small(), TWO_ON_MONDAY, replace(ILL, now=EARLY.replace(hour=12, minute=0)))
    assert (one.start, one.end) == (780, 1020)


def test_who_begins_later_is_asked_for_the_time_before() -> None:
    rows = (*TWO_ON_MONDAY, work("T103", start=720, kind="post", code="teller"))
    (one,) = coming(small(), rows)
    assert (one.start, one.end, one.how) == (540, 720, "earlier")


def test_who_ends_sooner_is_asked_to_stay() -> None:
    rows = (*TWO_ON_MONDAY, work("T103", start=540, end=780, kind="post", code="teller"))
    (one,) = coming(small(), rows)
    assert (one.start, one.end, one.how) == (780, 1020, "longer")


def test_nobody_is_asked_who_would_restore_nothing() -> None:
    assert not coming(replace(small(), requirement=()), TWO_ON_MONDAY)


def test_the_rule_that_says_no_is_named() -> None:
    other_days = tuple(hall("T103", MONDAY + timedelta(days=n)) for n in range(1, 5))
    (one,) = coming(small(rules=(law("rest_days_in_seven", 3),)), (*TWO_ON_MONDAY, *other_days))
    assert one.against is not None
    assert (one.against.rule_code, one.against.staff_no) == ("rest_days_in_seven", "T103")


def test_what_the_missing_break_by_being_away_is_nobodys_fault_who_comes() -> None:
    (one,) = coming(small(rules=(law("two_person_presence", 3),)), TWO_ON_MONDAY)
    assert one.against is None


def test_who_comes_keeps_what_the_rules_require() -> None:
    (one,) = coming(replace(small(rules=(law("two_person_presence", 2),)), requirement=()), TWO_ON_MONDAY)
    assert (one.restores, one.mends > 0) == (0, True)


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


def test_whoever_has_begun_is_asked_to_stay_and_then_stays(problem: RosterProblem, published: RosterAnswer) -> None:
    now = datetime(2026, 3, 3, 11, 0)
    by_day = of_days(published.assignments)
    latest = max((span(mine)[1], key) for key, mine in by_day.items() if key[1] == now.date())
    gone = (Absence(latest[1][0], now, now.replace(hour=23), "missing", "granted"),)
    ill = Disruption(now, gone, {})
    mended = replan(problem, published.assignments, ill, seed=1, moves=20_000)
    found = who_can_come(problem, published.assignments, mended.assignments, ill)
    one = next(one for one in found if one.how == "longer" and one.against is None)
    stood = by_day[(one.staff_no, now.date())]
    assert (one.start, span(stood)[0] <= 660 < one.start) == (span(stood)[1], True)
    agreed = replace(ill, agreed={one.staff_no: (one.start, one.end)})
    after = replan(problem, published.assignments, agreed, seed=1, moves=20_000)
    changes = day_changes(published.assignments, after.assignments)
    assert sum(row.people_short for row in after.unmet) < sum(row.people_short for row in mended.unmet)
    assert one.staff_no in {change.staff_no for change in changes}
    assert not too_late(changes, frozenset({gone[0].staff_no}), now.date(), 660)
    assert not not_agreed(changes, agreed.agreed or {}, now.date())
