"""The text of one column from the cells of a file, as the mapping says."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.exchange.parsing import as_text, flags
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.formats import nothing, to_iso
from bankhall.data.importing.mapping import Conditions, Source
from bankhall.kernel.errors import BadInput

ENOUGH_ROWS = 200
PLACEHOLDER_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """A column's cells, and the rows that a value map or a format does not know, by rule."""

    cells: pa.ChunkedArray
    bad: Mapping[str, Flags]
    placeholder: str = ""
    placeholder_rows: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one file as a mapping sees them; `names` is the file name of each row."""

    file: str
    table: pa.Table
    names: pa.ChunkedArray
    pattern: str = ""
    site_key: bytes = b""

    @property
    def rows(self) -> int:
        """How many."""
        return int(self.table.num_rows)

    def column(self, name: str, *, optional: bool = False) -> pa.ChunkedArray:
        """A column as text; BadInput when the file has none of this name, unless it is optional."""
        if name in self.table.column_names:
            return as_text(self.table.column(name))
        if optional:
            return pa.chunked_array([pa.nulls(self.rows, pa.string())])
        raise BadInput("column_missing", file=self.file, column=name)

    def matching(self, conditions: Conditions) -> Flags:
        """Rows where every named column holds one of its words; all rows when there is no condition."""
        hits = np.ones(self.rows, dtype=np.bool_)
        for name, words in conditions.items():
            bare = pc.fill_null(pc.utf8_trim_whitespace(self.column(name)), "")
            hits &= flags(pc.is_in(bare, pa.array(words, pa.string())))
        return hits


def find(sheet: Sheet, source: Source) -> Found:
    """Evaluates a source for every row of a sheet."""
    cells, bad = _origin(sheet, source)
    if source.only_if:
        cells = _keep(cells, sheet.matching(source.only_if))
    if source.empty:
        cells = _keep(cells, ~flags(pc.is_in(pc.utf8_trim_whitespace(cells), pa.array(source.empty, pa.string()))))
    if source.formats:
        cells, unread = to_iso(cells, source.formats)
        bad = _merge(bad, {"unreadable": unread})
    if source.values:
        cells, unmapped = _translated(cells, source)
        bad = _merge(bad, {"unmapped_value": unmapped})
    if not source.hashed:
        return Found(cells, bad)
    bare = pc.utf8_trim_whitespace(cells)
    placeholder, rows = _placeholder(bare)
    return Found(_hashed(_without(bare, placeholder), sheet.site_key), bad, placeholder, rows)


def _origin(sheet: Sheet, source: Source) -> tuple[pa.ChunkedArray, Mapping[str, Flags]]:
    if source.column:
        return sheet.column(source.column, optional=source.optional), {}
    if source.file:
        return _from_name(sheet, source.file), {}
    if source.constant:
        return pa.chunked_array([pa.array([source.constant], pa.string()).take(np.zeros(sheet.rows, np.int64))]), {}
    parts = [find(sheet, part) for part in (*source.join, *source.first_of, *source.date_time)]
    bad: Mapping[str, Flags] = {}
    for part in parts:
        bad = _merge(bad, part.bad)
    cells = [part.cells for part in parts]
    if source.first_of:
        return pc.coalesce(*cells), bad
    return pc.binary_join_element_wise(*cells, " " if source.date_time else source.between), bad


def _from_name(sheet: Sheet, group: str) -> pa.ChunkedArray:
    found = pc.extract_regex(sheet.names.combine_chunks(), f"(?:.*/)?{sheet.pattern}")
    try:
        cells = pc.struct_field(found, [group])
    except pa.ArrowException as error:
        raise BadInput("mapping_bad", mapping="files", reason=f"no group {group!r}") from error
    if cells.null_count:
        raise BadInput("file_name_unlike_mapping", file=sheet.file, pattern=sheet.pattern)
    return pa.chunked_array([cells])


def _nothing() -> pa.Scalar:
    # Made when needed: Arrow's first value looks for pandas, which costs a second of start where it is installed.
    return pa.scalar(None, pa.string())


def _keep(cells: pa.ChunkedArray, hits: Flags) -> pa.ChunkedArray:
    return pc.if_else(pa.chunked_array([pa.array(hits)]), cells, _nothing())


def _translated(cells: pa.ChunkedArray, source: Source) -> tuple[pa.ChunkedArray, Flags]:
    bare = pc.utf8_trim_whitespace(cells)
    place = pc.index_in(bare, pa.array(list(source.values), pa.string()))
    known = pa.array(list(source.values.values()), pa.string()).take(place.combine_chunks())
    values = pc.if_else(pc.equal(known, ""), _nothing(), known)
    unmapped = flags(pc.and_(pc.is_valid(cells), pc.is_null(place)))
    if source.otherwise == "keep":
        return pc.if_else(pa.array(unmapped), bare, values), nothing(len(unmapped))
    return pa.chunked_array([values]), nothing(len(unmapped)) if source.otherwise == "empty" else unmapped


def _placeholder(numbers: pa.ChunkedArray) -> tuple[str, int]:
    """A number that so many rows share stands for "not known", not for a person."""
    if len(numbers) < ENOUGH_ROWS or not len(pc.drop_null(numbers)):
        return "", 0
    top = pc.value_counts(pc.drop_null(numbers)).to_pylist()
    most = max(top, key=lambda item: item["counts"])
    return (most["values"], most["counts"]) if most["counts"] > PLACEHOLDER_SHARE * len(numbers) else ("", 0)


def _without(numbers: pa.ChunkedArray, placeholder: str) -> pa.ChunkedArray:
    return pc.if_else(pc.equal(numbers, placeholder), _nothing(), numbers) if placeholder else numbers


def _hashed(bare: pa.ChunkedArray, key: bytes) -> pa.ChunkedArray:
    """A keyed hash of each number; without the site's key nothing is kept."""
    if not key:
        return pa.chunked_array([pa.nulls(len(bare), pa.string())])
    numbers = pc.unique(bare)
    hashes = pa.array([number and _hash(number, key) for number in numbers.to_pylist()], pa.string())
    return pa.chunked_array([hashes.take(pc.index_in(bare, numbers).combine_chunks())])


def _hash(number: str, key: bytes) -> str:
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:32]


def _merge(one: Mapping[str, Flags], other: Mapping[str, Flags]) -> Mapping[str, Flags]:
    merged = dict(one)
    for rule, mask in other.items():
        merged[rule] = merged[rule] | mask if rule in merged else mask
    return merged
