"""Where a question's rows come from: an exchange folder, or one version of the lake. Same tables, same columns."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from bankhall.data.engines.embedded import Engine, Value
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.lake import Lake, Snapshot

DAY_TABLES = ("visits", "steps", "arrival_counts", "window_sessions", "attendance")
ZONE = "Asia/Shanghai"


class Source(Protocol):
    """Tables by name, ready for the engine. `steps` carries the branch and date of its visit."""

    def tables(self) -> Mapping[str, pa.Table | list[str]]:
        """What happened, and the reference tables that queries read (nodes, windows)."""


def ask(source: Source, query: str, extra: Mapping[str, pa.Table] | None = None, **parameters: Value) -> pa.Table:
    """A named query of a source, with further tables and parameters."""
    with Engine() as engine:
        return engine.run(query, {**source.tables(), **(extra or {})}, **parameters)


class FolderSource:
    """An exchange folder, read strictly once and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = ExchangeFolder(folder)

    @cached_property
    def _tables(self) -> dict[str, pa.Table]:
        found = {name: self._folder.table(name) for name in (*DAY_TABLES, "nodes", "windows")}
        with Engine() as engine:
            steps = engine.run("steps_of_days", {"bare_steps": found["steps"], "visits": found["visits"]})
        return found | {"steps": steps}

    def tables(self) -> Mapping[str, pa.Table | list[str]]:
        """Arrow tables."""
        return self._tables


class LakeSource:
    """One version of the lake: Parquet files, and dated copies of reference tables."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def _tables(self) -> dict[str, pa.Table | list[str]]:
        days: dict[str, pa.Table | list[str]] = {name: self._files(name) for name in DAY_TABLES}
        return days | {name: self._snapshot.reference(name) for name in ("nodes", "windows")}

    def tables(self) -> Mapping[str, pa.Table | list[str]]:
        """Lists of files; reference tables as Arrow."""
        return self._tables

    def _files(self, name: str) -> pa.Table | list[str]:
        return self._snapshot.files(name) or self._snapshot.placed(name)


def folder_source(folder: Path) -> Source:
    """The records of an exchange folder."""
    return FolderSource(folder)


def lake_source(lake: Lake, *, version: int | None = None, as_of: datetime | None = None) -> Source:
    """The records of the lake as they are, as of a version, or as of an instant."""
    return LakeSource(lake.snapshot(version=version, as_of=as_of))
