"""All rows that an import offers one table, parsed: canonical columns, where each row came from, and its verdict."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import Column, Contract
from bankhall.data.exchange.parsing import Parsed, RowZones, as_text, parse
from bankhall.data.exchange.raw import Rows
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.intake import Candidate
from bankhall.data.importing.verdict import Reason, Verdict

MANY = 10_000


class Batch:
    """The rows of one table; `candidate` and `place` say where a row came from."""

    def __init__(self, contract: Contract, candidates: Sequence[Candidate], zones: Sequence[RowZones]) -> None:
        self.contract, self.candidates = contract, candidates
        sizes = [candidate.cells.num_rows for candidate in candidates]
        self.rows = sum(sizes)
        self.verdict = Verdict(self.rows)
        self.candidate: Rows = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
        self.place: Rows = np.concatenate([candidate.places for candidate in candidates])
        self.zones = _joined(zones)
        self._take_over()
        self.columns = {column.name: self._parsed(column, zones) for column in contract.columns}

    @property
    def broken(self) -> int:
        """Rows that never became cells; they count for the first table that a file offers."""
        return sum(len(candidate.raw.broken) for candidate in self.candidates if candidate.first)

    def values(self, name: str) -> pa.ChunkedArray:
        """A column in canonical form."""
        return self.columns[name]

    def table(self, keep: Flags) -> pa.Table:
        """The chosen rows as the canonical table."""
        whole = pa.table([self.columns[name] for name in self.contract.names], schema=self.contract.arrow_schema())
        return (whole if keep.all() else whole.filter(pa.array(keep))).combine_chunks()

    def _take_over(self) -> None:
        reasons = {reason for candidate in self.candidates for reason in candidate.bad}
        for reason in sorted(reasons, key=lambda r: (r.rule, r.column)):
            masks = [c.bad.get(reason, np.zeros(c.cells.num_rows, dtype=np.bool_)) for c in self.candidates]
            self.verdict.fail(np.concatenate(masks), reason.rule, reason.column)

    def _parsed(self, column: Column, zones: Sequence[RowZones]) -> pa.ChunkedArray:
        parts = [_cells(candidate, column, zone) for candidate, zone in zip(self.candidates, zones, strict=True)]
        bad = np.concatenate([part[1] for part in parts])
        self.verdict.fail(bad & self._not_yet(column.name), "unreadable", column.name)
        values = pa.chunked_array([chunk for part in parts for chunk in part[0].chunks], type=column.arrow_type)
        if column.required:
            empty = np.asarray(pc.is_null(values), dtype=np.bool_)
            self.verdict.fail(empty & ~bad & self._not_yet(column.name), "missing", column.name)
        return values

    def _not_yet(self, column: str) -> Flags:
        """Rows whose cell of the column the mapping did not refuse already."""
        said = [self.verdict.masks.get(Reason(rule, column)) for rule in ("unreadable", "unmapped_value")]
        hits = np.zeros(self.rows, dtype=np.bool_)
        for mask in said:
            hits = hits if mask is None else hits | mask
        return ~hits


def _cells(candidate: Candidate, column: Column, zones: RowZones) -> Parsed:
    if column.name not in candidate.cells.column_names:
        rows = candidate.cells.num_rows
        return pa.chunked_array([pa.nulls(rows, column.arrow_type)]), np.zeros(rows, dtype=np.bool_)
    values = candidate.cells.column(column.name)
    if column.kind == "instant" or len(values) < MANY:
        return parse(column, values, zones)
    return _by_distinct(column, as_text(values)) if _texty(values.type) else parse(column, values, zones)


def _texty(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind))


def _by_distinct(column: Column, text: pa.ChunkedArray) -> Parsed:
    """Parses each distinct text once: of a million dates few are different."""
    coded = text.combine_chunks().dictionary_encode()
    if len(coded.dictionary) * 4 > len(text):
        return parse(column, text, RowZones.one("UTC", len(text)))
    distinct = pa.chunked_array([coded.dictionary])
    values, bad = parse(column, distinct, RowZones.one("UTC", len(distinct)))
    wrong = np.append(bad, False)[np.asarray(pc.fill_null(coded.indices, len(bad)), dtype=np.int64)]
    return pa.chunked_array([values.combine_chunks().take(coded.indices)]), wrong


def _joined(zones: Sequence[RowZones]) -> RowZones:
    names = tuple(sorted({name for zone in zones for name in zone.names}))
    index = [np.array([names.index(name) for name in zone.names], dtype=np.int64)[zone.index] for zone in zones]
    return RowZones(np.concatenate(index), names)


def zones_of(branches: pa.ChunkedArray, zones: Mapping[str, str], default: str) -> RowZones:
    """The zone of each row by its branch."""
    names = tuple(sorted({default, *zones.values()}))
    if len(names) == 1:
        return RowZones.one(default, len(branches))
    by_branch = pa.array([names.index(zone) for zone in zones.values()], pa.int64())
    places = pc.index_in(pc.utf8_trim_whitespace(branches), pa.array(list(zones), pa.string()))
    index = by_branch.take(pa.chunked_array([places]) if isinstance(places, pa.Array) else places)
    return RowZones(np.asarray(pc.fill_null(index, names.index(default)), dtype=np.int64), names)
