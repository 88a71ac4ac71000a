"""One state of the lake, to be read: files for the engine, rows, dated copies of reference tables."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from bankhall.data.contracts import TABLES
from bankhall.data.engines.embedded import Engine
from bankhall.data.lake.delta import files_at
from bankhall.data.lake.layout import COPIED_ON, fitted, layout_of
from bankhall.data.lake.manifest import Version


class Snapshot:
    """Stays as it is whatever is published meanwhile, until it is swept."""

    def __init__(self, root: Path, version: Version) -> None:
        self._root, self._version = root, version
        self._files: dict[str, list[str]] = {}

    @property
    def version(self) -> int:
        """The state's number; 0 is the empty lake."""
        return self._version.number

    @property
    def at(self) -> datetime:
        """When it was published."""
        return self._version.at

    @property
    def batch(self) -> str:
        """What published it."""
        return self._version.batch

    def marks(self, names: Iterable[str]) -> dict[str, int]:
        """A number for each table that changes whenever the table does; 0 for one that is not there."""
        return {name: self._version.tables.get(name, 0) for name in names}

    def names(self) -> tuple[str, ...]:
        """The tables that are there."""
        return tuple(sorted(self._version.tables))

    def files(self, name: str) -> list[str]:
        """The Parquet files that together are a table; none when it is absent."""
        if name not in self._version.tables:
            return []
        if name not in self._files:
            self._files[name] = files_at(self._root, name, self._version.tables[name])
        return self._files[name]

    def table(self, name: str, branch_code: str = "", first: date | None = None, last: date | None = None) -> pa.Table:
        """Rows in canonical form, by branch and time."""
        rows = self.placed(name, branch_code, first, last)
        return rows.select(TABLES[name].arrow_schema().names)

    def placed(self, name: str, branch_code: str = "", first: date | None = None, last: date | None = None) -> pa.Table:
        """The same with the branch and date under which each row lies (steps have them from their visit)."""
        layout = layout_of(name)
        kept = layout.schema.remove(layout.schema.get_field_index(layout.partition))
        files = self.files(name)
        if not files:
            return kept.empty_table()
        span = (first or date.min, last or date.max)
        everything = not branch_code and first is None and last is None
        text = "SELECT * FROM wanted" if everything else _ROWS
        with Engine() as engine:
            rows = engine.run_text(text, {"wanted": files}, branch_code=branch_code, first=span[0], last=span[1])
        return fitted(rows, kept).sort_by([(key, "ascending") for key in layout.order])

    def reference(self, name: str, *, on: date | None = None) -> pa.Table:
        """The copy of a reference table that was valid on a date (None = the newest); empty without one."""
        copies = self.copies(name)
        known = [day for day in copies if on is None or day <= on]
        schema = TABLES[name].arrow_schema()
        if not known:
            return schema.empty_table()
        mark = f"{COPIED_ON}={max(known).isoformat()}"
        files = [file for file in self.files(name) if mark in file]
        with Engine() as engine:
            rows = engine.run_text("SELECT * FROM wanted", {"wanted": files}) if files else schema.empty_table()
        return fitted(rows, schema)

    def copies(self, name: str) -> tuple[date, ...]:
        """The dates of which a copy of a reference table is kept."""
        return self._copies.get(name) or self._find_copies(name)

    @cached_property
    def _copies(self) -> dict[str, tuple[date, ...]]:
        return {}

    def _find_copies(self, name: str) -> tuple[date, ...]:
        mark = f"{COPIED_ON}="
        days = {date.fromisoformat(file.split(mark)[1][:10]) for file in self.files(name) if mark in file}
        self._copies[name] = tuple(sorted(days))
        return self._copies[name]


_ROWS = """
SELECT * FROM wanted
WHERE (:branch_code = '' OR branch_code = :branch_code) AND business_date >= :first AND business_date <= :last
"""
