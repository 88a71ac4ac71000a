"""Text that a spreadsheet would take for a formula: marked when written, unmarked when read, never evaluated.

Writing puts an apostrophe before text that starts with `=`, `+`, `-`, `@`, tab or return (after any apostrophes of its
own), reading takes one away, so every text comes back as it was.
"""

import pyarrow as pa
import pyarrow.compute as pc

_STARTS = r"^('*[=+\-@\t\r])"
_MARKED = r"^'('*[=+\-@\t\r])"
# "-", "+86 21 5555", "-3.5" and "-- " are no formulas; "=1", "@SUM(1)", "+cmd|..." are.
_FORMULA = r"^([=@]|[+\-][^\d\s().,:+\-]|[+\-].*[a-zA-Z!|])"


def neutralised(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as it is written into CSV and XLSX."""
    return pc.replace_substring_regex(values, _STARTS, r"'\1")


def restored(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as it was before it was neutralised."""
    return pc.replace_substring_regex(values, _MARKED, r"\1")


def looks_like_formula(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """True where a cell of a CSV file would be evaluated by a spreadsheet."""
    return pc.fill_null(pc.match_substring_regex(values, _FORMULA), fill_value=False)
