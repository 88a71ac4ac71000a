import json
from datetime import date, datetime

from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence, Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.plain import from_plain, to_plain


def test_a_bank_survives_json_and_comes_back_equal() -> None:
    bank = Bank(
        calendar=(CalendarDay(date(2026, 12, 1), "workday", markers=("pension_day",)),),
        staff=(Person("S1", "陈静", "B01", posts=("teller", "authoriser"), employed_from=date(2020, 1, 1)),),
        absences=(Absence("S1", datetime(2026, 12, 1), datetime(2026, 12, 2), "leave", "granted"),),
    )
    assert from_plain(Bank, json.loads(json.dumps(to_plain(bank)))) == bank


def test_optional_and_mapped_fields_survive() -> None:
    breach = Breach(
        "hours_day", "law_control", "B01", business_date=date(2026, 12, 1), facts={"minutes": 540, "who": "S1"}
    )
    assert from_plain(Breach, json.loads(json.dumps(to_plain(breach)))) == breach


def test_a_list_of_assignments_survives() -> None:
    rows = (Assignment("B01", "S1", date(2026, 12, 1), 540, 720, "window", "W1", "teller"),)
    assert from_plain(tuple[Assignment, ...], to_plain(rows)) == rows


def test_sets_give_equal_bytes_whatever_their_order() -> None:
    assert to_plain(frozenset({"b", "a"})) == ["a", "b"]
