"""From files to the cells of tables: which file is which table, and what the mapping makes of its columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.exchange.neutral import looks_like_formula, restored
from bankhall.data.exchange.parsing import flags
from bankhall.data.exchange.raw import RawTable, Rows
from bankhall.data.exchange.reading import Layout, ending_of, read_raw, stem_of
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.account import Note
from bankhall.data.importing.mapping import FileMapping, TableMapping, Unpivot
from bankhall.data.importing.sources import Found, Sheet, find
from bankhall.data.importing.verdict import Reason
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import format_minutes

REJECTED = "rejected_"  # columns of a file of rejections that are not the original's
MENDED = "rejections"


Bad = Mapping[Reason, Flags]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The rows that one file offers one table: text (or typed) cells under the contract's names.

    `places` gives each row's place in the file, so that rows of two tables made from one row share their fate.
    """

    table: str
    raw: RawTable
    cells: pa.Table
    places: Rows
    bad: Bad = field(default_factory=dict)
    first: bool = True  # broken rows are counted once a file
    alone: bool = False  # its rows do not share the fate of other tables' rows
    notes: tuple[Note, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)  # the file's column behind each of the contract's


def find_files(paths: Iterable[Path], mapping: FileMapping | None) -> tuple[tuple[Path, str], ...]:
    """Files with their table ("" with a mapping, or for mended rejections). Folders are looked through."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            raise BadInput("file_not_found", file=str(path))
        found += _in_folder(path, mapping) if path.is_dir() else [(path, _table_of(path, mapping))]
    if not found:
        raise BadInput("nothing_to_import", paths=" ".join(str(path) for path in paths))
    return tuple(found)


def _in_folder(folder: Path, mapping: FileMapping | None) -> list[tuple[Path, str]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and ending_of(path) and not _passing(path))
    if mapping:
        return [(path, "") for path in files if not mapping.files or re.search(mapping.files, path.as_posix())]
    if folder.name in TABLES:
        return [(path, folder.name) for path in files if path.parent == folder]
    own = [(path, stem_of(path)) for path in files if path.parent == folder and stem_of(path) in TABLES]
    inner = [(path, path.parent.name) for path in files if path.parent.parent == folder and path.parent.name in TABLES]
    order = list(TABLES)
    return sorted(own + inner, key=lambda item: (order.index(item[1]), item[0]))


def _passing(path: Path) -> bool:
    """Hidden files, and those that a spreadsheet lays beside the one that it has open."""
    return path.name.startswith((".", "~$"))


def _table_of(path: Path, mapping: FileMapping | None) -> str:
    if mapping or stem_of(path).startswith(MENDED):
        return ""
    for name in (stem_of(path), path.parent.name):
        if name in TABLES:
            return name
    raise BadInput("file_of_no_table", file=str(path))


def candidates(path: Path, table: str, mapping: FileMapping | None, site_key: bytes) -> tuple[Candidate, ...]:
    """What a file offers. Raises BadInput when the file or its columns cannot be used at all."""
    mended = stem_of(path).startswith(MENDED)
    read = read_raw(path, Layout() if mended or mapping is None else mapping.layout)
    raw, bad = _restored(read, mended=mended)
    if mapping is not None:
        sheet = Sheet(str(path), raw.table, _names(raw), mapping.files, site_key)
        made = [_mapped(raw, sheet, wanted, bad) for wanted in mapping.tables]
        notes = (*made[0].notes, *_unlike(raw, mapping))
        return (replace(made[0], notes=notes), *(replace(one, first=False) for one in made[1:]))
    if mended:
        return _by_rejected_table(raw, bad)
    return (_plain(raw, table, np.arange(raw.table.num_rows, dtype=np.int64), bad),)


def _restored(raw: RawTable, *, mended: bool) -> tuple[RawTable, Bad]:
    """Text without its marks, and the rows that hold a formula (mended ones: that still hold it) or nothing."""
    if not raw.marked:
        return raw, {}
    texts = [restored(column) for column in raw.table.columns]
    table = pa.table(texts, names=raw.table.column_names)
    own = [name for name in table.column_names if not name.startswith(REJECTED)]
    bad = {Reason("formula", name): flags(looks_like_formula((table if mended else raw.table)[name])) for name in own}
    if mended:
        bad[Reason("not_mended")] = np.all([flags(pc.is_null(table[name])) for name in own], axis=0)
    return replace(raw, table=table), {reason: mask for reason, mask in bad.items() if mask.any()}


def _names(raw: RawTable) -> pa.ChunkedArray:
    """The file's name for each row; mended rows keep the name of the file that they came from."""
    if f"{REJECTED}file" in raw.table.column_names:
        return raw.table.column(f"{REJECTED}file")
    name = pa.array([Path(raw.file).as_posix()], pa.string())
    return pa.chunked_array([name.take(pa.array(np.zeros(raw.table.num_rows, np.int64)))])


def _plain(raw: RawTable, name: str, places: Rows, bad: Bad) -> Candidate:
    contract = TABLES[name]
    there = [column for column in contract.names if column in raw.table.column_names]
    missing = [c.name for c in contract.columns if c.required and c.name not in there]
    if missing:
        raise BadInput("column_missing", file=raw.file, table=name, column=missing[0])
    cells = raw.table.select(there)
    if len(places) < raw.table.num_rows:
        cells = cells.take(pa.array(places))
    masks = {reason: mask[places] for reason, mask in bad.items()}
    extra = [c for c in raw.table.column_names if c not in contract.names and not c.startswith(REJECTED)]
    notes = tuple(Note("unknown_column", {"table": name, "column": column, "files": 1}) for column in extra)
    return Candidate(name, raw, cells, places, masks, notes=notes)


def _by_rejected_table(raw: RawTable, bad: Bad) -> tuple[Candidate, ...]:
    if f"{REJECTED}table" not in raw.table.column_names:
        raise BadInput("column_missing", file=raw.file, column=f"{REJECTED}table")
    tables = np.asarray(raw.table[f"{REJECTED}table"].to_pylist(), dtype=object)
    unknown = sorted({str(name) for name in tables} - set(TABLES))
    if unknown:
        raise BadInput("table_unknown", file=raw.file, table=unknown[0], tables=" ".join(TABLES))
    made = [_plain(raw, name, np.flatnonzero(tables == name).astype(np.int64), bad) for name in sorted(set(tables))]
    return tuple(replace(one, first=place == 0) for place, one in enumerate(made))


def _mapped(raw: RawTable, sheet: Sheet, wanted: TableMapping, bad: Bad) -> Candidate:
    skipped = sheet.matching(wanted.skip_when) if wanted.skip_when else np.zeros(sheet.rows, dtype=np.bool_)
    found = {column: find(sheet, source) for column, source in wanted.columns.items()}
    failed = dict(bad)
    for column, one in found.items():
        failed |= {Reason(rule, column): mask for rule, mask in one.bad.items() if mask.any()}
    cells = pa.table({column: one.cells for column, one in found.items()})
    places = np.flatnonzero(~skipped).astype(np.int64)
    if wanted.unpivot:
        cells, places = unpivoted(sheet, cells, wanted.unpivot)
    elif skipped.any():
        cells = cells.take(pa.array(places))
    if wanted.distinct:
        cells, places = _first_of_each(wanted.name, cells, places)
    masks = {reason: mask[places] for reason, mask in failed.items()}
    return Candidate(
        wanted.name,
        raw,
        cells,
        places,
        masks,
        alone=wanted.distinct,
        notes=_notes(wanted, skipped, found, sheet),
        origins={column: names[0] for column, source in wanted.columns.items() if (names := source.named_columns())},
    )


def _notes(wanted: TableMapping, skipped: Flags, found: Mapping[str, Found], sheet: Sheet) -> tuple[Note, ...]:
    notes = [
        Note("placeholder_value", {"table": wanted.name, "column": name, "value": one.placeholder,
                                   "rows": one.placeholder_rows, "of": len(one.cells)})
        for name, one in found.items() if one.placeholder
    ]  # fmt: skip
    if any(source.hashed for source in wanted.columns.values()) and not sheet.site_key:
        notes.append(Note("customer_key_left_out", {"rows": sheet.rows}))
    rows = int(skipped.sum())
    return (*notes, Note("made_no_row", {"table": wanted.name, "rows": rows})) if rows else tuple(notes)


def _unlike(raw: RawTable, mapping: FileMapping) -> tuple[Note, ...]:
    """Columns of the file that the mapping does not use, and those that it would have used: perhaps renamed."""
    named = mapping.named_columns()
    here = [name for name in raw.table.column_names if not name.startswith(REJECTED)]
    unused = [Note("unknown_column", {"table": "", "column": c, "files": 1}) for c in here if c not in named]
    absent = [Note("optional_column_missing", {"column": c, "files": 1}) for c in named if c not in here]
    return (*unused, *absent)


def _first_of_each(name: str, cells: pa.Table, places: Rows) -> tuple[pa.Table, Rows]:
    """One row a key, the first; rows without a whole key make none (a call without a server names nobody)."""
    key = [column for column in TABLES[name].key if column in cells.column_names]
    joined = pc.binary_join_element_wise(*[cells[column] for column in key], "\x1f").combine_chunks()
    codes = joined.dictionary_encode().indices
    present = np.flatnonzero(np.asarray(pc.is_valid(codes)))
    _, first = np.unique(np.asarray(codes.drop_null()), return_index=True)
    chosen = np.sort(present[first])
    return cells.take(pa.array(chosen)), places[chosen]


def unpivoted(sheet: Sheet, cells: pa.Table, unpivot: Unpivot) -> tuple[pa.Table, Rows]:
    """A row with one column a slot becomes rows with `slot_start`, `minutes` and `count`; empty counts make none."""
    counts = np.array([sheet.column(str(n + 1)).to_pylist() for n in range(unpivot.until)], dtype=object).T
    row, slot = np.nonzero(counts != None)  # noqa: E711 - elementwise
    starts = np.array([format_minutes(n * unpivot.minutes) for n in range(unpivot.until)], dtype=object)
    wide = cells.take(pa.array(row))
    texts = {"slot_start": starts[slot], "minutes": np.full(len(row), str(unpivot.minutes), dtype=object),
             "count": counts[row, slot]}  # fmt: skip
    for name, values in texts.items():
        wide = wide.append_column(name, pa.array(values, pa.string()))
    return wide, row.astype(np.int64)


def brought(mapping: FileMapping) -> tuple[Candidate, ...]:
    """The reference rows that a mapping itself brings."""
    made = []
    for name, rows in mapping.rows.items():
        columns = sorted({column for row in rows for column in row})
        table = pa.table({c: pa.array([row.get(c) or None for row in rows], pa.string()) for c in columns})
        raw = RawTable(f"{mapping.code}.toml", table, np.arange(1, len(rows) + 1, dtype=np.int64))
        made.append(_plain(raw, name, raw.rows - 1, {}))
    return tuple(made)
