"""XLSX as text cells. Formulas are not evaluated and not believed: a row that holds one is broken."""

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import ParseError

import numpy as np

from bankhall.data.exchange.csv_reading import BATCH, text_arrays
from bankhall.data.exchange.limits import check_zip
from bankhall.data.exchange.raw import BrokenRow, RawTable, checked_header, text_table
from bankhall.kernel.errors import BadInput

# What openpyxl raises on damaged, foreign or hostile workbooks.
_DAMAGE = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, ParseError,
    zlib.error, struct.error, NotImplementedError, OverflowError, AssertionError,
)  # fmt: skip


class _Cell(Protocol):
    @property
    def value(self) -> object: ...
    @property
    def data_type(self) -> str: ...


def read_xlsx(path: Path, *, sheet: str = "", header_row: int = 1) -> RawTable:
    """The first (or named) sheet of a workbook. Raises BadInput when nothing of it can be used."""
    check_zip(path)
    try:
        _check_entities(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know are no concern here
            return _read(path, sheet, header_row)
    except BadInput:
        raise
    except _DAMAGE as error:
        raise BadInput("file_damaged", file=str(path), reason=f"{type(error).__name__}: {error}") from error


def _check_entities(path: Path) -> None:
    # A document type can only serve an attack: no writer of workbooks makes one.
    with zipfile.ZipFile(path) as archive:
        for entry in archive.namelist():
            if entry.endswith((".xml", ".rels")):
                with archive.open(entry) as stream:
                    if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b""):  # in UTF-16 too
                        raise BadInput("file_hostile", file=str(path), part=entry)


def _read(path: Path, sheet: str, header_row: int) -> RawTable:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        if sheet and sheet not in book.sheetnames:
            raise BadInput("sheet_not_found", file=str(path), sheet=sheet)
        page = book[sheet] if sheet else book.worksheets[0]
        page.reset_dimensions()
        return _sheet(path, iter(page.iter_rows()), header_row)
    finally:
        book.close()


def _sheet(path: Path, rows: Iterator[Sequence[_Cell]], header_row: int) -> RawTable:
    for _ in range(header_row - 1):
        next(rows, None)
    header = _header(path, rows)
    numbers: list[int] = []
    broken: list[BrokenRow] = []
    batches, batch = [], []
    for number, cells in enumerate(rows, start=header_row + 1):
        texts = [cell_text(cell.value) for cell in cells]
        problem = _problem(cells, texts, len(header))
        if problem:
            broken.append(BrokenRow(number, problem, "\t".join(texts)))
        elif any(texts):
            numbers.append(number)
            batch.append(_fitted(texts, len(header)))
            if len(batch) == BATCH:
                batches.append(text_arrays(batch, len(header)))
                batch = []
    batches.append(text_arrays(batch, len(header)))
    return RawTable(
        str(path), text_table(header, batches), np.array(numbers, dtype=np.int64), tuple(broken), marked=True
    )


def _header(path: Path, rows: Iterator[Sequence[_Cell]]) -> tuple[str, ...]:
    cells = [cell_text(cell.value) for cell in next(rows, ())]
    try:
        return checked_header(cells, str(path))
    except BadInput:
        for _ in rows:  # markup that is damaged further on is the better reason
            pass
        raise


def _problem(cells: Sequence[_Cell], texts: Sequence[str], width: int) -> str:
    if any(cell.data_type == "f" for cell in cells):
        return "formula"
    if any(cell.data_type == "e" for cell in cells):
        return "spreadsheet_error"
    return "wrong_number_of_cells" if any(texts[width:]) else ""


def _fitted(texts: list[str], width: int) -> list[str]:
    return texts[:width] + [""] * (width - len(texts))


def cell_text(value: object) -> str:
    """A cell as the text that the same table would have in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return _moment_text(value) if isinstance(value, date | time | timedelta) else str(value)


def _moment_text(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, time) and not (value.second or value.microsecond):
        return value.isoformat("minutes")
    return value.isoformat()


def _duration_text(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
