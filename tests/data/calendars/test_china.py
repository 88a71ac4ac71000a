"""China's calendar agrees with a second witness, and a year without a notice is said, not guessed."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from bankhall.data.calendars import MarkerRule, china_days
from bankhall.data.exchange.codec import read_records, records_table
from bankhall.kernel.errors import BadInput

YEARS = range(2018, 2027)


def test_days_off_agree_with_a_second_witness_from_2018_to_2026() -> None:
    holidays = pytest.importorskip("holidays")
    witness = holidays.China(years=YEARS)
    off = {day.date for day in china_days(YEARS) if day.kind == "holiday" and day.date.isoweekday() < 6}
    assert off == {day for day in witness if day.isoweekday() < 6}
    assert len(off) > 150


@pytest.mark.public_data
def test_holidays_and_make_up_workdays_agree_with_the_published_list() -> None:
    source = Path(os.environ.get("BANKHALL_DATA", "../shared/data")) / "cn_holidays" / "holiday_cn_2007_2027.csv"
    if not source.is_file():
        pytest.skip(f"no public data at {source}")
    with source.open(encoding="utf-8-sig") as stream:
        listed = {date.fromisoformat(row["date"]): row["is_off_day"] for row in csv.DictReader(stream)}
    days = {day.date: day.kind for day in china_days(YEARS)}
    working = {day for day, off in listed.items() if off == "0" and day.year in YEARS and day.isoweekday() > 5}
    resting = {day for day, off in listed.items() if off == "1" and day.year in YEARS}
    assert {day for day, kind in days.items() if kind == "makeup_workday"} == working
    assert {day for day, kind in days.items() if kind == "holiday" and day.isoweekday() < 6} == {
        day for day in resting if day.isoweekday() < 6
    }


def test_a_make_up_workday_is_a_weekend_day_with_its_holidays_name() -> None:
    days = {day.date: day for day in china_days([2026])}
    day = days[date(2026, 1, 4)]
    assert (day.kind, day.date.isoweekday()) == ("makeup_workday", 7)
    assert day.name.zh == "元旦调休上班"
    assert "2026" in day.source
    assert len(days) == 365


def test_a_year_without_a_notice_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as raised:
        china_days([2026, 2027])
    assert raised.value.code == "calendar_year_unknown"
    assert raised.value.facts == {"year": 2027}


def test_markers_move_to_workdays_as_their_rule_says() -> None:
    rules = (MarkerRule("payday", (10,), shift="before"), MarkerRule("tax_deadline", (15,), shift="after"),
             MarkerRule("quarter_end", (-1,), (3, 6, 9, 12)))  # fmt: skip
    marked = {day.date: day.markers for day in china_days([2026], rules) if day.markers}
    assert marked[date(2026, 1, 9)] == ("payday",)  # 10 January is a Saturday
    assert marked[date(2026, 10, 10)] == ("payday",)  # a Saturday on which people work
    assert marked[date(2026, 2, 24)] == ("tax_deadline",)  # 15 February begins Spring Festival
    assert marked[date(2026, 3, 31)] == ("quarter_end",)
    assert date(2026, 1, 31) not in marked


def test_calendar_days_come_back_from_their_table() -> None:
    days = china_days([2026])
    assert read_records("calendar", records_table("calendar", days)) == days
