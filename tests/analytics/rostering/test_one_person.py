"""Needed certificates with one holder, and the cover that a published week has lost."""

from dataclasses import replace
from datetime import datetime, timedelta

from bankhall.analytics.rostering.lost_cover import lost_cover
from bankhall.analytics.rostering.one_person import Thin, held_by_one, held_on, needed_certificates
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.branch import Service
from bankhall.kernel.bank.people import Absence, Certificate, Person
from bankhall.kernel.bank.roster import Duty
from bankhall.kernel.bank.validity import Validity
from tests.analytics.rostering.problems import BRANCH, MONDAY, at, bare, windows
from tests.analytics.rostering.test_rules_matter import need

STAFF = tuple(Person(f"S{n}", f"S{n}", BRANCH, posts=("teller",)) for n in (1, 2))
GUEST = Person("G1", "G1", "B02", posts=("teller",))
GOLD = Service("cash", family="cash", certificates=("gold",))
UNUSED = Service("insurance", family="wealth", certificates=("insurance",))


def here(*held: Certificate, **more: object) -> Situation:
    return Situation(
        bare((*STAFF, GUEST), windows=windows(1, 0), services=(GOLD, UNUSED), certificates=held, **more)  # type: ignore[arg-type]
    )


def test_only_what_windows_and_duties_ask_for_is_needed() -> None:
    keys = Duty("keys", relative_to="opening", earliest=0, latest=0, minutes=30, people=1, certificates=("vault",))
    assert needed_certificates(here(duties=(keys,))) == ("gold", "vault")


def test_a_holder_from_another_branch_does_not_count() -> None:
    (gold,) = held_on(here(Certificate("S1", "gold"), Certificate("G1", "gold")), MONDAY)
    assert gold.staff_nos == ("S1",)


def test_a_certificate_that_expires_leaves_the_other_alone_from_the_day_after() -> None:
    ends = MONDAY + timedelta(days=9)
    situation = here(Certificate("S1", "gold"), Certificate("S2", "gold", Validity(None, ends)))
    assert held_by_one(situation, MONDAY, 14) == (
        Thin("gold", "S1", ends + timedelta(days=1), MONDAY + timedelta(days=13)),
    )
    assert held_by_one(situation, MONDAY, 10) == ()


def test_nobody_at_all_is_not_one_person() -> None:
    assert held_by_one(here(), MONDAY, 14) == ()


FIRST = (at("S1", 0, 540, 1020), at("S2", 0, 540, 1020))
SHORT = need((MONDAY,), 540, 600, 2)


def test_what_a_change_took_away_is_lost_and_what_was_short_before_is_not() -> None:
    situation = Situation(bare(STAFF, requirement=SHORT))
    assert lost_cover(situation, FIRST, FIRST) == ()
    assert [(row.slot_start, row.people_short) for row in lost_cover(situation, FIRST, FIRST[:1])] == [
        (540, 1),
        (570, 1),
    ]
    assert lost_cover(situation, FIRST[:1], FIRST[:1]) == ()


def test_who_is_away_covers_nothing_whatever_the_roster_says() -> None:
    starts = datetime.combine(MONDAY, datetime.min.time()) + timedelta(hours=9, minutes=30)
    away = Absence("S2", starts, starts + timedelta(hours=4), "missing", "granted")
    situation = Situation(bare(STAFF, requirement=SHORT, absences=(away,)))
    assert [row.slot_start for row in lost_cover(situation, FIRST, FIRST)] == [570]
    asked = Situation(bare(STAFF, requirement=SHORT, absences=(replace(away, state="asked"),)))
    assert lost_cover(asked, FIRST, FIRST) == ()
