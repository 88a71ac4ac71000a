"""Publishing: each touched branch-day is written anew, merged by key; the same again changes nothing.

Delta tables partitioned by month, sorted by branch and time, zstd. A publish of several tables is believed when its
manifest is written (see `manifest`).
"""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bankhall.data.contracts import TABLES
from bankhall.data.lake.lock import writing
from bankhall.data.lake.manifest import FOLDER, Version, find_manifest, read_manifests, write_manifest
from bankhall.data.lake.merging import MONTH, PLACE, Touched, merged, placed, touched
from bankhall.data.lake.snapshot import Snapshot

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Published:
    """The state after a publish, and the rows written of each table that changed."""

    version: int
    changed: dict[str, int]


class Lake:
    """Facts and answers by branch-day, and dated copies of reference tables, under one folder."""

    def __init__(self, root: Path, *, wait_seconds: float = 60.0) -> None:
        self.root = root
        self.wait_seconds = wait_seconds

    def snapshot(self, version: int | None = None, as_of: datetime | None = None) -> Snapshot:
        """The newest state, that of a version, or the one that stood at an instant."""
        return Snapshot(self.root, find_manifest(self.root, number=version, as_of=as_of))

    def versions(self) -> tuple[Version, ...]:
        """Every state that can still be read, oldest first."""
        return read_manifests(self.root)

    def files(self, name: str, version: int | None = None) -> list[str]:
        """The Parquet files of a table."""
        return self.snapshot(version).files(name)

    def publish(
        self, tables: Tables, *, complete_days: bool = False, batch: str = "", at: datetime | None = None
    ) -> Published:
        """Merges rows into their branch-days. `complete_days`: rows of those days that are not handed in are gone."""
        with writing(self.root, wait_seconds=self.wait_seconds):
            now = self._put_back()
            days = self._days_of_steps(tables)
            changed: dict[str, int] = {}
            versions = dict(now.tables)
            for name, rows in tables.items():
                if rows.num_rows:
                    ready = placed(name, rows, days)
                    written = self._write(name, ready, name in now.tables, complete_days=complete_days)
                    if written is not None:
                        versions[name], changed[name] = written
            return self._conclude(now, replace(now, tables=versions), changed, batch, at)

    def publish_reference(self, tables: Tables, *, on: date, batch: str = "", at: datetime | None = None) -> Published:
        """Keeps a dated copy of each reference table that differs from the newest one."""
        with writing(self.root, wait_seconds=self.wait_seconds):
            now = self._put_back()
            copies = {name: list(told) for name, told in now.reference.items()}
            changed = {}
            for name, rows in tables.items():
                if not self._newest_equals(now, name, rows):
                    copies.setdefault(name, []).append([on.isoformat(), self._copy(name, rows, on)])
                    changed[name] = rows.num_rows
            return self._conclude(now, replace(now, reference=copies), changed, batch, at)

    def compact(self) -> Published:
        """Joins small files; readers of older states keep theirs."""
        with writing(self.root, wait_seconds=self.wait_seconds):
            now = self._put_back()
            versions = {}
            for name in now.tables:
                table = self._open(name)
                table.optimize.compact()
                versions[name] = table.version()
            return self._conclude(now, replace(now, tables=versions), {}, "compact", None)

    def vacuum(self, *, keep_days: int = 90) -> int:
        """Removes files that no state of the last `keep_days` reads, and the manifests before that; how many files."""
        with writing(self.root, wait_seconds=self.wait_seconds):
            now = self._put_back()
            self._forget_manifests(now, keep_days)
            gone = [
                self._open(name).vacuum(keep_days * 24, dry_run=False, enforce_retention_duration=False)
                for name in now.tables
            ]
        return sum(len(files) for files in gone)

    def _forget_manifests(self, now: Version, keep_days: int) -> None:
        for version in self.versions():
            age = (datetime.now(UTC) - version.at).days
            if version.number != now.number and age >= keep_days:
                (self.root / FOLDER / f"{version.number:08d}.json").unlink()

    def _open(self, name: str, version: int | None = None) -> Any:
        from deltalake import DeltaTable

        return DeltaTable(self.root / "tables" / name, version=version)

    def _put_back(self) -> Version:
        """The state in force; tables that a killed writer left ahead of it are put back."""
        now = find_manifest(self.root)
        folder = self.root / "tables"
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in now.tables:
                shutil.rmtree(path)
            elif self._open(path.name).version() != now.tables[path.name]:
                self._open(path.name).restore(now.tables[path.name])
        return now

    def _days_of_steps(self, tables: Tables) -> pa.Table | None:
        if "steps" not in tables:
            return None
        columns = ["visit_id", *PLACE]
        handed = [tables["visits"].select(columns)] if "visits" in tables else []
        standing = self.snapshot().table("visits").select(columns)
        return (
            pa.concat_tables([*handed, standing])
            .group_by("visit_id")
            .aggregate([(column, "min") for column in PLACE])
            .rename_columns(columns)
        )

    def _write(self, name: str, rows: pa.Table, known: bool, *, complete_days: bool) -> tuple[int, int] | None:
        box = touched(rows)
        standing = self._standing(name, box, rows.schema) if known else rows.schema.empty_table()
        after = merged(name, standing, rows, complete_days=complete_days)
        if after.equals(merged(name, rows.schema.empty_table(), standing, complete_days=False)):
            return None
        from deltalake import WriterProperties, write_deltalake

        place = self.root / "tables" / name
        properties = WriterProperties(compression="ZSTD")
        if standing.num_rows == 0:
            write_deltalake(place, after, mode="append", partition_by=[MONTH], writer_properties=properties)
        else:
            write_deltalake(place, after, mode="overwrite", predicate=box.predicate(), writer_properties=properties)
        return self._open(name).version(), after.num_rows

    def _standing(self, name: str, box: Touched, schema: pa.Schema) -> pa.Table:
        import pyarrow.compute as pc

        inside = (
            pc.field("branch_code").isin(list(box.branches))
            & (pc.field("business_date") >= box.first)
            & (pc.field("business_date") <= box.last)
        )
        parts = [
            pq.read_table(path, filters=inside, partitioning=None)
            for path in self.files_now(name)
            if any(f"month={month}" in path for month in box.months)
        ]
        if not parts:
            return schema.empty_table()
        return placed("", pa.concat_tables(parts), None).select(schema.names).cast(schema)

    def files_now(self, name: str) -> list[str]:
        """The files of the table as it stands for a writer that holds the lock."""
        return sorted(uri.removeprefix("file://") for uri in self._open(name).file_uris())

    def _newest_equals(self, now: Version, name: str, rows: pa.Table) -> bool:
        return name in now.reference and Snapshot(self.root, now).reference(name).equals(rows)

    def _copy(self, name: str, rows: pa.Table, on: date) -> str:
        folder = self.root / "reference"
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{name}.parquet"
        pq.write_table(rows.cast(TABLES[name].arrow_schema()), beside, compression="zstd")
        digest = hashlib.sha256(beside.read_bytes()).hexdigest()[:12]
        final = folder / f"{name}-{on.isoformat()}-{digest}.parquet"
        beside.replace(final)
        return final.name

    def _conclude(
        self, before: Version, after: Version, changed: dict[str, int], batch: str, at: datetime | None
    ) -> Published:
        if after == before:
            return Published(before.number, {})
        number = before.number + 1
        write_manifest(self.root, replace(after, number=number, batch=batch, at=at or datetime.now(UTC)))
        return Published(number, changed)
