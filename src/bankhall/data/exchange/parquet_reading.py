"""Parquet as it is typed; what the types mean is decided by the contract, in `parsing`."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bankhall.data.exchange.limits import LIMITS, Limits, check_size
from bankhall.data.exchange.raw import RawTable, checked_header
from bankhall.kernel.errors import BadInput


def read_parquet(path: Path, limits: Limits = LIMITS) -> RawTable:
    """One Parquet file. Raises BadInput for a damaged, nested or unpacked too large one."""
    check_size(path, limits)
    try:
        table = _read(path, limits)
        nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
        names = checked_header(table.column_names, str(path))
    except (pa.ArrowException, OSError, OverflowError, UnicodeDecodeError, MemoryError) as error:
        raise BadInput("file_damaged", file=str(path), reason=str(error)) from error
    if nested:
        raise BadInput("column_nested", file=str(path), column=nested[0])
    return RawTable(str(path), table.rename_columns(list(names)), np.arange(1, table.num_rows + 1, dtype=np.int64))


def _read(path: Path, limits: Limits) -> pa.Table:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        size = sum(file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups))
        if size > limits.unpacked_bytes:
            raise BadInput("file_unpacks_too_large", file=str(path), bytes=path.stat().st_size, unpacked=size)
        table = file.read()
    table.validate(full=True)  # damaged bytes may still read as columns
    return table
