"""Records become rows and records again without loss, through every kind of file."""

from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bankhall.data.exchange import ExchangeFolder, details_of
from bankhall.data.exchange.codec import (
    RECORDS,
    bank_tables,
    read_assignments,
    read_bank,
    read_records,
    read_requirement,
    records_table,
    requirement_table,
    rosters_table,
)
from bankhall.data.exchange.reading_strictly import read_table
from bankhall.data.exchange.writing import write_table
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment, Duty, Requirement
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.week import Week

CODES = st.text(st.sampled_from("ABCXYZ0189_.现金"), min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("=+-@'\",\n\t"), max_size=12)
MINUTES = st.integers(0, 1440)
DATES = st.dates(date(1990, 1, 1), date(2100, 1, 1))
NUMBERS = st.floats(0, 1, allow_nan=False, allow_subnormal=False)
BILINGUAL = st.builds(Bilingual, TEXTS, TEXTS)
VALID = st.builds(Validity, st.none() | DATES, st.none() | DATES)
MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2090, 1, 1)).map(lambda m: m.replace(microsecond=0))

_BY_NAME: dict[str, Any] = {
    "zone": CODES, "opens": st.none() | MINUTES, "closes": st.none() | MINUTES, "start": MINUTES, "end": MINUTES,
    "slot_start": MINUTES, "assumed": st.just(value=False), "earliest": st.integers(-600, 600),
    "latest": st.integers(-600, 600), "weekday": st.none() | st.integers(1, 7),
    "weekdays": st.lists(st.integers(1, 7), max_size=3).map(tuple), "minutes": st.integers(1, 1440),
    "people": st.integers(1, 9), "people_short": st.integers(1, 9), "closes_first": st.none() | st.integers(1, 9),
    "longitude": st.none() | NUMBERS, "latitude": st.none() | NUMBERS, "name": BILINGUAL, "papers": BILINGUAL,
    "source": TEXTS, "unit": TEXTS, "validity": VALID, "starts_at": MOMENTS, "ends_at": MOMENTS,
    "elsewhere": st.lists(CODES, max_size=3).map(tuple), "markers": st.lists(CODES, max_size=3).map(tuple),
}  # fmt: skip


def _records(name: str) -> Any:
    kind = RECORDS[name]
    fields: dict[str, Any] = {}
    for field in fields_of(kind):
        hint = str(field.type)
        if name == "staff" and field.name == "name":
            fields[field.name] = CODES
        elif field.name in _BY_NAME:
            fields[field.name] = _BY_NAME[field.name]
        elif hint == "<class 'str'>":
            fields[field.name] = CODES
        elif hint in ("<class 'float'>", "float | None"):
            fields[field.name] = NUMBERS
    if name == "duties":
        return st.builds(kind, **fields).map(_with_clock_in_the_day)
    return st.builds(kind, **fields)


def _with_clock_in_the_day(duty: Duty) -> Duty:
    if duty.relative_to != "clock":
        return duty
    return replace(duty, earliest=abs(duty.earliest), latest=abs(duty.latest))


@pytest.mark.parametrize("name", RECORDS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_records_come_back_from_rows_unchanged(name: str, data: st.DataObject) -> None:
    records = tuple(data.draw(st.lists(_records(name), max_size=4)))
    if name == "rosters":
        table = rosters_table(records, week=Week(2026, 49))
        assert read_assignments(table) == records
    else:
        assert read_records(name, records_table(name, records)) == records


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xlsx", ".parquet"])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_rows_come_back_from_files_unchanged(ending: str, data: st.DataObject, tmp_path: Path) -> None:
    name = data.draw(st.sampled_from(["services", "calendar", "duties", "absences", "rules"]))
    table = records_table(name, data.draw(st.lists(_records(name), min_size=1, max_size=4)))
    write_table(tmp_path / f"{name}{ending}", table)
    assert read_table(tmp_path / f"{name}{ending}", name).to_pylist() == table.to_pylist()


def test_a_bank_comes_back_from_its_folder_unchanged(tmp_path: Path) -> None:
    bank = Bank(
        Bilingual("示例银行", "Sample Bank"), "Asia/Urumqi", 15, synthetic=True,
        calendar=(CalendarDay(date(2026, 10, 1), "holiday", Bilingual("国庆节", "National Day"), ("payday",)),),
        duties=(Duty("open", earliest=-30, latest=-20), Duty("patrol", relative_to="clock", earliest=540, latest=600)),
    )  # fmt: skip
    folder = ExchangeFolder(tmp_path)
    folder.write(bank_tables(bank), details=details_of(bank))
    assert folder.bank() == bank
    assert "09:00" in (tmp_path / "duties.csv").read_text("utf-8")


def test_days_that_are_only_assumed_are_not_written() -> None:
    assumed = Bank(calendar=(CalendarDay(date(2027, 1, 4), "workday", assumed=True),))
    assert bank_tables(assumed)["calendar"].num_rows == 0
    assert read_bank(bank_tables(assumed)).calendar == ()


def test_requirement_slots_are_written_as_times() -> None:
    row = Requirement("B01", date(2026, 11, 30), 540, "teller", 3)
    table = requirement_table([row])
    assert table["slot_start"].to_pylist() == ["09:00"]
    assert read_requirement(table) == (row,)


def test_a_rosters_table_carries_week_version_and_state() -> None:
    shift = Assignment("B01", "S1", date(2026, 11, 30), 540, 1440, "window", "W1", "teller")
    table = rosters_table([shift], week=Week(2026, 49), version=2, state="published")
    row = table.to_pylist()[0]
    assert (row["week"], row["version"], row["state"], row["end_time"]) == ("2026-W49", 2, "published", "24:00")
    assert read_assignments(table) == (shift,)
