"""One door for every kind of file, chosen by its ending and checked by its first bytes."""

from dataclasses import dataclass
from pathlib import Path

from bankhall.data.exchange.csv_reading import read_csv
from bankhall.data.exchange.limits import check_size
from bankhall.data.exchange.parquet_reading import read_parquet
from bankhall.data.exchange.raw import RawTable
from bankhall.data.exchange.xlsx_reading import read_xlsx
from bankhall.kernel.errors import BadInput

ENDINGS = (".csv.gz", ".csv", ".xlsx", ".parquet")
_FIRST_BYTES = {".csv.gz": b"\x1f\x8b", ".xlsx": b"PK", ".parquet": b"PAR1"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file or sheet is laid out; the exchange folder's own rules by default."""

    encoding: str = ""
    separator: str = ","
    sheet: str = ""
    header_row: int = 1


def ending_of(path: Path) -> str:
    """`.csv`, `.csv.gz`, `.xlsx`, `.parquet`, or empty for anything else."""
    return next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), "")


def stem_of(path: Path) -> str:
    """The file's name without its ending: the table's name in an exchange folder."""
    return path.name[: len(path.name) - len(ending_of(path))]


def read_raw(path: Path, layout: Layout = Layout()) -> RawTable:
    """The cells of a file. Raises BadInput naming the file when it cannot be used at all."""
    ending = ending_of(path)
    if not ending:
        raise BadInput("file_kind_unknown", file=str(path))
    check_size(path)
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start.startswith(_FIRST_BYTES.get(ending, b"")):
        raise BadInput("file_damaged", file=str(path), reason=f"not a {ending} file")
    if ending == ".xlsx":
        return read_xlsx(path, sheet=layout.sheet, header_row=layout.header_row)
    if ending == ".parquet":
        return read_parquet(path)
    return read_csv(path, encoding=layout.encoding, separator=layout.separator, header_row=layout.header_row)
