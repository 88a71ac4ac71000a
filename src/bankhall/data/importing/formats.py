"""Dates and times in the shapes that queue machines write, to ISO text, a column at a time."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.exchange.parsing import flags
from bankhall.data.exchange.zones import Flags
from bankhall.kernel.errors import BadInput

_PARTS = {
    "Y": r"(?P<Y>\d{4})", "m": r"(?P<m>\d{1,2})", "d": r"(?P<d>\d{1,2})", "H": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{1,2})", "S": r"(?P<S>\d{1,2})", "f": r"(?P<f>\d{1,6})", "%": "%",
}  # fmt: skip
_TWO_DIGITS = {
    "m": r"(?P<m>\d{2})",
    "d": r"(?P<d>\d{2})",
    "H": r"(?P<H>\d{2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})",
}


def to_iso(text: pa.ChunkedArray, formats: Sequence[str]) -> tuple[pa.ChunkedArray, Flags]:
    """ISO text by the first format that fits, and the rows that no format fits. `%Y %m %d %H %M %S %f` are known."""
    bare = pc.utf8_trim_whitespace(text)
    found = [_by_format(bare, form) for form in formats]
    values = pc.coalesce(*found) if found else bare
    return values, flags(pc.and_(pc.is_valid(text), pc.is_null(values))) & flags(pc.not_equal(bare, ""))


def _by_format(text: pa.ChunkedArray, form: str) -> pa.ChunkedArray:
    pattern = format_pattern(form)
    whole = text.combine_chunks() if text.num_chunks != 1 else text.chunk(0)
    found = pc.extract_regex(whole, pattern)
    parts = {part: pc.struct_field(found, [part]) for part in re.findall(r"\?P<(\w)>", pattern)}
    return pa.chunked_array([_iso(parts)])


def format_pattern(form: str) -> str:
    """The regular expression of a format. Parts that touch each other must have all their digits."""
    pattern, touching = "", re.search(r"%[YmdHMS]%[mdHMSf]", form) is not None
    for plain, part in re.findall(r"([^%]*)(?:%(.))?", form):
        pattern += re.escape(plain)
        if part and part not in _PARTS:
            raise BadInput("mapping_bad", mapping="format", reason=f"%{part} in {form!r} is not known")
        pattern += (_TWO_DIGITS.get(part) if touching else None) or _PARTS.get(part, "")
    return f"^{pattern}$"


def _iso(parts: dict[str, pa.Array]) -> pa.Array:
    two = {part: pc.utf8_lpad(values, 2, "0") for part, values in parts.items() if part in "mdHMS"}
    day = _join("-", [parts["Y"], two["m"], two["d"]]) if {"Y", "m", "d"} <= set(parts) else None
    clock = _join(":", [two[part] for part in "HMS" if part in two]) if "H" in two else None
    if clock is not None and "f" in parts:
        clock = _join(".", [clock, parts["f"]])
    if day is not None and clock is not None:
        return _join("T", [day, clock])
    if day is None and clock is None:
        raise BadInput("mapping_bad", mapping="format", reason="a format needs a date or a time")
    return day if day is not None else clock


def _join(between: str, parts: Sequence[pa.Array]) -> pa.Array:
    return pc.binary_join_element_wise(*parts, between)


def nothing(rows: int) -> Flags:
    """No row."""
    return np.zeros(rows, dtype=np.bool_)
