"""A file as it was read, before anything is believed: text cells with their row numbers, and the rows that broke."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bankhall.kernel.errors import BadInput

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that could not even be split into cells. `text` is the original."""

    row: int
    rule: str
    text: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawTable:
    """One file's cells. `rows` are the numbers that people count, the header being row 1 (of a Parquet file: row 0).

    `marked` says that text may carry the mark of `neutral`; `facts` are what the reader noticed (its encoding).
    """

    file: str
    table: pa.Table
    rows: Rows
    broken: tuple[BrokenRow, ...] = ()
    marked: bool = False
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Rows of data in the file, broken ones too."""
        return len(self.rows) + len(self.broken)


def checked_header(cells: Sequence[str], file: str) -> tuple[str, ...]:
    """Column names without blanks around them. Raises BadInput when there are none, or one stands twice."""
    names = tuple(cell.strip().lstrip("\ufeff").strip() for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    if not names or not all(names):
        raise BadInput("header_missing", file=file, row=1)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput("column_twice", file=file, row=1, column=twice[0])
    return names


def text_table(header: Sequence[str], batches: Sequence[Sequence[pa.Array]]) -> pa.Table:
    """Text columns from batches of arrays; an empty cell is null."""
    columns = [pa.chunked_array([batch[index] for batch in batches], type=pa.string()) for index in range(len(header))]
    return pa.table(columns, names=list(header))
