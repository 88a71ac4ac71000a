"""Why a half hour is short: what it needs, its price, who could stand there, and which rule keeps the others away."""

from dataclasses import replace
from datetime import timedelta

from bankhall.analytics.rostering.why_short import explain_slot
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from tests.analytics.rostering.problems import BRANCH, MONDAY, at, bare, law
from tests.analytics.rostering.test_rules_matter import need
from tests.analytics.rostering.test_solve import ANN, BEN, CASH, WINDOWS

CAT = Person("S3", "Cat", BRANCH, posts=("teller",))
RULES = [law("hours_day", 480), law("overtime_day", 0)]


def asked(staff: tuple[Person, ...], rows: tuple[Assignment, ...], people: int = 3, **more: object):  # type: ignore[no-untyped-def]
    required = need((MONDAY,), 540, 1020, people)
    problem = bare(staff, rules=RULES, windows=WINDOWS, requirement=required, **CASH)
    return explain_slot(problem, rows, day=MONDAY, minute=615, **more)  # type: ignore[arg-type]


def test_a_slot_with_enough_people_says_what_drives_it_and_what_one_fewer_would_cost() -> None:
    rows = (at("S1", 0, 540, 1020, "window", "C3"), at("S2", 0, 540, 1020, "window", "C2"))
    facts = asked((ANN, BEN), rows, people=2)
    assert [fact.code for fact in facts] == ["cover", "one_fewer"]
    assert (facts[0].facts["people"], facts[0].facts["required"]) == (2, 2)
    # half an hour at 60 yuan saved, one person missing for it at 150 yuan
    assert (facts[1].facts["extra_fen"], facts[1].facts["rule_code"]) == (15000 - 3000, "")


def test_a_rule_that_rests_on_the_people_of_a_slot_is_named() -> None:
    rows = (at("S1", 0, 540, 1020, "window", "C3"), at("S2", 0, 540, 1020, "window", "C2"))
    problem = bare((ANN, BEN), rules=[law("two_person_presence", 2)], windows=WINDOWS,
                   requirement=need((MONDAY,), 540, 1020, 1), **CASH)  # fmt: skip
    facts = {fact.code: fact for fact in explain_slot(problem, rows, day=MONDAY, minute=615)}
    assert (facts["one_fewer"].facts["rule_code"], facts["one_fewer"].facts["extra_fen"]) == (
        "two_person_presence",
        -3000,
    )


def test_a_short_slot_names_its_price_and_the_cheapest_person_who_could_come() -> None:
    rows = (at("S1", 0, 540, 1020, "window", "C3"), at("S2", 0, 540, 1020, "window", "C2"))
    facts = {fact.code: fact for fact in asked((ANN, BEN, CAT), rows)}
    assert facts["missing"].facts["short"] == 1
    assert facts["missing"].facts["price_fen"] == 15000
    assert (facts["could"].facts["staff_no"], facts["could"].facts["kind"]) == ("S3", "off")
    # four hours at 60 yuan, less the eight half hours at 150 yuan that she covers
    assert facts["could"].facts["extra_fen"] == 4 * 6000 - 8 * 15000


def test_who_may_not_stand_there_is_named_with_the_rule() -> None:
    rows = (at("S1", 0, 540, 1020, "window", "C3"), at("S2", 0, 720, 1200, "window", "C2"))
    facts = asked((ANN, BEN), rows)
    (kept,) = [fact for fact in facts if fact.code == "cannot"]
    assert (kept.facts["rule_code"], kept.facts["staff_nos"]) == ("overtime_day", "S2")


def test_somebody_who_has_left_is_no_candidate_and_nobody_else_is_said_plainly() -> None:
    gone = replace(CAT, employed_until=MONDAY - timedelta(days=1))
    facts = asked((ANN, gone), (at("S1", 0, 540, 1020, "window", "C3"),))
    assert "cannot_here" in [fact.code for fact in facts]


def test_full_windows_are_named_since_one_more_person_would_find_none() -> None:
    rows = tuple(at(f"S{n}", 0, 540, 1020, "window", f"C{n}") for n in (1, 2, 3))
    staff = (ANN, BEN, CAT, Person("S4", "Dan", BRANCH, posts=("teller",)))
    facts = {fact.code: fact for fact in asked(staff, rows, people=4)}
    assert facts["windows_full"].facts["windows"] == 3


def test_only_the_post_that_is_asked_for_answers() -> None:
    assert asked((ANN, BEN), (), post_code="authoriser") == ()
