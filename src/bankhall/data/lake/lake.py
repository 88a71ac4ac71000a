"""Publish, read as of, compact, sweep. A publish is one commit a table and one manifest: old or new, never between."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.lake import manifest
from bankhall.data.lake.area import Area
from bankhall.data.lake.delta import base, files_at, open_at, replace_rows, table_path
from bankhall.data.lake.layout import COPIED_ON, KEEP_DAYS, MONTH, Layout, fitted, in_order, layout_of, with_month
from bankhall.data.lake.lock import writing
from bankhall.data.lake.manifest import Version
from bankhall.data.lake.merging import Counts, counted, merge, touched_days
from bankhall.data.lake.moving import Part, parts_of, without
from bankhall.data.lake.snapshot import Snapshot
from bankhall.data.lake.steps import placed_steps

T = TypeVar("T")
TRIES = 3
MANY_FILES = 8


@dataclass(frozen=True, slots=True)
class Published:
    """The state after a publish; the same number as before when nothing was new. Rows written or removed by table,
    and what the rows that came were to the records that stood."""

    version: int
    changed: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)


class Lake:
    """A folder of Delta tables. Many may read; one process writes at a time, the others wait for the lock."""

    def __init__(self, root: Path, *, wait_seconds: float = 60.0) -> None:
        self.root, self._wait = root, wait_seconds

    # -- reading ------------------------------------------------------------------------------------------------

    def snapshot(self, version: int | None = None, as_of: datetime | None = None) -> Snapshot:
        """The state now, of a version, or as of an instant. Raises NotFound for a version that is not there."""
        if version is not None:
            return Snapshot(self.root, manifest.read(self.root, version))
        found = manifest.as_of(self.root, as_of) if as_of is not None else manifest.newest(self.root)
        return Snapshot(self.root, found)

    def files(self, name: str, version: int | None = None) -> list[str]:
        """The Parquet files of a table in a state."""
        return self.snapshot(version=version).files(name)

    def versions(self) -> tuple[Version, ...]:
        """Every state that can still be read, oldest first."""
        return manifest.all_versions(self.root)

    def published_by(self, batch: str, *, since: datetime) -> Version | None:
        """The state that a batch made since an instant; None when it made none, so that nothing of it is to be seen."""
        return manifest.by_batch(self.root, batch, since)

    # -- writing ------------------------------------------------------------------------------------------------

    def publish(
        self,
        tables: Mapping[str, pa.Table],
        *,
        complete_days: bool = False,
        batch: str = "",
        at: datetime | None = None,
    ) -> Published:
        """Facts and results, merged by key into each branch-day that they touch. The same again changes nothing.

        A record that lay on another day of its branch leaves it, and a visit takes its steps along (see `moving`).
        With `complete_days` the branch-days of a table hold nothing but what comes. Steps find their branch and date
        by their visit, which comes with them or is there already: BadInput `step_without_visit` otherwise.
        """
        return self._write(lambda now: self._merged(now, tables, complete_days=complete_days), batch, at)

    def remove(self, name: str, rows: pa.Table, *, batch: str = "", at: datetime | None = None) -> Published:
        """Takes records out of a table, named by their key and their place. Those that do not stand are passed over."""
        return self._write(lambda now: self._without(now, name, rows), batch, at)

    def publish_reference(
        self, tables: Mapping[str, pa.Table], *, on: date, batch: str = "", at: datetime | None = None
    ) -> Published:
        """Copies of reference tables as they stand on a date; a copy equal to the latest is not kept twice."""
        return self._write(lambda now: self._copied(now, tables, on), batch, at)

    def compact(self, *, most_files: int = MANY_FILES) -> int:
        """Writes months with more files than that anew, as one sorted run; returns how many. One commit a table."""
        before = manifest.newest(self.root)
        months = {name: self._crowded(name, version, most_files) for name, version in before.tables.items()}
        wanted = {name: found for name, found in months.items() if found}
        if wanted:
            self._write(lambda now: self._rewritten(now, wanted), "compact", None)
        return sum(len(found) for found in wanted.values())

    def vacuum(self, *, keep_days: int = KEEP_DAYS) -> int:
        """Removes states older than that and the files that only they need; returns the number of files."""
        with writing(self.root, wait_seconds=self._wait):
            now = manifest.newest(self.root)
            manifest.forget(self.root, datetime.now(UTC) - timedelta(days=keep_days))
            swept = {name: self._swept(name, version, keep_days) for name, version in now.tables.items()}
            after = {name: version for name, (version, _) in swept.items()}
            if after != dict(now.tables):  # Delta writes the sweeping itself as commits without rows
                manifest.write(self.root, Version(now.number + 1, datetime.now(UTC), "vacuum", after))
            return sum(files for _, files in swept.values())

    # -- how ----------------------------------------------------------------------------------------------------

    def _swept(self, name: str, version: int, keep_days: int) -> tuple[int, int]:
        """The table's version after the sweep, and how many files went."""
        table = base(self.root, layout_of(name), version)
        before = len(list(table_path(self.root, name).rglob("*.parquet")))
        table.vacuum(retention_hours=24 * keep_days, dry_run=False, enforce_retention_duration=False)
        return int(table.version()), before - len(list(table_path(self.root, name).rglob("*.parquet")))

    def _write(self, make: "Callable[[Version], _Made]", batch: str, at: datetime | None) -> Published:
        with writing(self.root, wait_seconds=self._wait):
            now = manifest.newest(self.root)
            made = _retried(lambda: make(now))
            if not made.versions:
                return Published(now.number, counts=made.counts)
            tables = {**now.tables, **made.versions}
            after = Version(now.number + 1, at or datetime.now(UTC), batch, tables, made.counts)
            manifest.write(self.root, after)
            return Published(after.number, made.changed, made.gone, made.counts)

    def _merged(self, now: Version, tables: Mapping[str, pa.Table], *, complete_days: bool) -> "_Made":
        made, state = _Made(), Snapshot(self.root, now)
        for name, part in parts_of(state, placed_steps(state, tables)).items():
            made.counts[name] = counted(part.layout, part.coming, part.before)
            if part.coming.num_rows or part.leaving.num_rows:
                self._merge_one(now, part, touched_days(part.coming) if complete_days else None, made)
        return made

    def _merge_one(self, now: Version, part: Part, complete: pa.Table | None, made: "_Made") -> None:
        """First the rows that leave other days, month by month, then the days of those that come."""
        layout, coming = part.layout, pa.concat_tables([part.coming, part.following])
        area = Area.of(coming)
        standing = self._standing(now, layout, area)
        merged = merge(layout, without(standing, part.leaving, layout.key), coming, complete=complete)
        if not merged.changed and not merged.gone and not part.leaving.num_rows:
            return
        table = base(self.root, layout, now.tables.get(layout.name))
        for month in sorted(part.leaving[MONTH].unique().to_pylist()):
            leaving = part.leaving.filter(pc.equal(part.leaving[MONTH], month))
            there = Area.of(leaving)
            left = without(self._standing(now, layout, there), leaving, layout.key)
            replace_rows(table, layout, left, there.predicate())
        predicate = area.predicate() if standing.num_rows else None
        gone = merged.gone + without(part.leaving, coming, layout.key).num_rows
        made.add(layout.name, replace_rows(table, layout, merged.rows, predicate), merged.changed, gone)

    def _without(self, now: Version, name: str, rows: pa.Table) -> "_Made":
        made, layout = _Made(), layout_of(name)
        leaving = with_month(layout, rows)
        area = Area.of(leaving)
        standing = self._standing(now, layout, area)
        left = without(standing, leaving, layout.key)
        gone = standing.num_rows - left.num_rows
        if gone:
            table = base(self.root, layout, now.tables.get(name))
            made.add(name, replace_rows(table, layout, left, area.predicate()), 0, gone)
        return made

    def _standing(self, now: Version, layout: Layout, area: Area) -> pa.Table:
        """The rectangle's rows in the state that readers see."""
        import pyarrow.dataset as ds

        if layout.name not in now.tables:
            return layout.schema.empty_table()
        files = files_at(self.root, layout.name, now.tables[layout.name])
        if not files:
            return layout.schema.empty_table()
        rows = ds.dataset(files, schema=layout.schema, partitioning=_partitions(self.root, layout)).to_table(
            filter=area.filter()
        )
        return fitted(rows, layout.schema)

    def _copied(self, now: Version, tables: Mapping[str, pa.Table], on: date) -> "_Made":
        made, state = _Made(), Snapshot(self.root, now)
        for name, table in tables.items():
            layout = layout_of(name)
            plain = layout.schema.remove(layout.schema.get_field_index(COPIED_ON))
            coming = table.select(plain.names).cast(plain)
            if state.copies(name) and _same_rows(state.reference(name, on=on), coming):
                continue
            if not coming.num_rows and not state.copies(name):
                continue
            marked = coming.append_column(COPIED_ON, pa.repeat(pa.scalar(on.isoformat()), coming.num_rows))
            there = base(self.root, layout, now.tables.get(name))
            version = replace_rows(there, layout, marked, f"{COPIED_ON} = '{on.isoformat()}'")
            made.add(name, version, coming.num_rows, 0)
        return made

    def _crowded(self, name: str, version: int, most: int) -> list[str]:
        layout = layout_of(name)
        counts: dict[str, int] = {}
        for file in files_at(self.root, name, version):
            part = file.split(f"{layout.partition}=")[1].split("/")[0]
            counts[part] = counts.get(part, 0) + 1
        return sorted(part for part, many in counts.items() if many > most)

    def _rewritten(self, now: Version, months: Mapping[str, list[str]]) -> "_Made":
        made = _Made()
        for name, parts in months.items():
            layout = layout_of(name)
            table = base(self.root, layout, now.tables[name])
            rows = open_at(self.root, name, now.tables[name]).to_pyarrow_table(
                filters=[(layout.partition, "in", parts)]
            )
            listed = ", ".join(f"'{part}'" for part in parts)
            ordered = in_order(layout, fitted(rows, layout.schema))
            made.add(name, replace_rows(table, layout, ordered, f"{layout.partition} IN ({listed})"), 0, 0)
        return made


class _Made:
    """What a write did so far, by table."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.counts: dict[str, Counts] = {}
        self.changed: dict[str, int] = {}
        self.gone: dict[str, int] = {}

    def add(self, name: str, version: int, changed: int, gone: int) -> None:
        """One table's commit."""
        self.versions[name], self.changed[name], self.gone[name] = version, changed, gone


def _retried(make: Callable[[], T]) -> T:
    """A race lost against a writer outside our lock is run again."""
    from deltalake.exceptions import CommitFailedError

    for _ in range(TRIES - 1):
        try:
            return make()
        except CommitFailedError:
            continue
    return make()


def _partitions(root: Path, layout: Layout) -> object:
    import pyarrow.dataset as ds

    del root
    return ds.partitioning(pa.schema([(layout.partition, pa.string())]), flavor="hive")


def _same_rows(left: pa.Table, right: pa.Table) -> bool:
    keys = [(name, "ascending") for name in left.column_names]
    if left.num_rows != right.num_rows:
        return False
    return bool(left.sort_by(keys).equals(right.sort_by(keys)))
