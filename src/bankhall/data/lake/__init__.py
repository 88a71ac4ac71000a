"""The history: Delta tables of Parquet files, and one manifest that says which versions belong together."""

from bankhall.data.lake.lake import Lake, Published
from bankhall.data.lake.manifest import Version
from bankhall.data.lake.snapshot import Snapshot

__all__ = ["Lake", "Published", "Snapshot", "Version"]
