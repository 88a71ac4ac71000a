"""Two rosters side by side, and a date solved again around what stands."""

from dataclasses import replace

from bankhall.analytics.rostering.around import solve_around
from bankhall.analytics.rostering.compare import compare
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.standing import same_work, without_windows
from bankhall.kernel.bank.roster import Assignment, Requirement
from tests.analytics.planning.small_bank import BANK, WEEK

MONDAY, TUESDAY = WEEK.days()[:2]
NEED = tuple(Requirement("B", TUESDAY, start, "teller", 2, 2) for start in range(540, 1020, 30))
PROBLEM = RosterProblem("B", WEEK, BANK, NEED)


def at(staff_no: str, window: str, start: int = 540, end: int = 1020) -> Assignment:
    return Assignment("B", staff_no, TUESDAY, start, end, "window", window, "teller")


TWO = (at("T0", "1"), at("T1", "2"))


def test_a_roster_is_the_same_as_itself_locked_or_not() -> None:
    found = compare(PROBLEM, TWO, [replace(row, locked=True) for row in TWO])
    assert found.same
    assert (found.cover, found.gained, found.lost, found.costs) == ((), (), (), ())


def test_a_moved_stretch_is_marked_and_the_cover_counted_half_hour_by_half_hour() -> None:
    found = compare(PROBLEM, TWO, (TWO[0], at("T1", "2", 600, 1020)))
    (day,) = found.person_days
    assert (day.staff_no, day.business_date) == ("T1", TUESDAY)
    assert day.moved == (TWO[1], at("T1", "2", 600, 1020))
    assert [(c.slot_start, c.required, c.before, c.after) for c in found.cover] == [(540, 2, 2, 1), (570, 2, 2, 1)]
    assert found.after.unmet_half_hours == found.before.unmet_half_hours + 2
    assert found.after.work_minutes == found.before.work_minutes - 60


def test_breaches_are_gained_and_lost() -> None:
    there = compare(PROBLEM, TWO, TWO[:1])
    back = compare(PROBLEM, TWO[:1], TWO)
    assert "two_person_presence" in {breach.rule_code for breach in there.gained}
    assert {b.rule_code for b in there.gained} == {b.rule_code for b in back.lost}
    assert {cost.item for cost in there.costs} == {"hour", "missing_half_hour"}


def test_a_gap_is_filled_by_somebody_who_is_free_and_the_others_stay() -> None:
    found = solve_around(PROBLEM, TWO[:1], {TUESDAY}, seed=1, moves=20_000)
    changed = {day.staff_no for day in compare(PROBLEM, TWO[:1], found).person_days}
    assert "T0" not in changed
    gained = [b for b in compare(PROBLEM, TWO[:1], found).gained if b.business_date == TUESDAY]
    assert not [breach.rule_code for breach in gained if breach.rule_class == "law_control"]


def test_what_needs_no_change_is_left_as_it_stands() -> None:
    full = solve_around(PROBLEM, TWO[:1], {TUESDAY}, seed=1, moves=20_000)
    assert solve_around(PROBLEM, full, {TUESDAY}, seed=2, moves=20_000) == full


def test_other_dates_stay_word_for_word() -> None:
    monday = replace(at("T0", "1"), business_date=MONDAY)
    found = solve_around(PROBLEM, (monday,), {TUESDAY}, seed=1, moves=5_000)
    assert [row for row in found if row.business_date == MONDAY] == [monday]


def test_windows_do_not_tell_work_apart() -> None:
    situation = Situation(PROBLEM)
    one, other = ((at("T0", "1", 540, 600), at("T0", window, 600, 1020)) for window in ("1", "2"))
    assert same_work(without_windows(situation, one), without_windows(situation, other))
    assert len(without_windows(situation, other)) == 1
