"""Mandatory leave and rotation over a year: as many as can be, never together where they may not be."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.year_plan import YearPlan, collisions, plan_year
from bankhall.analytics.rostering.year_problem import (
    Due,
    Kind,
    Placed,
    YearProblem,
    apart_of,
    dues_of,
    limits_of,
    peaks_of,
    weeks_away,
)
from bankhall.kernel.bank.branch import Service
from bankhall.kernel.bank.people import Absence, Certificate, Person, PostSpan
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay
from tests.analytics.rostering.problems import BRANCH, MONDAY, WEEK, bare, law, windows

WEEKS = tuple(WEEK.plus(n) for n in range(6))


def due(name: str, weeks: int, kind: Kind = "mandatory_leave") -> Due:
    """Due on the Monday so many weeks ahead."""
    when = WEEK.plus(weeks).first_day()
    return Due(name, kind, when - timedelta(days=400), when)


def weeks_by_name(plan: YearPlan) -> dict[str, int]:
    return {one.staff_no: WEEKS.index(one.week) for one in plan.placed}


def test_who_is_due_late_goes_a_month_before_and_who_is_overdue_at_once() -> None:
    plan = plan_year(YearProblem(WEEKS, (due("A", 5), due("B", -3))))
    assert weeks_by_name(plan) == {"A": 1, "B": 0}


def test_three_who_stand_in_for_each_other_take_three_weeks_and_a_fourth_finds_none() -> None:
    names = ("A", "B", "C", "D")
    apart = frozenset(combinations(names, 2))
    plan = plan_year(YearProblem(WEEKS[:3], tuple(due(name, 2) for name in names[:3]), apart))
    assert sorted(weeks_by_name(plan).values()) == [0, 1, 2]
    full = plan_year(YearProblem(WEEKS[:3], tuple(due(name, 2) for name in names), apart))
    assert len(full.placed) == 3
    (left,) = full.unplaced
    assert left.weeks == {"other_away": 3}
    assert set(left.because_of) == set(names) - {left.due.staff_no}


def test_one_person_does_not_go_on_leave_in_the_week_of_their_rotation() -> None:
    plan = plan_year(YearProblem(WEEKS[:2], (due("A", 1), due("A", 1, "rotation"))))
    assert sorted(one.week for one in plan.placed) == list(WEEKS[:2])


def test_barred_weeks_own_leave_and_the_leave_of_a_stand_in_are_passed_over() -> None:
    problem = YearProblem(
        WEEKS, (due("A", 4),), frozenset({("A", "B")}), barred={WEEKS[0]: "peak", WEEKS[1]: "short"},
        away={"A": frozenset({WEEKS[2]}), "B": frozenset({WEEKS[3]})},
    )  # fmt: skip
    assert weeks_by_name(plan_year(problem)) == {"A": 4}


def test_who_finds_no_week_is_told_what_takes_each() -> None:
    problem = YearProblem(
        WEEKS[:3], (due("A", 2),), frozenset({("A", "B")}), barred={WEEKS[0]: "peak"},
        away={"A": frozenset({WEEKS[1]})}, fixed=(Placed("B", "rotation", WEEKS[2]),),
    )  # fmt: skip
    (left,) = plan_year(problem).unplaced
    assert left.weeks == {"away_anyway": 1, "other_away": 1, "peak": 1}
    assert left.because_of == ("B",)


def test_what_is_fixed_stands_and_is_not_planned_again() -> None:
    fixed = Placed("A", "mandatory_leave", WEEKS[3])
    assert plan_year(YearProblem(WEEKS, (due("A", 5),), fixed=(fixed,))) == YearPlan((), ())


def test_of_a_wide_post_only_so_many_are_away_at_once() -> None:
    names = tuple("ABCDEF")
    problem = YearProblem(WEEKS[:3], tuple(due(name, 2) for name in names), limits=((frozenset(names), 2),))
    assert Counter(one.week for one in plan_year(problem).placed) == dict.fromkeys(WEEKS[:3], 2)


NAMES = st.sampled_from("ABCDEFG")
WHEN = st.sampled_from(WEEKS)
PAIRS = st.sets(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] < pair[1]), max_size=15)
DUES = st.dictionaries(
    st.tuples(NAMES, st.sampled_from(("mandatory_leave", "rotation"))), st.integers(-2, 8), max_size=10
)
FIXED = st.dictionaries(st.tuples(NAMES, st.just("rotation")), WHEN, max_size=2)


@settings(max_examples=60, deadline=None)
@given(DUES, PAIRS, st.dictionaries(WHEN, st.sampled_from(("peak", "short")), max_size=3),
       st.dictionaries(NAMES, st.frozensets(WHEN, max_size=2), max_size=3), FIXED)  # fmt: skip
def test_no_answer_collides_and_nobody_is_left_out_who_still_could(dues, pairs, barred, away, fixed) -> None:  # type: ignore[no-untyped-def]
    asked = tuple(due(name, weeks, kind) for (name, kind), weeks in sorted(dues.items()))
    stands = tuple(Placed(name, kind, week) for (name, kind), week in sorted(fixed.items()))
    group = (frozenset("ABCD"), 2)
    problem = YearProblem(WEEKS, asked, frozenset(pairs), (group,), barred, away, stands)
    plan = plan_year(problem)
    before, everything = collisions(problem, stands), collisions(problem, (*stands, *plan.placed))
    assert everything == before
    limit = {(one.staff_no, one.kind): one for one in asked}
    for one in plan.placed:
        assert one.week not in barred
        assert one.week not in away.get(one.staff_no, ())
        others = {x.staff_no for x in (*stands, *plan.placed) if x.week == one.week and x != one}
        out = others | {name for name, weeks in away.items() if one.week in weeks}
        assert not any(tuple(sorted((one.staff_no, other))) in pairs for other in out)
        if one.staff_no in group[0]:
            assert len(group[0] & (out | {one.staff_no})) <= 2
        wanted = limit[one.staff_no, one.kind]
        assert one.week.first_day() <= wanted.due or wanted.due < WEEKS[0].first_day()
    told = {(one.due.staff_no, one.due.kind) for one in plan.unplaced}
    planned = {(one.staff_no, one.kind) for one in (*plan.placed, *stands)}
    assert told | planned >= set(limit)
    assert not told & planned
    for left in plan.unplaced:  # every week up to the due date is taken by something
        window = [week for week in WEEKS if week.first_day() <= left.due.due] or WEEKS
        assert sum(left.weeks.values()) == len(window)


TELLERS = tuple(Person(f"T{n}", f"T{n}", BRANCH, posts=("teller",)) for n in range(6))
CHIEF = Person("X1", "X1", BRANCH, posts=("authoriser",))
HELPER = Person("X2", "X2", BRANCH, posts=("lobby_manager", "authoriser"))


def situation(staff: tuple[Person, ...], **more: object) -> Situation:
    rules = [law("mandatory_leave_due", 400, "agreement"), law("rotation_due", 1095, "agreement")]
    return Situation(bare(staff, rules=rules, certificates=(), services=(), **more))


def test_who_stands_in_for_a_key_post_is_apart_and_a_wide_post_has_a_limit() -> None:
    here = situation((*TELLERS, CHIEF, HELPER))
    assert apart_of(here, MONDAY) == {("X1", "X2")}
    assert limits_of(here, MONDAY) == ((frozenset(f"T{n}" for n in range(6)), 1),)


def test_the_last_two_holders_of_a_certificate_are_apart() -> None:
    service = Service("cash", family="cash", certificates=("gold",))
    held = tuple(Certificate(name, "gold") for name in ("T0", "T3"))
    bank = bare(TELLERS, windows=windows(1, 0), services=(service,), certificates=held)
    assert apart_of(Situation(bank), MONDAY) == {("T0", "T3")}


def test_the_due_date_counts_from_the_last_leave_and_leave_ahead_counts_as_taken() -> None:
    def leave(name: str, last: date) -> Absence:
        ends = datetime.combine(last + timedelta(days=1), datetime.min.time())
        return Absence(name, ends - timedelta(days=5), ends, "mandatory_leave", "granted")

    ahead = leave("T1", MONDAY + timedelta(days=60))
    here = situation(TELLERS[:3], absences=(leave("T0", MONDAY - timedelta(days=300)), ahead))
    (found,) = dues_of(here, MONDAY, MONDAY + timedelta(days=364))
    assert (found.staff_no, found.due) == ("T0", MONDAY + timedelta(days=100))


def test_rotation_is_due_by_the_post_held_longest() -> None:
    since = MONDAY - timedelta(days=1000)
    here = situation(TELLERS[:1], post_history=(PostSpan("T0", "teller", BRANCH, Validity(since)),))
    (found,) = dues_of(here, MONDAY, MONDAY + timedelta(days=364))
    assert (found.kind, found.post_code, found.due) == ("rotation", "teller", since + timedelta(days=1095))
    assert dues_of(here, MONDAY, MONDAY + timedelta(days=94)) == ()


def test_a_holiday_bars_its_week_and_a_long_one_the_rush_before_it() -> None:
    def holiday(start: date, days: int) -> tuple[CalendarDay, ...]:
        return tuple(CalendarDay(start + timedelta(days=n), "holiday", Bilingual("节", "feast")) for n in range(days))

    weeks = tuple(WEEK.plus(n) for n in range(8))
    long, short = holiday(weeks[5].first_day(), 7), holiday(weeks[1].first_day() + timedelta(days=2), 1)
    here = situation(TELLERS, calendar=(*long, *short))
    assert [weeks.index(week) for week in sorted(peaks_of(here, weeks))] == [1, 3, 4, 5, 6]


def test_a_granted_day_makes_the_week_one_of_being_away() -> None:
    starts = datetime.combine(WEEKS[2].first_day() + timedelta(days=3), datetime.min.time())
    one_day = Absence("T0", starts, starts + timedelta(days=1), "leave", "granted")
    asked = Absence("T1", starts, starts + timedelta(days=1), "leave", "asked")
    assert weeks_away(situation(TELLERS, absences=(one_day, asked)), WEEKS) == {"T0": frozenset({WEEKS[2]})}
