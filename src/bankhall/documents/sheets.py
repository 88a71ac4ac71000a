"""Tables as files: CSV that Excel opens in Chinese, and XLSX with widths, a frozen head and text kept as text."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bankhall.documents.cells import Cell, plain

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a name, the head, the rows, and lines that stand above them (version, time, marks)."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[str, ...] = ()


def csv_bytes(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark. Only head and rows: the file imports again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.head)
    writer.writerows([plain(cell) for cell in row] for row in sheet.rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of one or more sheets. Texts are written as texts, so nothing is evaluated when it is opened."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same table gives the same bytes
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "note": book.add_format({"font_color": "#566471"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet_name(sheet.name)), sheet, formats)
    book.close()
    return out.getvalue()


def sheet_name(name: str) -> str:
    """A name that a workbook accepts."""
    return "".join("_" if c in "[]:*?/\\'" else c for c in name)[:31] or "1"


def _write(page: object, sheet: Sheet, formats: dict[str, object]) -> None:
    write = page  # xlsxwriter has no types
    for line, text in enumerate(sheet.above):
        write.write_string(line, 0, text, formats["note"])  # type: ignore[attr-defined]
    top = len(sheet.above)
    for column, text in enumerate(sheet.head):
        write.write_string(top, column, text, formats["head"])  # type: ignore[attr-defined]
    for line, row in enumerate(sheet.rows, top + 1):
        for column, cell in enumerate(row):
            _cell(write, line, column, cell, formats)
    write.freeze_panes(top + 1, 0)  # type: ignore[attr-defined]
    for column in range(len(sheet.head)):
        write.set_column(column, column, _width(sheet, column))  # type: ignore[attr-defined]


def _cell(page: object, line: int, column: int, cell: Cell, formats: dict[str, object]) -> None:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        page.write_datetime(line, column, cell, formats["date"])  # type: ignore[attr-defined]
    elif isinstance(cell, bool):
        page.write_boolean(line, column, cell)  # type: ignore[attr-defined]
    elif isinstance(cell, int | float):
        page.write_number(line, column, cell)  # type: ignore[attr-defined]
    elif cell is not None:
        page.write_string(line, column, plain(cell))  # type: ignore[attr-defined]


def _width(sheet: Sheet, column: int) -> float:
    texts = [sheet.head[column], *(plain(row[column]) for row in sheet.rows[:200])]
    return min(40.0, max(8.0, 2.0 + max(sum(2 if ord(c) > 0x2E80 else 1 for c in text) for text in texts)))
