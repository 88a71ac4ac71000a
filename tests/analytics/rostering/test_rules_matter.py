"""For every rule a problem made for it: without the rule the cheapest roster breaks it, with the rule it does not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.solve import solve
from bankhall.kernel.bank.branch import Service, Window
from bankhall.kernel.bank.people import Absence, Certificate, Person, PostSpan, Protection
from bankhall.kernel.bank.roster import Assignment, Duty, Requirement, Rule, Wish
from bankhall.kernel.bank.validity import Validity
from tests.analytics.rostering.problems import BRANCH, MONDAY, WEEK, at, bare, law, opening

DAYS = WEEK.days()
ANN = Person("S1", "Ann", BRANCH, posts=("teller",))
BEN = Person("S2", "Ben", BRANCH, posts=("teller",))
CASH = (Service("cash"),)
WINDOWS = tuple(Window(BRANCH, f"C{n}", "cash", ("cash",), n) for n in (1, 2))
LONG = opening(range(1, 6), (480, 1080))


def need(days: Iterable[date], start: int, end: int, people: int = 1, post: str = "teller") -> tuple[Requirement, ...]:
    """People of a post in every half hour of a span."""
    return tuple(Requirement(BRANCH, day, slot, post, people) for day in days for slot in range(start, end, 30))


@dataclass(frozen=True)
class Case:
    """A problem with a rule, and the same without what makes the rule bind."""

    rule: str
    full: RosterProblem
    without: RosterProblem


def case(rule: str, *rules: tuple[str, float], staff: tuple[Person, ...] = (ANN,), **changes: object) -> Case:
    """The rule's row is dropped in the second problem."""
    parts = {"services": CASH, "windows": WINDOWS, "certificates": (), **changes}
    full = bare(staff, rules=[law(code, value) for code, value in rules], **parts)
    rest: tuple[Rule, ...] = tuple(r for r in full.bank.rules if r.rule_code != rule)
    return Case(rule, full, replace(full, bank=replace(full.bank, rules=rest)))


def always(rule: str, full: RosterProblem, **without: object) -> Case:
    """A rule that needs no row: the records that make it bind are dropped."""
    return Case(rule, full, replace(full, bank=replace(full.bank, **without)))  # type: ignore[arg-type]


def off_wishes(staff_no: str, weight: float = 1.0) -> tuple[Wish, ...]:
    """Somebody who would rather stay away all week."""
    return tuple(Wish(staff_no, day, "off", weight) for day in DAYS)


def plain(staff: tuple[Person, ...], **changes: object) -> RosterProblem:
    """A bare problem with windows that anybody may man."""
    return bare(staff, **{"services": CASH, "windows": WINDOWS, "certificates": (), **changes})  # type: ignore[arg-type]


def duty(code: str, relative_to: str, earliest: int, people: int = 1, **more: object) -> Duty:
    """A duty of half an hour in the hall, at one start."""
    parts = {"relative_to": relative_to, "earliest": earliest, "latest": earliest, "people": people}
    return Duty(code, away_from_window=False, **parts, **more)  # type: ignore[arg-type]


LATE_PREGNANCY = (Protection("S1", "late_pregnancy"),)
NURSING = (Protection("S1", "nursing"),)
MORNING = datetime.combine(MONDAY, datetime.min.time())
ABSENT = (Absence("S1", MORNING, MORNING + timedelta(days=1), "leave", "granted"),)
FIVE, ONE = DAYS[:5], DAYS[:1]
BREAKS = (("break_after", 240), ("break_minutes", 60))
TWO_POSTS = (*need(ONE, 540, 720), *need(ONE, 780, 1020, 1, "authoriser"))
SATURDAY = opening((6,), (540, 1020))
PAST_SATURDAYS = tuple(at("S1", 5 - 7 * back, 540, 780) for back in (1, 2, 3))
PAST_LUNCHES = tuple(at("S1", day - 7, 600, 900) for day in range(4))
HELD = (PostSpan("S1", "teller", BRANCH, Validity(MONDAY - timedelta(days=400))),)
DUAL = (Service("cash", dual_control=True),)
CHIEF = Person("S9", "Chief", BRANCH, posts=("authoriser",))
HOST = Person("S8", "Host", BRANCH, posts=("lobby_manager",))
NEW = replace(ANN, probation_until=DAYS[-1])
OUTSIDER = replace(BEN, branch_code="B09")
TWICE = (duty("count", "opening", -30), duty("watch", "closing", 0, different_from=("count",)))

CASES: tuple[Callable[[], Case], ...] = (
    lambda: case(
        "overtime_day", ("hours_day", 480), ("overtime_day", 60), opening_hours=LONG, requirement=need(ONE, 480, 1080)
    ),
    lambda: case(
        "overtime_month",
        ("hours_day", 480),
        ("overtime_month", 2160),
        staff=(replace(ANN, overtime_minutes_month=2100),),
        opening_hours=LONG,
        requirement=need(FIVE, 480, 1080),
    ),
    lambda: case(
        "hours_week_average",
        ("hours_week_average", 2400),
        ("average_weeks", 1),
        opening_hours=LONG,
        requirement=need(FIVE, 480, 1080),
    ),
    lambda: case("rest_days_in_seven", ("rest_days_in_seven", 3), requirement=need(FIVE, 540, 1020)),
    lambda: case("consecutive_days", ("consecutive_days", 3), requirement=need(FIVE, 540, 1020)),
    lambda: case(
        "rest_between_shifts",
        ("rest_between_shifts", 660),
        opening_hours=opening(range(1, 6), (360, 1320)),
        requirement=(*need(DAYS[:1], 1080, 1320), *need(DAYS[1:2], 360, 600)),
    ),
    lambda: case("break_after", *BREAKS, requirement=need(ONE, 540, 1020)),
    lambda: case("break_minutes", *BREAKS, requirement=need(ONE, 540, 1020)),
    lambda: case(
        "break_earliest",
        *BREAKS,
        ("break_earliest", 780),
        requirement=(*need(ONE, 540, 720), *need(ONE, 780, 1020, 2)),
    ),
    lambda: case(
        "break_latest",
        *BREAKS,
        ("break_latest", 720),
        requirement=(*need(ONE, 540, 720, 2), *need(ONE, 780, 1020)),
    ),
    lambda: case(
        "nursing_minutes",
        ("hours_day", 480),
        ("nursing_minutes", 60),
        protections=NURSING,
        requirement=need(ONE, 540, 1020),
    ),
    lambda: case(
        "no_overtime_protected",
        ("hours_day", 480),
        ("no_overtime_protected", 1),
        protections=LATE_PREGNANCY,
        opening_hours=LONG,
        requirement=need(ONE, 480, 1080),
    ),
    lambda: case(
        "no_overtime_protected",
        ("hours_week", 1440),
        ("no_overtime_protected", 1),
        protections=LATE_PREGNANCY,
        requirement=need(FIVE, 540, 1020),
    ),
    lambda: always("absence", plain((ANN, BEN), absences=ABSENT, requirement=need(ONE, 540, 1020, 2)), absences=()),
    lambda: always(
        "certificate_valid",
        plain(
            (ANN, BEN),
            services=(Service("cash", certificates=("cash",)),),
            certificates=(
                Certificate("S1", "cash"),
                Certificate("S2", "cash", Validity(None, MONDAY - timedelta(days=1))),
            ),
            requirement=need(ONE, 540, 1020, 2),
        ),
        certificates=(Certificate("S1", "cash"), Certificate("S2", "cash")),
    ),
    lambda: always(
        "system_rights",
        plain((ANN, OUTSIDER), requirement=need(ONE, 540, 1020, 2)),
        staff=(ANN, replace(OUTSIDER, system_rights=(BRANCH,))),
    ),
    lambda: always(
        "duty_people",
        plain((ANN, BEN), duties=(duty("count", "opening", -30, 2),), requirement=need(ONE, 540, 1020)),
        duties=(),
    ),
    lambda: case(
        "two_person_presence", ("two_person_presence", 2), staff=(ANN, BEN), requirement=need(FIVE, 540, 1020)
    ),
    lambda: case(
        "opening_pair",
        ("opening_pair", 2),
        staff=(ANN, BEN),
        duties=(duty("count", "opening", -30),),
        requirement=need(FIVE, 540, 1020),
    ),
    lambda: case(
        "closing_pair",
        ("closing_pair", 2),
        staff=(ANN, BEN),
        duties=(duty("count", "closing", 0),),
        requirement=need(FIVE, 540, 1020),
    ),
    lambda: case(
        "incompatible_duties",
        ("incompatible_duties", 1),
        staff=(ANN, BEN),
        duties=TWICE,
        requirement=need(FIVE, 540, 1020),
    ),
    lambda: case(
        "incompatible_duties",
        ("incompatible_duties", 1),
        *BREAKS,
        ("break_earliest", 720),
        ("break_latest", 780),
        staff=(replace(ANN, posts=("teller", "authoriser")),),
        requirement=TWO_POSTS,
    ),
    lambda: case(
        "probation_not_alone",
        ("probation_not_alone", 1),
        staff=(NEW, BEN),
        wishes=off_wishes("S2"),
        requirement=need(ONE, 540, 1020),
    ),
    lambda: case(
        "mandatory_leave_due",
        ("mandatory_leave_due", 300),
        staff=(replace(ANN, employed_from=date(2020, 1, 1)), replace(BEN, employed_from=DAYS[0])),
        wishes=off_wishes("S2"),
        requirement=need(ONE, 540, 1020),
    ),
    lambda: case(
        "rotation_due",
        ("rotation_due", 300),
        staff=(ANN, BEN),
        post_history=HELD,
        wishes=off_wishes("S2"),
        requirement=need(ONE, 540, 1020),
    ),
    lambda: case(
        "saturdays_quarter",
        ("saturdays_quarter", 1),
        staff=(ANN, BEN),
        opening_hours=SATURDAY,
        past=PAST_SATURDAYS,
        wishes=off_wishes("S2"),
        requirement=need(DAYS[5:6], 540, 1020),
    ),
    lambda: case(
        "lunches_quarter",
        ("lunches_quarter", 1),
        staff=(ANN, BEN),
        past=PAST_LUNCHES,
        wishes=off_wishes("S2"),
        requirement=need(ONE, 540, 1020),
    ),
    lambda: case("hall_presence", ("hall_presence", 1), staff=(ANN, HOST), requirement=need(FIVE, 540, 1020)),
    lambda: case(
        "dual_control", ("dual_control", 1), staff=(ANN, CHIEF), services=DUAL, requirement=need(FIVE, 540, 1020)
    ),
    lambda: always(
        "wish",
        bare(
            (ANN, replace(OUTSIDER, system_rights=(BRANCH,))),
            rules=[law("wish", 1, "wish")],
            services=CASH,
            windows=WINDOWS,
            certificates=(),
            wishes=off_wishes("S1", 3.0),
            requirement=need(ONE, 540, 1020),
        ),
        wishes=(),
    ),
)


def solved(problem: RosterProblem) -> tuple[Assignment, ...]:
    """A short search; feasible by design."""
    answer = solve(problem, seed=3, moves=12_000)
    assert answer.status == "feasible", answer.conflict
    return answer.assignments


@pytest.mark.parametrize("make", CASES, ids=[str(n) for n in range(len(CASES))])
def test_without_the_rule_the_answer_goes_wrong_and_with_it_it_does_not(make: Callable[[], Case]) -> None:
    made = make()
    wrong = find_breaches(made.full, solved(made.without))
    right = find_breaches(made.full, solved(made.full))
    assert made.rule in {breach.rule_code for breach in wrong}
    assert made.rule not in {breach.rule_code for breach in right}
