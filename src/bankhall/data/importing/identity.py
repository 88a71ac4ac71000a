"""Keys and contents of rows as text, to tell new, equal and changed rows apart for a whole table at once."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import Contract
from bankhall.data.exchange.zones import Flags

_MISSING = "\x00"  # no cell holds it: control characters are refused


def joined(table: pa.Table, names: Sequence[str]) -> pa.ChunkedArray:
    """The named columns of each row as one text that is equal exactly when all of them are."""
    parts = [pc.fill_null(_as_text(table.column(name)), _MISSING) for name in names]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, pa.scalar("\x1f", pa.large_string()))


def _as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        values = pc.cast(values, pa.int64() if pa.types.is_timestamp(values.type) else pa.int32())
    return pc.cast(values, pa.large_string())


def keys(contract: Contract, table: pa.Table) -> pa.ChunkedArray:
    """The key of each row."""
    return joined(table, contract.key)


def contents(contract: Contract, table: pa.Table) -> pa.ChunkedArray:
    """The whole content of each row."""
    return joined(table, contract.names)


def repeated(values: pa.ChunkedArray) -> tuple[Flags, Flags]:
    """Rows whose text stood before (all but the first), and all rows of texts that stand more than once."""
    codes = np.asarray(values.combine_chunks().dictionary_encode().indices)
    if len(codes) == 0 or codes.max() + 1 == len(codes):
        none = np.zeros(len(codes), dtype=np.bool_)
        return none, none.copy()
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    later = np.ones(len(codes), dtype=np.bool_)
    later[first] = False
    return later, np.asarray(counts[codes] > 1, dtype=np.bool_)
