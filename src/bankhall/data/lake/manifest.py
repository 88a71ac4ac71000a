"""Which Delta versions belong together: a numbered manifest, written last, is what readers believe.

A publish of several tables is several Delta commits. Whoever is killed between them leaves the old manifest in force;
the next writer puts the tables back to it before it goes on.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bankhall.kernel.errors import NotFound

FOLDER = "manifests"


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the lake. `tables` are Delta versions by name; `reference` the newest dated copies by name."""

    number: int = 0
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    batch: str = ""
    tables: dict[str, int] = field(default_factory=dict)
    reference: dict[str, list[list[str]]] = field(default_factory=dict)


def write_manifest(root: Path, version: Version) -> None:
    """Durable before it is believed: written beside, synced, then named."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{version.number:08d}.json"
    plain = {
        "number": version.number,
        "at": version.at.isoformat(),
        "batch": version.batch,
        "tables": version.tables,
        "reference": version.reference,
    }
    with beside.open("w", encoding="utf-8") as file:
        json.dump(plain, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / f"{version.number:08d}.json")


def read_manifests(root: Path) -> tuple[Version, ...]:
    """Every state that can still be read, oldest first."""
    return tuple(_read(path) for path in sorted((root / FOLDER).glob("[0-9]*.json")))


def find_manifest(root: Path, *, number: int | None = None, as_of: datetime | None = None) -> Version:
    """The newest state, that of a number, or the newest that stood at an instant."""
    paths = sorted((root / FOLDER).glob("[0-9]*.json"))
    if number is None and as_of is None:
        return _read(paths[-1]) if paths else Version()
    fits = [v for v in map(_read, paths) if (number is None or v.number == number) and (as_of is None or v.at <= as_of)]
    if not fits:
        raise NotFound("lake_version_gone", version=str(number or as_of))
    return fits[-1]


def _read(path: Path) -> Version:
    plain = json.loads(path.read_text(encoding="utf-8"))
    return Version(
        plain["number"], datetime.fromisoformat(plain["at"]), plain["batch"], plain["tables"], plain["reference"]
    )
