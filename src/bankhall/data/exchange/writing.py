"""Canonical tables to files. A file is written beside its place and moved there whole, so no reader sees half of it."""

import gzip
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from bankhall.data.exchange.neutral import neutralised
from bankhall.data.exchange.reading import ending_of
from bankhall.kernel.errors import BadInput

MOST_SHEET_ROWS = 1_048_575
SAME_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's date has no zone; the same rows give the same bytes


def write_table(path: Path, table: pa.Table) -> None:
    """One table to `.csv`, `.csv.gz`, `.xlsx` or `.parquet`, by the file's ending; same rows give the same bytes."""
    replace_file(path, writer_of(path.name, table))


def writer_of(name: str, table: pa.Table) -> Callable[[Path], None]:
    """The function that writes a table as a file of this name's kind. Raises BadInput for an unknown ending."""
    writer = _WRITERS.get(ending_of(Path(name)))
    if writer is None:
        raise BadInput("file_kind_unknown", file=name)
    return lambda path: writer(path, table)


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Writes beside the place and moves it there; after a failure the old file stands and nothing is left over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(beside)
        with beside.open("rb+") as stream:
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def text_columns(table: pa.Table) -> pa.Table:
    """Every column as the text that CSV shows: instants with `Z`, missing empty, formulas neutralised."""
    columns = [_as_written(table.column(name)) for name in table.column_names]
    return pa.table(columns, names=table.column_names)


def _as_written(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_string(values.type):
        return neutralised(values)
    text = pc.cast(values, pa.string())
    if pa.types.is_timestamp(values.type):
        text = pc.replace_substring(pc.replace_substring_regex(text, r"\.?0{0,6}(Z?)$", r"\1"), " ", "T")
    return text


def _write_csv(path: Path, table: pa.Table) -> None:
    path.write_bytes(csv_bytes(table))


def csv_bytes(table: pa.Table) -> bytes:
    """The table as CSV in UTF-8, with a header."""
    sink = pa.BufferOutputStream()
    sink.write((",".join(_quoted(name) for name in table.column_names) + "\n").encode())
    pacsv.write_csv(text_columns(table), sink, pacsv.WriteOptions(include_header=False, quoting_style="needed"))
    return bytes(sink.getvalue())


def _quoted(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"' if any(mark in name for mark in ',"\r\n') else name


def _write_gzip(path: Path, table: pa.Table) -> None:
    # No name and no time inside: same rows, same bytes.
    with path.open("wb") as stream, gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        packed.write(csv_bytes(table))


def _write_parquet(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path, compression="zstd", write_page_checksum=True)


def _write_xlsx(path: Path, table: pa.Table) -> None:
    import xlsxwriter

    if table.num_rows > MOST_SHEET_ROWS:
        raise BadInput("too_many_rows_for_a_sheet", file=str(path), rows=table.num_rows)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": SAME_MOMENT})
    page = book.add_worksheet()
    for place, name in enumerate(table.column_names):
        page.write_string(0, place, name)
    for number, row in enumerate(zip(*text_columns(table).to_pydict().values(), strict=True), start=1):
        for place, text in enumerate(row):
            if text is not None:
                page.write_string(number, place, text)
    book.close()


_WRITERS: Mapping[str, Callable[[Path, pa.Table], None]] = {
    ".csv": _write_csv, ".csv.gz": _write_gzip, ".xlsx": _write_xlsx, ".parquet": _write_parquet,
}  # fmt: skip
