"""Files that leave the house: same values, same bytes, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from bankhall.documents.calendars import Shift, icalendar_bytes
from bankhall.documents.cells import safe
from bankhall.documents.roster_sheets import DayCell, PersonWeek, Spell, exchange_sheet, grid_sheet
from bankhall.documents.sheets import Sheet, csv_bytes, xlsx_bytes
from bankhall.kernel.bank.roster import Assignment

HOSTILE = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"]
SHEET = Sheet("rosters", ("name", "minutes"), (("=HYPERLINK(1)", 30), ("许佳", 45)))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_becomes_text(text: str) -> None:
    assert safe(text) == "'" + text


def test_a_figure_stays_a_figure() -> None:
    assert safe(-2) == -2


def test_csv_opens_in_chinese_and_imports_again() -> None:
    body = csv_bytes(SHEET)
    assert body.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows == [["name", "minutes"], ["'=HYPERLINK(1)", "30"], ["许佳", "45"]]


def test_xlsx_holds_text_and_no_formula() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([SHEET])))
    page = book["rosters"]
    assert [cell.data_type for cell in page["A"]] == ["s", "s", "s"]
    assert page["B2"].value == 30


def test_the_same_table_gives_the_same_bytes() -> None:
    assert xlsx_bytes([SHEET]) == xlsx_bytes([SHEET])
    assert csv_bytes(SHEET) == csv_bytes(SHEET)


def test_the_exchange_sheet_has_the_public_columns() -> None:
    each = Assignment("B01", "S1", date(2026, 12, 1), 540, 690, "window", "1", "teller", locked=True)
    sheet = exchange_sheet("2026-W49", 3, "published", (each,))
    row = dict(zip(sheet.head, sheet.rows[0], strict=True))
    assert (row["start_time"], row["end_time"], row["locked"], row["at_branch_code"]) == ("09:00", "11:30", True, None)


def test_the_grid_has_one_row_for_each_person() -> None:
    day = DayCell(date(2026, 12, 1), (Spell(540, 690, "Window 1"),))
    off = DayCell(date(2026, 12, 2), (), "off")
    sheet = grid_sheet(
        "W49", ("who", "post", "Tue", "Wed", "h"), (PersonWeek("S1", "许佳", "teller", (day, off), "2.5 h"),), ()
    )
    assert sheet.rows == (("许佳", "teller", "09:00–11:30 Window 1", "off", "2.5 h"),)


def test_a_shift_is_an_event_in_the_branch_zone() -> None:
    from icalendar import Calendar

    shift = Shift("S1-2026-12-01@bankhall", date(2026, 12, 1), 510, 1050, "Wutong Street", details="09:00 Window 1")
    body = icalendar_bytes("许佳", (shift,), zone="Asia/Shanghai", made_at=datetime(2026, 11, 23, tzinfo=UTC))
    event = Calendar.from_ical(body.decode()).walk("VEVENT")[0]
    assert event["DTSTART"].dt == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert str(event["UID"]) == "S1-2026-12-01@bankhall"
