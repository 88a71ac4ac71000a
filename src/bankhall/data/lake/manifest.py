"""Which Delta versions belong together: one small file a publish, written last and whole.

A reader takes the newest manifest and the table versions in it. A publish that dies before its manifest stands has
changed nothing that anybody can see.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bankhall.data.lake.merging import Counts
from bankhall.kernel.errors import NotFound

FOLDER = "manifests"


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the lake. `tables` are Delta versions by table; 0 is the lake without a table.

    `counts`: of the rows that its batch brought, how many were new and how many changed, by table.
    """

    number: int = 0
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    batch: str = ""
    tables: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)


def newest(root: Path) -> Version:
    """The state that readers see now."""
    numbers = _numbers(root)
    return read(root, numbers[-1]) if numbers else Version()


def read(root: Path, number: int) -> Version:
    """One state by its number. Raises NotFound when it was never there or is swept."""
    if number == 0:
        return Version()
    try:
        said = json.loads(_path(root, number).read_text("utf-8"))
    except FileNotFoundError as error:
        raise NotFound("lake_version_not_found", version=number) from error
    counts = {name: Counts(**count) for name, count in said.get("counts", {}).items()}
    return Version(said["number"], datetime.fromisoformat(said["at"]), said["batch"], said["tables"], counts)


def all_versions(root: Path) -> tuple[Version, ...]:
    """Every state that can still be read, oldest first."""
    return tuple(read(root, number) for number in _numbers(root))


def by_batch(root: Path, batch: str, since: datetime) -> Version | None:
    """The newest state that a batch has made since an instant, if it has made one."""
    for number in reversed(_numbers(root)):
        version = read(root, number)
        if version.batch == batch:
            return version
        if version.at < since:
            return None
    return None


def as_of(root: Path, when: datetime) -> Version:
    """The last state at or before an instant. Raises NotFound before the first."""
    known = [version for version in all_versions(root) if version.at <= when]
    if not known:
        raise NotFound("lake_version_not_found", as_of=when.isoformat())
    return known[-1]


def write(root: Path, version: Version) -> None:
    """Makes a state visible: written beside, flushed, then named; the name must be new."""
    path = _path(root, version.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(asdict(version) | {"at": version.at.isoformat()}, stream, sort_keys=True)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        path.hardlink_to(beside)
    finally:
        beside.unlink()
    _flush(path.parent)


def forget(root: Path, before: datetime) -> int:
    """Removes the states that were over before an instant; the one that stood then stays. Returns how many."""
    over = [version for version in all_versions(root) if version.at < before][:-1]
    for version in over:
        _path(root, version.number).unlink()
    return len(over)


def _numbers(root: Path) -> list[int]:
    folder = root / FOLDER
    return sorted(int(path.stem) for path in folder.glob("*.json")) if folder.is_dir() else []


def _path(root: Path, number: int) -> Path:
    return root / FOLDER / f"{number:012d}.json"


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
