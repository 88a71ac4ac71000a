"""Where the rules cannot all be met, the answer names a set; dropping any one member makes the rest possible."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bankhall.analytics.rostering.conflict import can_be_met, conflict_model, find_conflict
from bankhall.analytics.rostering.problem import ConflictMember, RosterProblem
from bankhall.analytics.rostering.question import ask
from bankhall.analytics.rostering.solve import solve
from bankhall.kernel.bank.branch import Service, Window
from bankhall.kernel.bank.people import Absence, Person
from bankhall.kernel.bank.roster import Duty
from tests.analytics.rostering.problems import BRANCH, MONDAY, at, bare, law, opening
from tests.analytics.rostering.test_rules_matter import need

STAFF = tuple(Person(f"S{n}", f"S{n}", BRANCH, posts=("teller",)) for n in range(1, 4))
MORNING = datetime.combine(MONDAY, datetime.min.time())
ONLY_MONDAY = opening((1,), (540, 1020))


def away(name: str) -> Absence:
    """A granted day of leave on the Monday."""
    return Absence(name, MORNING, MORNING + timedelta(days=1), "leave", "granted")


def problem(*rules: tuple[str, float], staff: tuple[Person, ...] = STAFF, **changes: object) -> RosterProblem:
    """One open day, three tellers, one service that needs nothing."""
    parts = {"services": (Service("cash"),), "windows": (Window(BRANCH, "C1", "cash", ("cash",)),), "certificates": ()}
    rows = [law(code, value) for code, value in rules]
    return bare(staff, rules=rows, **{**parts, "opening_hours": ONLY_MONDAY, **changes})


VAULT = Duty("vault", relative_to="clock", earliest=600, latest=600, people=3)
CASES = {
    "two absent, two needed": problem(("two_person_presence", 2), absences=(away("S1"), away("S2"))),
    "too few for a duty": problem(duties=(replace(VAULT, people=4),)),
    "presence against hours": problem(
        ("two_person_presence", 2), ("hours_day", 60), ("overtime_day", 60), requirement=need((MONDAY,), 540, 1020)
    ),
    "duty and presence": problem(("two_person_presence", 2), duties=(VAULT,)),
    "a pair that rests": problem(
        ("two_person_presence", 2),
        ("rest_days_in_seven", 7),
        absences=(away("S3"),),
    ),
}


@pytest.mark.parametrize("made", CASES.values(), ids=CASES)
def test_dropping_any_one_member_makes_the_rest_possible(made: RosterProblem) -> None:
    conflict = find_conflict(made)
    model = conflict_model(ask(made, relaxed=True))
    assert conflict
    assert not can_be_met(model, conflict)
    for member in conflict:
        assert can_be_met(model, [other for other in conflict if other != member]), member


def test_the_members_are_named_by_rule_date_and_person() -> None:
    conflict = find_conflict(CASES["two absent, two needed"])
    told = {(member.rule_code, member.staff_no, member.business_date) for member in conflict}
    assert told == {
        ("absence", "S1", MONDAY),
        ("absence", "S2", MONDAY),
        ("two_person_presence", "", MONDAY),
    }


def test_taking_a_named_absence_back_makes_the_problem_itself_feasible() -> None:
    made = CASES["two absent, two needed"]
    answer = solve(made, seed=1, moves=2000)
    assert answer.status == "infeasible"
    assert not answer.assignments
    mended = replace(made, bank=replace(made.bank, absences=(away("S1"),)))
    assert solve(mended, seed=1, moves=2000).status == "feasible"


def test_a_lock_that_breaks_the_law_is_a_member() -> None:
    locked = (at("S1", 0, 540, 1020, locked=True),)
    made = problem(("overtime_day", 0), ("hours_day", 420), locked=locked)
    assert ConflictMember("overtime_day", "S1", MONDAY) in find_conflict(made)


def test_a_feasible_problem_has_no_conflict() -> None:
    assert find_conflict(problem(("two_person_presence", 2))) == ()
