"""A state of the lake to read: file lists for the engine, rows for the rest."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bankhall.data.contracts import TABLES
from bankhall.data.lake.manifest import Version


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Immutable: later publishes do not change what it reads."""

    root: Path
    manifest: Version

    @property
    def version(self) -> int:
        """Its number."""
        return self.manifest.number

    @property
    def at(self) -> datetime:
        """When it was published."""
        return self.manifest.at

    @property
    def batch(self) -> str:
        """What published it."""
        return self.manifest.batch

    def names(self) -> tuple[str, ...]:
        """The tables that hold anything."""
        return tuple(sorted(self.manifest.tables))

    def files(self, name: str) -> list[str]:
        """The Parquet files that together are a table; empty when it holds nothing."""
        if name not in self.manifest.tables:
            return []
        from deltalake import DeltaTable

        table = DeltaTable(self.root / "tables" / name, version=self.manifest.tables[name])
        return sorted(uri.removeprefix("file://") for uri in table.file_uris())

    def table(self, name: str, branch_code: str = "", first: date | None = None, last: date | None = None) -> pa.Table:
        """Canonical rows, of one branch and a span of dates when asked."""
        schema = TABLES[name].arrow_schema()
        filters = _filters(branch_code, first, last)
        files = self.files(name)
        if not files:
            return TABLES[name].empty()
        parts = [pq.read_table(path, filters=filters, partitioning=None) for path in files]
        return pa.concat_tables(part.select(schema.names).cast(schema) for part in parts)

    def reference(self, name: str, on: date | None = None) -> pa.Table:
        """The newest dated copy of a reference table, or the one that stood on a date."""
        copies = self.manifest.reference.get(name, [])
        fits = [file for day, file in copies if on is None or day <= on.isoformat()]
        return pq.read_table(self.root / "reference" / fits[-1]) if fits else TABLES[name].empty()


def _filters(branch_code: str, first: date | None, last: date | None) -> pc.Expression | None:
    parts = []
    if branch_code:
        parts.append(pc.field("branch_code") == branch_code)
    if first:
        parts.append(pc.field("business_date") >= first)
    if last:
        parts.append(pc.field("business_date") <= last)
    whole = None
    for part in parts:
        whole = part if whole is None else whole & part
    return whole
