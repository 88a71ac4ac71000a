"""Wishes for the open week, and the overtime of weeks that were lived."""

from datetime import timedelta

import pytest

from bankhall.apps.people import queries as people
from bankhall.apps.people.states import Account
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.kernel.bank.roster import WishKind
from bankhall.kernel.errors import NotAllowed, Refused
from bankhall.kernel.scope import Scope
from tests.factories.bank import MONDAY, agreed, law, small_bank
from tests.factories.imports import add_rule, load_bank
from tests.factories.requests import FIRST, TWO_ON_MONDAY
from tests.factories.rosters import NOW, REGION, TODAY, answer, draft, published

pytestmark = pytest.mark.django_db
OVER = MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def wish(kind: WishKind, who: Scope = FIRST) -> None:
    actions.state_wish(MONDAY, kind, on=TODAY, by=who.actor, scope=who)


def wishes() -> list[tuple[str, str]]:
    return [(one.staff_no, one.kind) for one in bank_of("B01").wishes]


def test_the_newest_wish_of_a_date_stands_and_can_be_taken_back() -> None:
    draft()
    wish("late")
    wish("off")
    assert wishes() == [("T101", "off")]
    actions.take_back_wish(MONDAY, on=TODAY, by=FIRST.actor, scope=FIRST)
    assert wishes() == []
    wish("off")
    assert wishes() == [("T101", "off")]


def test_a_published_week_takes_no_wish() -> None:
    published()
    with pytest.raises(Refused, match="week_is_published"):
        wish("off")


def test_only_those_who_are_rostered_wish() -> None:
    with pytest.raises(NotAllowed):
        wish("off", Scope(FIRST.actor, REGION.branches))


def test_overtime_of_a_lived_week_enters_the_ledger_once_and_earns_comp_time() -> None:
    add_rule(law("hours_day", 420))
    add_rule(agreed("comp_time_share", 50))
    published(answer(TWO_ON_MONDAY), reason="so")
    assert actions.settle_weeks(NOW, MONDAY + timedelta(days=6)) == 0
    assert [actions.settle_weeks(NOW, OVER), actions.settle_weeks(NOW, OVER)] == [1, 0]
    assert [people.balance_of("T101", account) for account in (Account.OVERTIME, Account.COMP)] == [60, 30]
    assert people.balance_of("T103", Account.OVERTIME) == 0


def test_without_the_banks_rule_overtime_earns_no_comp_time() -> None:
    add_rule(law("hours_day", 420))
    published(answer(TWO_ON_MONDAY))
    actions.settle_weeks(NOW, OVER)
    assert [people.balance_of("T101", account) for account in (Account.OVERTIME, Account.COMP)] == [60, 0]
