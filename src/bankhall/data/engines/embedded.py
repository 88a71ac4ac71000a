"""The embedded engine: one query text in Spark's function names, four macros, Arrow in and Arrow out.

No extension is loaded or fetched, the zone is UTC, memory and spill are bounded, and the spill of a killed process is
swept at the next start.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyarrow as pa

from bankhall.data.contracts import TABLES

if TYPE_CHECKING:
    import duckdb

Value = str | int | float | bool | date | datetime | None
Tables = Mapping[str, pa.Table | list[str]]
"""By name: an Arrow table, or the Parquet files that together are the table (none = empty)."""

MACROS = (
    "CREATE MACRO from_utc_timestamp(instant, zone) AS timezone(zone, instant)",
    "CREATE MACRO unix_micros(instant) AS epoch_us(instant)",
    "CREATE MACRO sequence(a, b, step) AS generate_series(a, b, step)",
    "CREATE MACRO explode(xs) AS unnest(xs)",
)
PREFIX = "bankhall-engine-"
_PARAMETER = re.compile(r":(\w+)")


def query_text(name: str) -> str:
    """The text of `queries/NAME.sql`."""
    return (files("bankhall.data.queries") / f"{name}.sql").read_text("utf-8")


class Engine:
    """A DuckDB of its own. Use it as a context; `run` may be called many times."""

    def __init__(
        self, *, memory_limit: str = "1GB", spill_limit: str = "4GB", threads: int = 2, temp: Path | None = None
    ) -> None:
        self._temp = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=swept(temp)))
        self._connection = _connect(memory_limit, spill_limit, threads, self._temp)

    def run(self, name: str, tables: Tables, **parameters: Value) -> pa.Table:
        """The answer of a named query text over these tables. `:word` in the text is the parameter `word`."""
        return self.run_text(query_text(name), tables, **parameters)

    def run_text(self, text: str, tables: Tables, **parameters: Value) -> pa.Table:
        """The same for a text. Tables that the text does not name are not touched."""
        named = {name: table for name, table in tables.items() if re.search(rf"\b{name}\b", text)}
        for name, table in named.items():
            self._register(name, table)
        used = {word: parameters[word] for word in set(_PARAMETER.findall(text))}
        answer = self._connection.sql(_PARAMETER.sub(r"$\1", text), params=used).to_arrow_table()
        for name in named:
            self._connection.execute(f'DROP VIEW IF EXISTS "{name}"')
        return answer

    def close(self) -> None:
        """Ends the connection and its spill folder."""
        self._connection.close()
        shutil.rmtree(self._temp, ignore_errors=True)

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _register(self, name: str, table: pa.Table | list[str]) -> None:
        if isinstance(table, pa.Table):
            rows = self._connection.from_arrow(table)
        elif table:
            rows = self._whole(name, self._connection.read_parquet(table, hive_partitioning=False, union_by_name=True))
        else:
            rows = self._connection.from_arrow(TABLES[name].empty())
        rows.create_view(name, replace=True)

    def _whole(self, name: str, files: "duckdb.DuckDBPyRelation") -> "duckdb.DuckDBPyRelation":
        """Files from before a column was added to their contract do not have it: it is null there."""
        if name not in TABLES:
            return files
        empty = self._connection.from_arrow(TABLES[name].empty())
        wanted = zip(empty.columns, empty.types, strict=True)
        missing = [f'NULL::{kind} AS "{column}"' for column, kind in wanted if column not in files.columns]
        return files.project(", ".join(["*", *missing])) if missing else files


def _connect(memory_limit: str, spill_limit: str, threads: int, temp: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory_limit,
            "max_temp_directory_size": spill_limit,
            "temp_directory": str(temp),
            "threads": threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    for macro in MACROS:
        connection.execute(macro)
    return connection


def swept(folder: Path | None) -> Path:
    """The folder of all engines' spill (None = the system's), without what processes left that are no more."""
    place = folder or Path(tempfile.gettempdir())
    place.mkdir(parents=True, exist_ok=True)
    for left in place.glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    return place


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
