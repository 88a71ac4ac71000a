"""Rejected rows: with reason and original text, to a CSV that can be mended and imported again."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from bankhall.data.exchange.parsing import as_text
from bankhall.data.exchange.writing import csv_bytes, replace_file
from bankhall.data.importing.account import Fact, Rejection
from bankhall.data.importing.batch import Batch
from bankhall.data.importing.intake import REJECTED
from bankhall.data.importing.verdict import Reason

_BOM = b"\xef\xbb\xbf"  # so that a spreadsheet opens it as UTF-8
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127)}


def rejections_of(batches: Mapping[str, Batch]) -> tuple[Rejection, ...]:
    """One rejection for each refused row of a file (rows of other tables made from it go with it)."""
    found: dict[tuple[str, int], Rejection] = {}
    for batch in batches.values():
        for rejection in (*_broken(batch), *_refused(batch)):
            found.setdefault((rejection.file, rejection.row), rejection)
    return tuple(found[place] for place in sorted(found))


def _broken(batch: Batch) -> list[Rejection]:
    name = batch.contract.name
    return [
        Rejection(name, candidate.raw.file, row.row, row.rule, row.facts, row.text)
        for candidate in batch.candidates if candidate.first
        for row in candidate.raw.broken
    ]  # fmt: skip


def _refused(batch: Batch) -> list[Rejection]:
    made = []
    for index, candidate in enumerate(batch.candidates):
        rows = np.flatnonzero((batch.candidate == index) & ~batch.verdict.good)
        reasons = [(row, batch.verdict.reason(int(row))) for row in rows]
        own = [(row, reason) for row, reason in reasons if reason.rule != "part_of_rejected_row"]
        places = batch.place[[row for row, _ in own]] if own else np.array([], dtype=np.int64)
        originals = _originals(candidate.raw.table, places)
        numbers = candidate.raw.rows[places]
        made += [
            Rejection(batch.contract.name, candidate.raw.file, int(number), reason.rule,
                      _facts(batch, reason, original, candidate.origins),
                      original.pop(f"{REJECTED}text", ""), _own(original))
            for (_, reason), number, original in zip(own, numbers, originals, strict=True)
        ]  # fmt: skip
    return made


def _originals(table: pa.Table, places: np.ndarray) -> list[dict[str, str]]:
    chosen = table.take(pa.array(places))
    texts = [as_text(column).to_pylist() for column in chosen.columns]
    return [
        {name: text or "" for name, text in zip(table.column_names, row, strict=True)}
        for row in zip(*texts, strict=True)
    ]


def _own(original: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in original.items() if not name.startswith(REJECTED)}


def _facts(batch: Batch, reason: Reason, original: Mapping[str, str], origins: Mapping[str, str]) -> dict[str, Fact]:
    """The column by its name in the contract and (where another) in the file, and the text that stood there."""
    facts: dict[str, Fact] = {}
    if reason.column:
        facts["column"] = reason.column
    source = origins.get(reason.column, reason.column)
    if source in original:
        facts["value"] = original[source]
    if source != reason.column:
        facts["source_column"] = source
    if reason.rule == "unknown_reference":
        facts["refers_to"] = batch.contract.column(reason.column).refers_to
    return facts


def rejections_csv(rejections: Sequence[Rejection]) -> bytes:
    """The rejected rows as CSV: what was wrong in columns `rejected_…`, then the original's own columns."""
    names = list(dict.fromkeys(name for rejection in rejections for name in rejection.cells))
    columns: dict[str, list[str]] = {
        f"{REJECTED}table": [r.table for r in rejections],
        f"{REJECTED}file": _names([Path(r.file) for r in rejections]),
        f"{REJECTED}row": [str(r.row) for r in rejections],
        f"{REJECTED}rule": [r.rule for r in rejections],
        f"{REJECTED}facts": [json.dumps(dict(r.facts), ensure_ascii=False, sort_keys=True) for r in rejections],
        f"{REJECTED}text": [r.text for r in rejections],
    } | {name: [r.cells.get(name, "") for r in rejections] for name in names}
    return _BOM + csv_bytes(pa.table({name: _texts(values) for name, values in columns.items()}))


def _names(files: Sequence[Path]) -> list[str]:
    """Where the rows stood, from the last folder on that holds all of the files: a mapping may read the folder's name,
    the rest of the path is the server's own business."""
    folder = Path(os.path.commonpath([file.parent for file in files])).parent if files else Path()
    return [file.relative_to(folder).as_posix() for file in files]


def _texts(values: Iterable[str]) -> pa.Array:
    # Control characters would break the row again; they are shown, not kept.
    return pa.array([value.translate(_CONTROLS) or None for value in values], pa.string())


def write_rejections(path: Path, rejections: Sequence[Rejection]) -> None:
    """Writes `rejections.csv`; without any rejection an old one goes, so that it is not mended twice."""
    if rejections:
        content = rejections_csv(rejections)
        replace_file(path, lambda beside: _write(beside, content))
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
