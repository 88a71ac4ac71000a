"""Who near by could come: after the way, judged by the week at home, and nobody whom a rule there keeps."""

from dataclasses import replace
from datetime import datetime, timedelta

from bankhall.analytics.lending.coming import Comer, Near, all_who_can_come
from bankhall.analytics.lending.guests import guest_of, with_guests
from bankhall.analytics.lending.problem import BranchWeek
from bankhall.analytics.rostering.disruption import CALL_IN_MINUTES, Disruption
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment, Requirement, Rule
from tests.factories.bank import MONDAY, WEEK, law
from tests.factories.loans import lending_bank
from tests.factories.requests import TWO_ON_MONDAY
from tests.factories.rosters import work

EARLY = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 7, 30)
ILL = Disruption(EARLY, (Absence("T101", EARLY, EARLY.replace(hour=23), "missing", "granted"),), {})
BANK = lending_bank()
NEED = tuple(Requirement("B01", MONDAY, slot, "teller", 2) for slot in range(540, 1020, 30))
AT_HOME = tuple(
    work("T203", MONDAY + timedelta(days=n), 540, 1020, kind="post", code="teller", branch_code="B02")
    for n in range(1, 6)
)


def coming(*rules: Rule, rows: tuple[Assignment, ...] = AT_HOME, way: int = 15, hour: int = 7) -> list[Comer]:
    """Who of B02 could come to B01, with what they work at home in the week."""
    bank = replace(BANK, rules=rules)
    home = replace(bank.for_branch("B02"), staff=tuple(p for p in bank.staff if p.staff_no == "T203"))
    near = Near("T203", BranchWeek(RosterProblem("B02", WEEK, home), rows), way)
    problem = RosterProblem("B01", WEEK, bank.for_branch("B01"), NEED)
    left = tuple(row for row in TWO_ON_MONDAY if row.staff_no != "T101")
    ill = replace(ILL, now=EARLY.replace(hour=hour))
    return [one for one in all_who_can_come(problem, TWO_ON_MONDAY, left, ill, [near]) if one.home]


def test_the_hours_and_the_overtime_are_those_of_the_week_at_home() -> None:
    (one,) = coming(law("hours_week", 2400), law("overtime_day", 480))
    assert (one.home, one.travel_minutes, one.candidate.how) == ("B02", 15, "off")
    assert one.candidate.week_minutes == 5 * 480 + one.candidate.end - one.candidate.start
    assert one.candidate.overtime_minutes == one.candidate.end - one.candidate.start


def test_nobody_is_there_before_they_could_have_come() -> None:
    for way in (15, 55):
        (one,) = coming(way=way, hour=11)
        assert one.candidate.start >= 11 * 60 + 30 + CALL_IN_MINUTES + way


def test_who_works_at_home_today_is_left_where_they_are() -> None:
    today = work("T203", MONDAY, 900, 960, kind="post", code="teller", branch_code="B02")
    assert coming(rows=(today,)) == []


def test_who_comes_on_another_day_of_the_week_could_come_today_too() -> None:
    tuesday = work("T203", MONDAY + timedelta(days=1), 540, 1020, code="W2")
    away = replace(tuesday, branch_code="B02", at_branch_code="B01")
    guest = guest_of(BANK, "T203", [(tuesday.business_date, 540, 1020)])
    known = with_guests(BANK.for_branch("B01"), [guest], WEEK)
    home = replace(BANK.for_branch("B02"), staff=tuple(p for p in BANK.staff if p.staff_no == "T203"))
    near = Near("T203", BranchWeek(RosterProblem("B02", WEEK, home), (away,)), 15)
    problem = RosterProblem("B01", WEEK, known, NEED)
    standing = (*TWO_ON_MONDAY, tuesday)
    left = tuple(row for row in standing if row.staff_no != "T101")
    (one,) = [c for c in all_who_can_come(problem, standing, left, ILL, [near]) if c.home]
    assert (one.candidate.staff_no, one.home) == ("T203", "B02")
    assert one.candidate.week_minutes == 480 + one.candidate.end - one.candidate.start


def test_whom_a_rule_of_law_at_home_keeps_is_left_out() -> None:
    assert coming(law("rest_days_in_seven", 2)) == []
    assert coming(law("rest_days_in_seven", 1))
