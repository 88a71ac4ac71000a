"""What a table contract says of a table and of each column: the one source of schemas, templates and generated docs."""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from bankhall.kernel.bilingual import Bilingual

Kind = Literal[
    "text", "code", "codes", "integer", "number", "boolean", "date", "time", "instant", "day_or_instant", "offset"
]
Group = Literal["reference", "facts", "out"]

NOT_KNOWN = Bilingual("不详", "not known")

# The canonical form in memory, in Parquet and in the lake. `codes` is "a|b"; `time` is "HH:MM"; `day_or_instant` is a
# date or a local instant in ISO form; `offset` is minutes, or a time of day "HH:MM".
ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "codes": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "time": pa.string(),
    "instant": pa.timestamp("us", tz="UTC"),
    "day_or_instant": pa.string(),
    "offset": pa.string(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers_to` is "table.column"; `missing` says what an empty cell means; limits are inclusive."""

    name: str
    kind: Kind
    required: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str = ""
    unit: str = ""
    missing: Bilingual = NOT_KNOWN
    note: Bilingual = Bilingual()
    minimum: float | None = None
    maximum: float | None = None

    @property
    def arrow_type(self) -> pa.DataType:
        """The type of the canonical form."""
        return ARROW_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Contract:
    """One table. A missing value may be part of a key. `orders` lists columns whose times must not run backwards.

    `other_key`: columns that name a row too, wherever all of them are known.
    """

    name: str
    group: Group
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    title: Bilingual
    orders: tuple[tuple[str, ...], ...] = ()
    version: int = 1
    other_key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """A column by its name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def arrow_schema(self) -> pa.Schema:
        """The schema of the canonical form; every column may be null for Arrow, `required` is checked at import."""
        return pa.schema([(column.name, column.arrow_type) for column in self.columns])

    def empty(self) -> pa.Table:
        """The table without rows."""
        return self.arrow_schema().empty_table()
