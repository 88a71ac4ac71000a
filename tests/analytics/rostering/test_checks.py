"""Each rule's line in the table of meanings: a roster that breaks it, and the nearest one that does not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from bankhall.analytics.rostering.checks import check_person_day, find_breaches
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.branch import Service, Window
from bankhall.kernel.bank.people import Absence, Certificate, Person, PostSpan, Protection
from bankhall.kernel.bank.roster import Assignment, Duty, Wish
from bankhall.kernel.bank.validity import Validity
from tests.analytics.rostering.problems import BRANCH, MONDAY, POSTS, at, bare, law, opening, windows

Rows = list[Assignment]
ANN = Person("S1", "Ann", BRANCH, posts=("teller", "lobby_manager"))
BEN = Person("S2", "Ben", BRANCH, posts=("teller", "authoriser"))
CAT = Person("S3", "Cat", BRANCH, posts=("teller",))
PAIR = Duty("opening", relative_to="opening", earliest=-30, latest=-30, people=1, away_from_window=False)
CLOSE = Duty("closing", relative_to="closing", earliest=0, latest=0, people=1, away_from_window=False)
VAULT = Duty("vault", relative_to="clock", earliest=600, latest=660, people=2, posts=("teller",))


@dataclass(frozen=True)
class Case:
    """A problem with rows that break one rule and rows that do not."""

    rule: str
    problem: Callable[[], RosterProblem]
    broken: Rows
    kept: Rows


def one(*rules: tuple[str, float], **changes: object) -> Callable[[], RosterProblem]:
    """A bare problem with Ann, Ben and Cat."""
    staff = changes.pop("staff", (ANN, BEN, CAT))
    return lambda: bare(staff, rules=[law(code, value) for code, value in rules], **changes)  # type: ignore[arg-type]


def long_day(staff_no: str, day: int, minutes: int, start: int = 540) -> Assignment:
    """Work of so many minutes."""
    return at(staff_no, day, start, start + minutes)


def week_of(staff_no: str, days: int, minutes: int) -> Rows:
    """So many days of so many minutes from Monday on."""
    return [long_day(staff_no, day, minutes) for day in range(days)]


def protection(kind: str) -> tuple[Protection, ...]:
    """Ann in a protected state."""
    return (Protection("S1", kind),)  # type: ignore[arg-type]


def absent(state: str) -> tuple[Absence, ...]:
    """Ann away on Monday from ten to eleven."""
    start = datetime.combine(MONDAY, datetime.min.time()) + timedelta(hours=10)
    return (Absence("S1", start, start + timedelta(hours=1), "leave", state),)  # type: ignore[arg-type]


def past_weeks(minutes: int, weeks: int) -> tuple[Assignment, ...]:
    """Ann's five days in each of the weeks before."""
    return tuple(long_day("S1", day - 7 * back, minutes) for back in range(1, weeks + 1) for day in range(5))


SATURDAYS = tuple(at("S1", 5 - 7 * back, 540, 780) for back in range(1, 4))
LUNCHES = tuple(at("S1", day - 7, 600, 840) for day in range(3))
TWO = [at("S1", 0, 540, 1020), at("S2", 0, 540, 1020)]
CORPORATE = Service("corporate", segment="corporate")

CASES = (
    Case(
        "overtime_day",
        one(("hours_day", 480), ("overtime_day", 180)),
        [long_day("S1", 0, 661)],
        [long_day("S1", 0, 660)],
    ),
    Case(
        "overtime_day",
        one(("hours_week", 2400), ("overtime_day", 180)),
        [*week_of("S1", 4, 600), long_day("S1", 4, 181)],
        [*week_of("S1", 4, 600), long_day("S1", 4, 180)],
    ),
    Case(
        "overtime_month",
        one(("hours_day", 480), ("overtime_month", 100), staff=(replace(ANN, overtime_minutes_month=40),)),
        [long_day("S1", 0, 541)],
        [long_day("S1", 0, 540)],
    ),
    Case(
        "hours_week_average",
        one(("hours_week_average", 2640), ("average_weeks", 2), past=past_weeks(600, 1)),
        week_of("S1", 5, 457),
        week_of("S1", 5, 456),
    ),
    Case("rest_days_in_seven", one(("rest_days_in_seven", 1)), week_of("S1", 7, 60), week_of("S1", 6, 60)),
    Case(
        "consecutive_days",
        one(("consecutive_days", 4), past=(at("S1", -1, 540, 600), at("S1", -2, 540, 600))),
        week_of("S1", 3, 60),
        week_of("S1", 2, 60),
    ),
    Case(
        "rest_between_shifts",
        one(("rest_between_shifts", 660), past=(at("S1", -1, 600, 1320),)),
        [at("S1", 0, 539, 600)],
        [at("S1", 0, 540, 600)],
    ),
    Case(
        "break_after",
        one(("break_after", 240), ("break_minutes", 30)),
        [at("S1", 0, 540, 781)],
        [at("S1", 0, 540, 780), at("S1", 0, 780, 810, "break"), at("S1", 0, 810, 1020)],
    ),
    Case(
        "break_minutes",
        one(("break_after", 240), ("break_minutes", 30)),
        [at("S1", 0, 540, 700), at("S1", 0, 700, 729, "break"), at("S1", 0, 729, 840)],
        [at("S1", 0, 540, 700), at("S1", 0, 700, 730, "break"), at("S1", 0, 730, 840)],
    ),
    Case(
        "break_earliest",
        one(("break_earliest", 660)),
        [at("S1", 0, 659, 700, "break")],
        [at("S1", 0, 660, 700, "break")],
    ),
    Case(
        "break_latest", one(("break_latest", 840)), [at("S1", 0, 800, 841, "break")], [at("S1", 0, 800, 840, "break")]
    ),
    Case(
        "nursing_minutes",
        one(("hours_day", 480), ("nursing_minutes", 60), protections=protection("nursing")),
        [long_day("S1", 0, 421)],
        [long_day("S1", 0, 420)],
    ),
    Case(
        "no_overtime_protected",
        one(("hours_day", 480), ("no_overtime_protected", 1), protections=protection("late_pregnancy")),
        [long_day("S1", 0, 481)],
        [long_day("S1", 0, 480)],
    ),
    Case(
        "no_overtime_protected",
        one(("no_overtime_protected", 1), protections=protection("no_overtime")),
        [at("S1", 0, 1200, 1321)],
        [at("S1", 0, 1200, 1320)],
    ),
    Case(
        "no_overtime_protected",
        one(("hours_week", 600), ("no_overtime_protected", 1), protections=protection("no_overtime")),
        week_of("S1", 3, 201),
        week_of("S1", 3, 200),
    ),
    Case(
        "certificate_valid",
        one(certificates=(Certificate("S1", "anti_counterfeit", Validity(None, MONDAY)),)),
        [at("S1", 1, 540, 600, "window", "C1")],
        [at("S1", 0, 540, 600, "window", "C1")],
    ),
    Case(
        "certificate_valid",
        one(duties=(replace(VAULT, certificates=("vault",), people=0),), certificates=(Certificate("S2", "vault"),)),
        [at("S1", 0, 600, 630, "duty", "vault")],
        [at("S2", 0, 600, 630, "duty", "vault")],
    ),
    Case("two_person_presence", one(("two_person_presence", 2)), [TWO[0], at("S2", 0, 541, 1020)], TWO),
    Case(
        "opening_pair",
        one(("opening_pair", 2), duties=(PAIR,)),
        [at("S1", 0, 510, 540, "duty", "opening"), at("S2", 0, 511, 540)],
        [at("S1", 0, 510, 540, "duty", "opening"), at("S2", 0, 510, 540)],
    ),
    Case(
        "closing_pair",
        one(("closing_pair", 2), duties=(CLOSE,)),
        [at("S1", 0, 1020, 1050, "duty", "closing"), at("S2", 0, 1020, 1049)],
        [at("S1", 0, 1020, 1050, "duty", "closing"), at("S2", 0, 1020, 1050)],
    ),
    Case(
        "duty_people",
        one(duties=(replace(VAULT, weekdays=(1,)),)),
        [at("S1", 0, 600, 630, "duty", "vault"), at("S2", 0, 610, 640, "duty", "vault")],
        [at("S1", 0, 610, 640, "duty", "vault"), at("S2", 0, 610, 640, "duty", "vault")],
    ),
    Case(
        "duty_people",
        one(duties=(replace(VAULT, weekdays=(1,), people=1),)),
        [at("S2", 0, 600, 630, "duty", "vault", "authoriser")],
        [at("S2", 0, 600, 630, "duty", "vault", "teller")],
    ),
    Case(
        "incompatible_duties",
        one(
            ("incompatible_duties", 1),
            duties=(replace(PAIR, people=0), replace(CLOSE, people=0, different_from=("opening",))),
        ),
        [at("S1", 0, 510, 540, "duty", "opening"), at("S1", 0, 1020, 1050, "duty", "closing")],
        [at("S1", 0, 510, 540, "duty", "opening"), at("S2", 0, 1020, 1050, "duty", "closing")],
    ),
    Case(
        "incompatible_duties",
        one(("incompatible_duties", 1)),
        [at("S2", 0, 540, 600), at("S2", 0, 600, 660, "post", "authoriser", "authoriser")],
        [at("S2", 0, 540, 600), at("S1", 0, 600, 660, "post", "lobby_manager", "lobby_manager")],
    ),
    Case(
        "probation_not_alone",
        one(("probation_not_alone", 1), staff=(replace(ANN, probation_until=MONDAY), BEN)),
        [at("S1", 0, 540, 600), at("S2", 0, 541, 600)],
        [at("S1", 0, 540, 600), at("S2", 0, 540, 600), at("S1", 1, 540, 600)],
    ),
    Case(
        "system_rights",
        one(staff=(replace(ANN, branch_code="B09"), replace(BEN, branch_code="B09", system_rights=(BRANCH,)))),
        [at("S1", 0, 540, 600)],
        [at("S2", 0, 540, 600)],
    ),
    Case("absence", one(absences=absent("granted")), [at("S1", 0, 600, 601)], [at("S1", 0, 540, 600)]),
    Case(
        "mandatory_leave_due",
        one(("mandatory_leave_due", 10), staff=(replace(ANN, employed_from=MONDAY - timedelta(days=10)),)),
        [at("S1", 1, 540, 600)],
        [at("S1", 0, 540, 600)],
    ),
    Case(
        "rotation_due",
        one(
            ("rotation_due", 20),
            post_history=(
                PostSpan("S1", "teller", BRANCH, Validity(MONDAY - timedelta(days=20), MONDAY - timedelta(days=9))),
                PostSpan("S1", "teller", BRANCH, Validity(MONDAY - timedelta(days=8))),
            ),
        ),
        [at("S1", 1, 540, 600)],
        [at("S1", 0, 540, 600)],
    ),
    Case(
        "split_shift",
        one(("split_shift", 1), ("break_minutes", 30)),
        [at("S1", 0, 540, 600), at("S1", 0, 631, 700), at("S1", 0, 731, 800)],
        [at("S1", 0, 540, 600), at("S1", 0, 630, 700), at("S1", 0, 731, 800)],
    ),
    Case(
        "saturdays_quarter",
        one(("saturdays_quarter", 3), past=SATURDAYS),
        [at("S1", 5, 540, 600)],
        [at("S2", 5, 540, 600), *week_of("S1", 5, 60)],
    ),
    Case(
        "lunches_quarter",
        one(("lunches_quarter", 3), past=LUNCHES),
        [at("S1", 0, 600, 840)],
        [at("S1", 0, 600, 750), at("S1", 0, 750, 800, "break"), at("S1", 0, 800, 900)],
    ),
    Case(
        "wish", one(("wish", 1), wishes=(Wish("S1", MONDAY, "off"),)), [at("S1", 0, 540, 600)], [at("S1", 1, 540, 600)]
    ),
    Case(
        "wish",
        one(("wish", 1), wishes=(Wish("S1", MONDAY, "early"),)),
        [at("S1", 0, 900, 1021)],
        [at("S1", 0, 900, 1020)],
    ),
    Case(
        "wish", one(("wish", 1), wishes=(Wish("S1", MONDAY, "late"),)), [at("S1", 0, 539, 600)], [at("S1", 0, 540, 600)]
    ),
    Case(
        "hall_presence",
        one(("hall_presence", 1)),
        [at("S1", 0, 540, 1019, "post", "lobby_manager", "lobby_manager")],
        [at("S1", 0, 540, 1020, "post", "lobby_manager", "lobby_manager")],
    ),
    Case(
        "dual_control",
        one(("dual_control", 1), services=(Service("cash", dual_control=True),), windows=windows(1)[:1]),
        [at("S1", 0, 540, 600, "window", "C1"), at("S2", 0, 540, 599, "post", "authoriser", "authoriser")],
        [at("S1", 0, 540, 600, "window", "C1"), at("S2", 0, 540, 600, "post", "authoriser", "authoriser")],
    ),
    Case(
        "person_overlap",
        one(),
        [at("S1", 0, 540, 600), at("S1", 0, 599, 700)],
        [at("S1", 0, 540, 600), at("S1", 0, 600, 700)],
    ),
    Case(
        "window_shared",
        one(certificates=(Certificate("S1", "anti_counterfeit"), Certificate("S2", "anti_counterfeit"))),
        [at("S1", 0, 540, 600, "window", "C1"), at("S2", 0, 599, 700, "window", "C1")],
        [at("S1", 0, 540, 600, "window", "C1"), at("S2", 0, 600, 700, "window", "C1")],
    ),
    Case("unknown_record", one(), [at("S9", 0, 540, 600)], [at("S1", 0, 540, 600)]),
    Case("unknown_record", one(), [at("S1", 0, 540, 600, "window", "C99")], [at("S1", 0, 540, 600)]),
    Case(
        "not_employed",
        one(staff=(replace(ANN, employed_until=MONDAY),)),
        [at("S1", 1, 540, 600)],
        [at("S1", 0, 540, 600)],
    ),
    Case(
        "post_not_held",
        one(),
        [at("S3", 0, 540, 600, "post", "authoriser", "authoriser")],
        [at("S2", 0, 540, 600, "post", "authoriser", "authoriser")],
    ),
    Case(
        "window_shut",
        one(
            services=(CORPORATE,),
            windows=(Window(BRANCH, "C1", "cash", ("corporate",)),),
            opening_hours=(*opening((1,), (540, 1020)), *opening((1,), (540, 720), segment="corporate")),
        ),
        [at("S1", 0, 540, 721, "window", "C1")],
        [at("S1", 0, 540, 720, "window", "C1")],
    ),
)


def codes(problem: RosterProblem, rows: Rows) -> set[str]:
    """The rules in breach."""
    return {breach.rule_code for breach in find_breaches(problem, rows)}


def on_touched_days(problem: RosterProblem, rows: Rows, rule: str) -> list[date | None]:
    """Dates of a rule's breaches, of the dates on which anybody is rostered."""
    touched = {row.business_date for row in rows}
    return [b.business_date for b in find_breaches(problem, rows) if b.rule_code == rule and b.business_date in touched]


SPANNING = {"rest_days_in_seven", "hours_week_average"}


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.rule}" for n, case in enumerate(CASES)])
def test_a_rule_is_broken_by_one_step_too_far_and_by_no_less(case: Case) -> None:
    problem = case.problem()
    if case.rule in SPANNING:
        assert case.rule in codes(problem, case.broken)
        assert case.rule not in codes(problem, case.kept)
    else:
        assert on_touched_days(problem, case.broken, case.rule)
        assert not on_touched_days(problem, case.kept, case.rule)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.rule}" for n, case in enumerate(CASES)])
def test_a_rule_without_a_row_does_not_apply_but_those_that_always_do(case: Case) -> None:
    problem = case.problem()
    bank = replace(problem.bank, rules=tuple(r for r in problem.bank.rules if r.rule_code != case.rule))
    always = not any(rule.rule_code == case.rule for rule in problem.bank.rules)
    assert (case.rule in codes(replace(problem, bank=bank), case.broken)) == always


def test_every_rule_of_the_pack_has_a_case() -> None:
    listed = (
        "overtime_day overtime_month hours_week_average rest_days_in_seven consecutive_days rest_between_shifts",
        "break_after break_minutes break_earliest break_latest nursing_minutes no_overtime_protected certificate_valid",
        "two_person_presence opening_pair closing_pair duty_people incompatible_duties probation_not_alone wish",
        "system_rights mandatory_leave_due rotation_due split_shift saturdays_quarter lunches_quarter absence",
    )
    assert set(" ".join(listed).split()) <= {case.rule for case in CASES}


def test_asked_and_refused_absences_do_not_bind() -> None:
    for state in ("asked", "refused"):
        assert "absence" not in codes(one(absences=absent(state))(), [at("S1", 0, 600, 660)])


def test_weeks_without_a_roster_are_left_out_of_the_average() -> None:
    problem = one(("hours_week_average", 2640), ("average_weeks", 4), past=past_weeks(600, 1))()
    assert "hours_week_average" not in codes(problem, week_of("S1", 5, 456))
    assert "hours_week_average" in codes(problem, week_of("S1", 5, 460))


def test_a_longer_period_averages_over_all_its_weeks() -> None:
    problem = one(("hours_week_average", 2640), ("average_weeks", 13), past=past_weeks(480, 12))()
    assert "hours_week_average" not in codes(problem, week_of("S1", 6, 720))


def test_the_class_and_the_value_come_from_the_row() -> None:
    problem = bare((ANN,), rules=[law("rest_days_in_seven", 1, "agreement")])
    breach = find_breaches(problem, week_of("S1", 7, 60))[0]
    assert (breach.rule_class, breach.facts["value"], breach.facts["found"]) == ("agreement", 1, 0)


def test_an_absence_is_law_whatever_a_row_says() -> None:
    problem = bare((ANN,), rules=[law("absence", 1, "wish")], absences=absent("granted"))
    assert find_breaches(problem, [at("S1", 0, 600, 660)])[0].rule_class == "law_control"


def test_a_person_day_is_asked_alone() -> None:
    problem = bare((ANN,), rules=[law("hours_day", 60), law("overtime_day", 30), law("rest_days_in_seven", 7)])
    rows = [at("S1", 0, 540, 640)]
    assert {b.rule_code for b in check_person_day(problem, "S1", MONDAY, rows)} == {"overtime_day"}
    assert codes(problem, rows) == {"overtime_day", "rest_days_in_seven"}


def test_a_break_and_a_duty_away_do_not_count_for_presence_but_one_in_the_hall_does() -> None:
    away = bare((ANN, BEN), rules=[law("two_person_presence", 2)], duties=(replace(VAULT, people=0, weekdays=(1,)),))
    rows = [TWO[0], at("S2", 0, 540, 600), at("S2", 0, 600, 630, "duty", "vault"), at("S2", 0, 630, 1020)]
    hall = replace(away, bank=replace(away.bank, duties=(replace(VAULT, people=0, away_from_window=False),)))
    assert on_touched_days(away, rows, "two_person_presence")
    assert not on_touched_days(hall, rows, "two_person_presence")


def test_posts_that_do_not_count_do_not_make_a_pair() -> None:
    problem = bare((ANN, BEN), rules=[law("two_person_presence", 2)], posts=POSTS)
    rows = [TWO[1], at("S1", 0, 540, 1020, "post", "lobby_manager", "lobby_manager")]
    assert on_touched_days(problem, rows, "two_person_presence")
    assert on_touched_days(replace(problem, bank=replace(problem.bank, posts=())), TWO, "two_person_presence")


def test_a_certificate_is_asked_only_for_services_that_are_open_then() -> None:
    services = (Service("personal"), Service("corporate", segment="corporate", certificates=("corporate",)))
    problem = bare(
        (ANN,),
        services=services,
        windows=(Window(BRANCH, "C1", "cash", ("personal", "corporate")),),
        opening_hours=(*opening((1,), (540, 1020)), *opening((1,), (540, 720), segment="corporate")),
        certificates=(),
    )
    assert "certificate_valid" in codes(problem, [at("S1", 0, 700, 800, "window", "C1")])
    assert "certificate_valid" not in codes(problem, [at("S1", 0, 720, 800, "window", "C1")])


def test_the_month_counts_published_overtime_after_the_balance_was_taken() -> None:
    staff = (replace(ANN, overtime_minutes_month=50, balances_on=date(2026, 3, 1)),)
    problem = bare(staff, rules=[law("hours_day", 480), law("overtime_month", 100)])
    assert "overtime_month" in codes(problem, [long_day("S1", 0, 531)])
    assert "overtime_month" not in codes(problem, [long_day("S1", 0, 530)])
    stale = replace(problem.bank, staff=(replace(staff[0], balances_on=date(2026, 2, 28)),))
    assert "overtime_month" not in codes(replace(problem, bank=stale), [long_day("S1", 0, 580)])
