"""Why somebody works a date: their counts beside the branch's, what rests on them, who else could and at what price."""

from datetime import timedelta

from bankhall.analytics.rostering.why import Fact
from bankhall.analytics.rostering.why_me import explain_day
from bankhall.kernel.bank.people import Absence, Person
from bankhall.kernel.bank.roster import Assignment, Wish
from tests.analytics.rostering.problems import BRANCH, MONDAY, at, bare, law, opening
from tests.analytics.rostering.test_rules_matter import need

ANN, BEN, CAT = (Person(f"S{n}", name, BRANCH, posts=("teller",)) for n, name in enumerate(("Ann", "Ben", "Cat"), 1))
HALL = Person("S4", "Hal", BRANCH, posts=("lobby_manager",))
SATURDAY = MONDAY + timedelta(days=5)
HOURS = {"opening_hours": (*opening(range(1, 6), (540, 1020)), *opening((6,), (600, 960)))}
PAST = (at("S1", -2, 600, 960), at("S1", -9, 600, 960), at("S2", -2, 600, 960))
WEEK = (at("S1", 5, 600, 960), at("S2", 0, 540, 1020))


def asked(
    rows: tuple[Assignment, ...] = WEEK, staff: tuple[Person, ...] = (ANN, BEN, CAT), **more: object
) -> list[Fact]:
    rules = more.pop("rules", [law("hours_day", 480), law("overtime_day", 0)])
    problem = bare(staff, rules=rules, past=PAST, **(HOURS | more))  # type: ignore[arg-type]
    return list(explain_day(problem, rows, staff_no="S1", day=SATURDAY))


def told(facts: list[Fact], code: str) -> list[dict[str, object]]:
    return [dict(fact.facts) for fact in facts if fact.code == code]


def test_the_counts_are_those_of_the_quarter_beside_the_branch() -> None:
    shares = {one["counted"]: one for one in told(asked(), "share")}
    saturdays = shares["saturdays"]
    assert (saturdays["mine"], saturdays["low"], saturdays["middle"], saturdays["high"]) == (3, 0, 1, 3)
    assert (shares["late_closings"]["mine"], shares["late_closings"]["high"]) == (3, 3)


def test_nothing_is_said_of_a_day_off() -> None:
    assert asked((at("S2", 0, 540, 1020),)) == []


def test_a_colleague_who_is_off_could_have_the_day_and_has_had_fewer_saturdays() -> None:
    others = {one["staff_no"]: one for one in told(asked(), "instead")}
    assert set(others) == {"S2", "S3"}
    assert others["S3"]["fewer"] == 3
    assert others["S3"]["extra_fen"] == 0


def test_who_is_away_or_holds_another_post_is_kept_by_that_rule_and_who_works_is_counted() -> None:
    noon = SATURDAY.isoformat()
    away = Absence("S3", _at(noon, 0), _at(noon, 24), "sick", "granted")
    facts = asked((*WEEK, at("S2", 5, 600, 960)), (ANN, BEN, CAT, HALL), absences=(away,),
                  rules=[law("absence", 1), law("hours_day", 480)])  # fmt: skip
    assert {(one["rule_code"], one["people"]) for one in told(facts, "kept_away")} == {
        ("absence", 1),
        ("post_not_held", 1),
    }
    assert told(facts, "at_work") == [{"people": 1}]
    assert told(facts, "only_you") == [{}]
    assert not told(facts, "instead")


def test_a_day_that_needs_the_person_says_what_is_left_short() -> None:
    facts = asked(requirement=need((SATURDAY,), 600, 960, 1))
    (short,) = told(facts, "left_short")
    assert (short["half_hours"], short["extra_fen"]) == (12, 12 * 15000 - 6 * 6000)


def test_a_rule_that_rests_on_the_person_is_named() -> None:
    both = (*WEEK, at("S2", 5, 600, 960))
    facts = asked(both, rules=[law("two_person_presence", 2)])
    assert told(facts, "rests_on") == [{"rule_code": "two_person_presence", "times": 1}]


def test_when_one_more_day_is_too_many_the_days_are_swapped() -> None:
    rules = [law("hours_day", 480), law("overtime_day", 0), law("rest_days_in_seven", 2)]
    rows = (at("S1", 5, 600, 960), *(at("S2", day, 540, 1020) for day in range(5)))
    (other,) = told(asked(rows, (ANN, BEN), rules=rules), "instead")
    assert other["back"] == MONDAY.isoformat()


def test_the_price_of_telling_people_of_a_change_is_not_in_it() -> None:
    problem = bare((ANN, BEN), past=(*PAST, *WEEK), **HOURS)  # type: ignore[arg-type]
    facts = list(explain_day(problem, WEEK, staff_no="S1", day=SATURDAY))
    assert told(facts, "instead")[0]["extra_fen"] == 0


def test_a_wish_and_a_hand_set_shift_are_said() -> None:
    wish = Wish("S1", SATURDAY, "off")
    facts = asked((at("S1", 5, 600, 960, locked=True),), wishes=(wish,), rules=[law("wish", 1, "wish")])
    assert told(facts, "wished_otherwise") == [{"kind": "off"}]
    assert told(facts, "by_hand") == [{}]


def _at(day: str, hour: int):  # type: ignore[no-untyped-def]
    from datetime import datetime

    return datetime.fromisoformat(day) + timedelta(hours=hour)
