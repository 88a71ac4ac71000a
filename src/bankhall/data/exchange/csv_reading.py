"""CSV as banks export it: any line end, UTF-8 or GB18030, a header, and damage that must not spread.

A stray quote in a lenient parser swallows the rows behind it. Here a line is a row unless its quotes are open; lines
are joined only while none of them would be a row by itself. What cannot be split is kept as a broken row.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from bankhall.data.exchange.encodings import Decoded, decode_lines
from bankhall.data.exchange.limits import read_gzip, read_plain
from bankhall.data.exchange.raw import BrokenRow, RawTable, checked_header, text_table
from bankhall.kernel.errors import BadInput

BATCH = 65_536
MOST_LINES_IN_A_CELL = 40
MOST_COLUMNS = 2_000
_CONTROLS = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))


def read_csv(path: Path, *, encoding: str = "", separator: str = ",", header_row: int = 1) -> RawTable:
    """One CSV file (plain or gzip). Raises BadInput when nothing of it can be used."""
    data = read_gzip(path) if path.suffix == ".gz" else read_plain(path)
    decoded = decode_lines(data, path, encoding)
    return _Reader(path, decoded, separator, header_row).table()


class _Reader:
    """Walks the lines of one file, once."""

    def __init__(self, path: Path, decoded: Decoded, separator: str, header_row: int) -> None:
        self.path, self.decoded, self.separator = path, decoded, separator
        self.lines = decoded.lines
        if len(self.lines) < header_row:
            raise BadInput("header_missing", file=str(path), row=header_row)
        self.first = header_row
        self.header = checked_header(_header_cells(self.lines[header_row - 1], separator), str(path))
        if len(self.header) > MOST_COLUMNS:
            raise BadInput("too_many_columns", file=str(path), columns=len(self.header))
        self.width = len(self.header)
        self.broken: list[BrokenRow] = []
        self.numbers: list[int] = []

    def table(self) -> RawTable:
        batches: list[list[pa.Array]] = []
        cells: list[Sequence[str]] = []
        for row in self._rows():
            cells.append(row)
            if len(cells) == BATCH:
                batches.append(text_arrays(cells, self.width))
                cells = []
        batches.append(text_arrays(cells, self.width))
        facts: dict[str, str | int] = {"encoding": self.decoded.encoding, "detected": int(self.decoded.detected)}
        if self.lines[-1].strip():
            facts["unterminated"] = 1  # the end of the last line may have been cut off
        return RawTable(
            str(self.path),
            text_table(self.header, batches),
            np.array(self.numbers, dtype=np.int64),
            tuple(self.broken),
            marked=True,
            facts=facts,
        )

    def _rows(self) -> Iterator[Sequence[str]]:
        index = self.first
        while index < len(self.lines):
            used, cells = self._row_at(index)
            if cells is not None:
                self.numbers.append(index + 1)
                yield cells
            index += used

    def _row_at(self, index: int) -> tuple[int, Sequence[str] | None]:
        """Lines used, and the cells or None when the row is blank or broken."""
        line = self.lines[index]
        if not line.strip():
            return 1, None
        problem = self.decoded.problems.get(index) or ("control_character" if not _CONTROLS.isdisjoint(line) else "")
        if problem:
            return self._break(index, problem, line)
        if '"' not in line:
            return self._sized(index, line.split(self.separator), line)
        return self._quoted(index, line)

    def _quoted(self, index: int, line: str) -> tuple[int, Sequence[str] | None]:
        used = 1
        while line.count('"') % 2:
            more = index + used
            if used == MOST_LINES_IN_A_CELL or more >= len(self.lines) or self._stands_alone(more):
                return self._break(index, "broken_quotes", self.lines[index])
            line, used = f"{line}\n{self.lines[more]}", used + 1
        cells = _split_quoted(line, self.separator)
        if cells is None:
            return self._break(index, "broken_quotes", self.lines[index])
        if used > 1 and len(cells) != self.width:
            return self._break(index, "broken_quotes", self.lines[index])
        return used, self._sized(index, cells, line)[1]

    def _stands_alone(self, index: int) -> bool:
        """Whether a line looks like a row of its own, whatever its quotes: then no cell may swallow it."""
        if index in self.decoded.problems:
            return True
        line = self.lines[index]
        cells = _split_quoted(line, self.separator) if '"' in line else None
        widths = {line.count(self.separator) + 1, len(cells or ())}
        return self.width > 1 and self.width in widths

    def _sized(self, index: int, cells: Sequence[str], line: str) -> tuple[int, Sequence[str] | None]:
        if len(cells) == self.width:
            return 1, cells
        return self._break(index, "wrong_number_of_cells", line, cells=len(cells), columns=self.width)

    def _break(self, index: int, rule: str, line: str, **facts: int) -> tuple[int, None]:
        self.broken.append(BrokenRow(index + 1, rule, line, facts))
        return 1, None


def _header_cells(line: str, separator: str) -> Sequence[str]:
    cells = _split_quoted(line, separator) if '"' in line else line.split(separator)
    return cells or ()


def _split_quoted(line: str, separator: str) -> Sequence[str] | None:
    """The cells by RFC 4180, or None when quotes stand where none may: joining leniently would change the text."""
    try:
        cells = next(csv.reader([line], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        return None
    return None if _rewritten(cells, separator) != _canonical(line, separator) else cells


def _rewritten(cells: Sequence[str], separator: str) -> str:
    return separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells)


def _canonical(line: str, separator: str) -> str:
    # Bare cells hold no quotes, so adding theirs gives the one fully quoted writing of the row.
    out, start = [], 0
    while start <= len(line):
        end = _end_of_cell(line, separator, start)
        cell = line[start:end]
        out.append(cell if cell.startswith('"') else f'"{cell}"')
        start = end + 1
    return separator.join(out)


def _end_of_cell(line: str, separator: str, start: int) -> int:
    end = start
    if line.startswith('"', start):
        end = start + 1
        while (end := line.find('"', end)) >= 0 and line.startswith('""', end):
            end += 2
        end = len(line) if end < 0 else end + 1
    found = line.find(separator, end)
    return len(line) if found < 0 else found


def text_arrays(rows: Sequence[Sequence[str]], width: int) -> list[pa.Array]:
    """Rows of text cells as one array a column; empty cells are null."""
    columns = zip(*rows, strict=True) if rows else [()] * width
    return [pa.array([cell or None for cell in column], type=pa.string()) for column in columns]
