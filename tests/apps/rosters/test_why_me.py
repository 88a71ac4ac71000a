"""Why me: nobody reads in it what a colleague keeps private."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bankhall.apps.rosters import actions
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.errors import NotAllowed, NotFound
from tests.factories.bank import MONDAY, law, small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import FIRST
from tests.factories.rosters import answer, at, published, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bank() -> None:
    midnight = datetime.combine(MONDAY, datetime.min.time())
    away = Absence("T102", midnight, midnight + timedelta(days=1), "sick", "granted")
    load_bank(replace(small_bank(2, rules=(law("absence", 1),)), absences=(away,)))
    published(answer((work("T101"),)))


def test_an_absence_keeps_a_colleague_away_without_being_told_to_a_teller() -> None:
    facts = actions.why_me(FIRST, day=MONDAY)
    assert [dict(fact.facts) for fact in facts if fact.code == "kept_private"] == [{"people": 1}]
    assert not any(fact.facts.get("rule_code") == "absence" or fact.subjects for fact in facts)
    assert not any("staff_no" in fact.facts for fact in facts)


def test_who_sees_the_plan_reads_the_rule_and_the_names() -> None:
    manager = at("branch_manager", staff_no="T101")
    facts = actions.why_me(manager, day=MONDAY)
    assert [fact.facts["rule_code"] for fact in facts if fact.code == "kept_away"] == ["absence"]
    assert [fact.facts["staff_no"] for fact in facts if fact.code == "instead"] == ["T103"]


def test_who_has_no_roster_of_their_own_is_not_answered() -> None:
    with pytest.raises(NotFound):
        actions.why_me(at("branch_manager"), day=MONDAY)
    with pytest.raises(NotAllowed):
        actions.why_me(at("auditor", staff_no="T101"), day=MONDAY)
    with pytest.raises(NotFound):
        actions.why_me(FIRST, day=MONDAY + timedelta(days=7))
