"""Cells to the canonical form, a column at a time. What cannot be read is marked bad, never guessed at.

Every function takes text (null = empty) and returns the values and a mask of the rows whose text is not of the kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import Column
from bankhall.data.exchange.zones import Flags, to_utc

Parsed = tuple[pa.ChunkedArray, Flags]

_BLANKS = " \t\u3000\u00a0"
_CODE = r"^[^\s|=+\-@'\x00-\x1f\x7f][^|\x00-\x1f\x7f]{0,127}$"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_TIME = r"^(([01]?\d|2[0-3]):[0-5]\d|24:00)(:00(\.0+)?)?$"
_LOCAL = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?)?$"
_ZONED = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


@dataclass(frozen=True, slots=True)
class RowZones:
    """The zone of each row: an index into the names."""

    index: npt.NDArray[np.int64]
    names: tuple[str, ...]

    @classmethod
    def one(cls, zone: str, rows: int) -> "RowZones":
        """The same zone for every row."""
        return cls(np.zeros(rows, dtype=np.int64), (zone,))


def parse(column: Column, values: pa.ChunkedArray, zones: RowZones) -> Parsed:
    """A column's canonical values, and the rows that cannot be read."""
    if values.type == column.arrow_type and not pa.types.is_string(values.type):
        return values, _none(len(values))
    if column.kind == "instant":
        return _instant(values, zones)
    return _PARSERS[column.kind](as_text(values))


def as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any plain column as text, as CSV would show it; empty is null."""
    text = values
    if pa.types.is_dictionary(values.type):
        text = pc.cast(values, values.type.value_type)
    if pa.types.is_floating(text.type):
        text = _without_point_zero(text)
    text = pc.cast(text, pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _without_point_zero(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(pc.cast(values, pa.string()), r"\.0$", "")


def _none(rows: int) -> Flags:
    return np.zeros(rows, dtype=np.bool_)


def flags(values: pa.ChunkedArray) -> Flags:
    """A boolean column as numpy; null is False."""
    return np.asarray(pc.fill_null(values, fill_value=False), dtype=np.bool_)


def _matching(text: pa.ChunkedArray, pattern: str) -> tuple[pa.ChunkedArray, Flags]:
    """The text where it fits the pattern (null elsewhere), and where it does not."""
    fits = pc.match_substring_regex(text, pattern)
    return pc.if_else(fits, text, pa.scalar(None, pa.string())), flags(pc.invert(fits))


def _trimmed(text: pa.ChunkedArray) -> pa.ChunkedArray:
    bare = pc.utf8_trim(text, characters=_BLANKS)
    return pc.if_else(pc.equal(bare, ""), pa.scalar(None, pa.string()), bare)


def _text(text: pa.ChunkedArray) -> Parsed:
    return text, flags(pc.match_substring_regex(text, _CONTROL))


def _code(text: pa.ChunkedArray) -> Parsed:
    return _matching(_trimmed(text), _CODE)


def _codes(text: pa.ChunkedArray) -> Parsed:
    bare = pc.replace_substring_regex(_trimmed(text), r"\s*\|\s*", "|")
    member = _CODE.removeprefix("^").removesuffix("$")
    return _matching(bare, rf"^{member}(\|{member})*$")


def _integer(text: pa.ChunkedArray) -> Parsed:
    fits, bad = _matching(_trimmed(text), r"^[+-]?\d{1,18}$")
    return pc.cast(pc.replace_substring_regex(fits, r"^\+", ""), pa.int64()), bad


def _number(text: pa.ChunkedArray) -> Parsed:
    fits, bad = _matching(_trimmed(text), r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$")
    values = pc.cast(pc.replace_substring_regex(fits, r"^\+", ""), pa.float64())
    finite = pc.is_finite(values)
    return pc.if_else(finite, values, pa.scalar(None, pa.float64())), bad | flags(pc.invert(finite))


def _boolean(text: pa.ChunkedArray) -> Parsed:
    fits, bad = _matching(pc.utf8_lower(_trimmed(text)), r"^(true|false)$")
    return pc.equal(fits, "true"), bad


def _date(text: pa.ChunkedArray) -> Parsed:
    fits, bad = _matching(_trimmed(text), _DATE)
    values, wrong = cast_where_possible(fits, pa.date32())
    return values, bad | wrong


def _time(text: pa.ChunkedArray) -> Parsed:
    fits, bad = _matching(_trimmed(text), _TIME)
    short = pc.replace_substring_regex(fits, r"^(\d{1,2}:\d{2})(:.*)?$", r"\1")
    return pc.replace_substring_regex(short, r"^(\d):", r"0\1:"), bad


def _offset(text: pa.ChunkedArray) -> Parsed:
    return _matching(_trimmed(text), r"^([+-]?\d{1,4}|([01]\d|2[0-3]):[0-5]\d|24:00)$")


def _day_or_instant(text: pa.ChunkedArray) -> Parsed:
    fits, bad = _matching(pc.replace_substring(_trimmed(text), " ", "T"), _LOCAL)
    _, wrong = cast_where_possible(fits, pa.timestamp("us"))
    plain = pc.replace_substring_regex(fits, r"(T\d{2}:\d{2})$", r"\1:00")
    return pc.if_else(pa.array(~wrong), plain, pa.scalar(None, pa.string())), bad | wrong


def _instant(values: pa.ChunkedArray, zones: RowZones) -> Parsed:
    if pa.types.is_timestamp(values.type):
        if values.type.tz:
            return pc.cast(values, pa.timestamp("us", tz="UTC"), safe=False), _none(len(values))
        return _from_local(pc.cast(values, pa.timestamp("us"), safe=False), zones)
    text = pc.replace_substring(_trimmed(as_text(values)), ",", ".")
    local = pc.fill_null(pc.match_substring_regex(text, _LOCAL), fill_value=False)
    zoned = pc.fill_null(pc.match_substring_regex(text, _ZONED), fill_value=False)
    null = pa.scalar(None, pa.string())
    here, wrong_here = cast_where_possible(pc.if_else(local, text, null), pa.timestamp("us"))
    there, wrong_there = cast_where_possible(pc.if_else(zoned, text, null), pa.timestamp("us", tz="UTC"))
    from_here, gap = _from_local(here, zones)
    unread = flags(pc.and_(pc.is_valid(text), pc.invert(pc.or_(local, zoned))))
    return pc.coalesce(from_here, there), unread | wrong_here | wrong_there | gap


def _from_local(local: pa.ChunkedArray, zones: RowZones) -> Parsed:
    given = flags(pc.is_valid(local))
    micros = np.asarray(pc.fill_null(pc.cast(local, pa.int64()), 0), dtype=np.int64)
    instants, gap = to_utc(micros, zones.index, zones.names)
    values = pa.array(instants, mask=~given | gap).cast(pa.timestamp("us", tz="UTC"))
    return pa.chunked_array([values]), gap & given


def cast_where_possible(values: pa.ChunkedArray, kind: pa.DataType) -> Parsed:
    """Text to a type; text that looks right but is not (2026-02-30) is found by halving, and becomes null."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(whole, pa.ChunkedArray):  # several chunks because of 2 GiB of text
        whole = pa.concat_arrays(whole.chunks)
    cast = _cast(whole, kind)
    return pa.chunked_array([cast]), flags(pc.and_(pc.is_valid(whole), pc.is_null(cast)))


def _cast(values: pa.Array, kind: pa.DataType) -> pa.Array:
    try:
        return values.cast(kind)
    except pa.ArrowInvalid:
        if len(values) == 1:
            return pa.nulls(1, kind)
        half = len(values) // 2
        return pa.concat_arrays([_cast(values.slice(0, half), kind), _cast(values.slice(half), kind)])


_PARSERS: Mapping[str, Callable[[pa.ChunkedArray], Parsed]] = {
    "text": _text, "code": _code, "codes": _codes, "integer": _integer, "number": _number, "boolean": _boolean,
    "date": _date, "time": _time, "offset": _offset, "day_or_instant": _day_or_instant,
}  # fmt: skip
