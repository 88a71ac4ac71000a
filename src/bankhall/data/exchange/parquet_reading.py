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
        with pq.ParquetFile(path) as file:
            size = sum(file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups))
            if size > limits.unpacked_bytes:
                raise BadInput("file_unpacks_too_large", file=str(path), bytes=path.stat().st_size, unpacked=size)
            table = file.read()
            table.validate(full=True)  # damaged bytes may still read as columns
    except (pa.ArrowException, OSError, OverflowError) as error:
        raise BadInput("file_damaged", file=str(path), reason=str(error)) from error
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    if nested:
        raise BadInput("column_nested", file=str(path), column=nested[0])
    names = checked_header(table.column_names, str(path))
    return RawTable(str(path), table.rename_columns(list(names)), np.arange(1, table.num_rows + 1, dtype=np.int64))
