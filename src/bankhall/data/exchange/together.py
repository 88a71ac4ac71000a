"""Several files of a folder replaced as one: after a kill at any moment the folder is exactly the old or the new state.

New files are written beside the old ones; then a small list of what is to be moved is put down, whole; from then on the
new state holds, and whoever opens the folder next finishes the moves.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

LIST = ".moves.json"
_PART = ".part"


def replace_together(folder: Path, files: Mapping[str, Callable[[Path], None]], remove: Iterable[str] = ()) -> None:
    """Writes each file (name within the folder, function that writes to a path) and removes others, all or none."""
    finish_moves(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in files.items():
        _durably(_beside(folder, name), write)
    moves = {"move": list(files), "remove": [name for name in remove if name not in files]}
    listed = folder / f"{LIST}{_PART}"
    _durably(listed, lambda path: _text(path, json.dumps(moves)))
    listed.replace(folder / LIST)
    finish_moves(folder)


def finish_moves(folder: Path) -> None:
    """Completes what a process that was killed had decided; does nothing when there is nothing to do."""
    listed = folder / LIST
    if not listed.is_file():
        return
    moves = json.loads(listed.read_text("utf-8"))
    for name in moves["move"]:
        part = _beside(folder, name)
        if part.is_file():
            part.replace(folder / name)
    for name in moves["remove"]:
        (folder / name).unlink(missing_ok=True)
    listed.unlink()


def _beside(folder: Path, name: str) -> Path:
    place = folder / name
    # The ending stays last: writers choose by it.
    return place.with_name(f".new.{place.name}")


def _durably(path: Path, write: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path)
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
