"""Finished answers, kept by key with the hash of their question: an interrupted run goes on where it stopped."""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bankhall import __version__


def question_hash(function: str, question: Any) -> str:
    """The same function, version and question give the same hash."""
    told = json.dumps([function, __version__, question], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def read_kept(folder: Path | None, key: str, digest: str) -> Any | None:
    """The kept answer of this very question, or None."""
    path = folder / f"{_file(key)}.json" if folder else None
    if path is None or not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return kept["answer"] if kept["question"] == digest else None


def keep_answer(folder: Path | None, key: str, digest: str, answer: Any) -> None:
    """Whole or not at all: written beside, then named."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{_file(key)}.json"
    beside.write_text(json.dumps({"question": digest, "answer": answer}, ensure_ascii=False), encoding="utf-8")
    beside.replace(folder / f"{_file(key)}.json")


def forget(folder: Path, *, before: float) -> int:
    """Removes answers that were kept before an instant (seconds since 1970), of folders within too; how many."""
    old = [path for path in folder.rglob("*.json") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def forget_keys(folder: Path, begins: str, ends: str) -> None:
    """Removes the answers whose keys begin and end so."""
    for path in folder.glob(f"{_file(begins)}*{_file(ends)}.json"):
        path.unlink(missing_ok=True)


def _file(key: str) -> str:
    return quote(key, safe="")
