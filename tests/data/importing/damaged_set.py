"""Imports each damaged file and says what became of it: refused whole, or taken in part, and whether anything lied."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from bankhall.data.importing import PreparedImport, load_mapping, prepare
from bankhall.kernel.errors import BadInput
from tests.data.importing.damage import ROWS, Sheet, damaged, good, plan_of_damages
from tests.data.importing.exports import KNOWN

KEY = b"a site's key"
Content = dict[str, tuple[object, ...]]


@dataclass(frozen=True)
class Outcome:
    """What one damaged file did. The two last lists must be empty."""

    kinds: tuple[str, ...]
    form: str
    refused: str
    taken: int
    rejected: int
    duplicate: int
    lost: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def outcomes(folder: Path) -> list[Outcome]:
    """All 300."""
    rights = {form: _contents(_import(good(form).write(folder))) for form in ("visits.csv", "machine.csv")}
    return [_outcome(kinds, form, seed, folder, rights) for kinds, form, seed in plan_of_damages()]


def _import(path: Path) -> PreparedImport:
    mapping = load_mapping("queue_machine") if path.name.startswith("B") or "_2026" in path.name else None
    return prepare([path], mapping, KNOWN, site_key=KEY)


def _outcome(kinds: tuple[str, ...], form: str, seed: int, folder: Path, rights: dict[str, Content]) -> Outcome:
    sheet = damaged(kinds, form, np.random.default_rng(seed))
    path = sheet.write(folder)
    try:
        prepared = _import(path)
    except BadInput as error:
        return Outcome(kinds, form, error.code, 0, 0, 0)
    finally:
        path.unlink()
    right = rights["machine.csv" if sheet.machine else "visits.csv"]
    return _judged(sheet, prepared, right, kinds, form)


def _judged(sheet: Sheet, prepared: PreparedImport, right: Content, kinds: tuple[str, ...], form: str) -> Outcome:
    found = _contents(prepared)
    keys = list(right)
    untouched = [] if sheet.whole else [keys[n] for n in range(ROWS) if n not in sheet.touched]
    lost = tuple(key for key in untouched if found.get(key) != right[key])
    changed = tuple(key for key, content in found.items() if right.get(key) != content and not _said(prepared, key))
    account = prepared.accounts["visits"]
    return Outcome(kinds, form, "", account.taken, account.rejected, account.duplicate, lost, changed)


def _said(prepared: PreparedImport, key: str) -> bool:
    """Whether a changed row is one that a note speaks of: the cut last line, or a column that was renamed."""
    codes = {note.code for note in prepared.notes}
    if codes & {"unknown_column", "optional_column_missing"}:
        return True
    last = prepared.tables["visits"]["visit_id"].to_pylist()[-1]
    return "last_line_unterminated" in codes and key == last


def _contents(prepared: PreparedImport) -> Content:
    """Every visit with its step, by visit."""
    found: Content = {row["visit_id"]: tuple(row.values()) for row in prepared.tables["visits"].to_pylist()}
    steps: pa.Table | None = prepared.tables.get("steps")
    for row in steps.to_pylist() if steps is not None else ():
        found[row["visit_id"]] += tuple(row.values())
    return found


def summary(found: list[Outcome]) -> list[tuple[str, int, int, int, int, int]]:
    """By kind: files, refused whole, rows taken, rejected, duplicate."""
    kinds = Counter(_kind(outcome) for outcome in found)
    return [
        (
            kind,
            kinds[kind],
            sum(bool(o.refused) for o in found if _kind(o) == kind),
            sum(o.taken for o in found if _kind(o) == kind),
            sum(o.rejected for o in found if _kind(o) == kind),
            sum(o.duplicate for o in found if _kind(o) == kind),
        )
        for kind in kinds
    ]


def _kind(outcome: Outcome) -> str:
    return outcome.kinds[0] if len(outcome.kinds) == 1 else "mixed"
