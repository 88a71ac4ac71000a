from datetime import date

from bankhall.kernel.bank.branch import Promise, Service
from bankhall.kernel.bank.lookup import price_of, promise_for, rules_on, speeds_learned
from bankhall.kernel.bank.roster import Price, Rule
from bankhall.kernel.bank.validity import Validity

DAY = date(2026, 12, 1)
CASH = Service("CASH", family="cash")


def test_the_branch_s_own_rule_beats_everybody_s() -> None:
    rules = [Rule("break_minutes", 30, "agreement", "B01"), Rule("break_minutes", 60, "agreement")]
    assert rules_on(rules, "B01", DAY)["break_minutes"].value == 30
    assert rules_on(rules, "B02", DAY)["break_minutes"].value == 60


def test_of_two_versions_the_later_binds_and_an_ended_one_does_not() -> None:
    rules = [
        Rule("hours_day", 8, "law_control", validity=Validity(date(2026, 1, 1))),
        Rule("hours_day", 9, "law_control", validity=Validity(date(2025, 1, 1))),
        Rule("hours_week", 40, "law_control", validity=Validity(None, date(2026, 11, 30))),
    ]
    assert rules_on(rules, "B01", DAY)["hours_day"].value == 8
    assert "hours_week" not in rules_on(rules, "B01", DAY)


def test_a_promise_for_the_service_beats_one_for_the_family() -> None:
    promises = [
        Promise(wait_minutes=30, share=0.8),
        Promise(family="cash", wait_minutes=20, share=0.9),
        Promise(service_code="CASH", wait_minutes=15, share=0.9),
        Promise(service_code="CASH", tier_code="elderly", wait_minutes=5, share=0.9),
    ]
    found = promise_for(promises, "B01", CASH, DAY)
    assert found is not None
    assert found.wait_minutes == 15
    assert promise_for(promises[:1], "B01", CASH, DAY) == promises[0]
    assert promise_for([], "B01", CASH, DAY) is None


def test_the_latest_price_of_the_post_is_taken() -> None:
    prices = [
        Price("hour", 5000),
        Price("hour", 6000, "teller", date(2026, 1, 1)),
        Price("hour", 7000, "teller", date(2027, 1, 1)),
    ]
    assert price_of(prices, "hour", "teller", DAY) == 6000
    assert price_of(prices, "hour", "lobby_manager", DAY) == 5000
    assert price_of(prices, "lent_day", "teller", DAY, default=1.5) == 1.5


def test_speeds_are_learned_unless_the_pack_says_otherwise() -> None:
    bank_off, own_on = Rule("speeds_off", 1, "agreement"), Rule("speeds_off", 0, "agreement", "B02")
    assert speeds_learned((), "B01", DAY)
    assert not speeds_learned((bank_off, own_on), "B01", DAY)
    assert speeds_learned((bank_off, own_on), "B02", DAY)
