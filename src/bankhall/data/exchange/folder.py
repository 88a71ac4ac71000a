"""The exchange folder: each table is NAME with a known ending, or a folder NAME of such files, beside `bank.toml`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.exchange.codec import BANK_TABLES, read_bank
from bankhall.data.exchange.details import FILE, BankDetails, read_details, write_details
from bankhall.data.exchange.parsing import RowZones
from bankhall.data.exchange.raw import RawTable
from bankhall.data.exchange.reading import ENDINGS, ending_of, read_raw
from bankhall.data.exchange.reading_strictly import strict_table
from bankhall.data.exchange.together import finish_moves, replace_together
from bankhall.data.exchange.writing import writer_of
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput

Form = Literal["csv", "parquet"]


class ExchangeFolder:
    """Reads and writes the tables of one folder. Reading is strict: the first bad row is BadInput; `importing` is
    the way in for records that may hold faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        finish_moves(path)

    def files(self, name: str) -> tuple[Path, ...]:
        """The files that together are a table, by name; empty when the table is absent."""
        found = [self.path / f"{name}{ending}" for ending in ENDINGS if (self.path / f"{name}{ending}").is_file()]
        inside = self.path / name
        if inside.is_dir():
            found += sorted(file for file in inside.iterdir() if file.is_file() and ending_of(file))
        return tuple(found)

    def has(self, name: str) -> bool:
        """Whether any file of the table is there."""
        return bool(self.files(name))

    def names(self) -> tuple[str, ...]:
        """The tables that are there, in reading order."""
        return tuple(name for name in TABLES if self.has(name))

    def details(self) -> BankDetails:
        """`bank.toml`, or its defaults when the folder has none."""
        if not self.path.is_dir():
            raise BadInput("folder_not_found", folder=str(self.path))
        return read_details(self.path) or BankDetails()

    def table(self, name: str) -> pa.Table:
        """A table in canonical form; empty when absent. Raises BadInput with file, row, column and reason."""
        raws = [read_raw(file) for file in self.files(name)]
        if not raws:
            return TABLES[name].empty()
        zones = self._zones(name, raws)
        parts = [strict_table(raw, TABLES[name], zone) for raw, zone in zip(raws, zones, strict=True)]
        return pa.concat_tables(parts).combine_chunks()

    def need(self, name: str, *, what_for: str) -> pa.Table:
        """A table that a command cannot do without. Raises BadInput when it is absent or empty."""
        table = self.table(name)
        if table.num_rows == 0:
            raise BadInput("table_needed", table=name, what_for=what_for, folder=str(self.path))
        return table

    def bank(self) -> Bank:
        """The reference tables and `bank.toml` as one value."""
        return read_bank({name: self.table(name) for name in BANK_TABLES if self.has(name)}, self.details())

    def write(
        self, tables: Mapping[str, pa.Table], *, details: BankDetails | None = None, form: Form = "parquet"
    ) -> None:
        """Writes tables, all or none: reference and out as CSV, facts in the given form. Their older files go."""
        files: dict[str, Callable[[Path], None]] = {}
        old: list[str] = []
        if details is not None:
            text = write_details(details)
            files[FILE] = lambda path: _write_text(path, text)
        for name, table in tables.items():
            ending = ".parquet" if form == "parquet" and TABLES[name].group == "facts" else ".csv"
            files[f"{name}{ending}"] = writer_of(f"{name}{ending}", table.select(list(TABLES[name].names)))
            old += [path.relative_to(self.path).as_posix() for path in self.files(name)]
        replace_together(self.path, files, remove=old)

    def _zones(self, name: str, raws: list[RawTable]) -> list[RowZones]:
        default = self.details().zone
        kinds = {column.kind for column in TABLES[name].columns}
        zones = self._branch_zones() if "instant" in kinds else {}
        if len({default, *zones.values()}) == 1:
            return [RowZones.one(default, raw.table.num_rows) for raw in raws]
        return [_row_zones(self._branch_of(raw.table), zones, default) for raw in raws]

    def _branch_zones(self) -> dict[str, str]:
        default, nodes = self.details().zone, self.table("nodes")
        return {
            code: zone or default
            for code, zone in zip(nodes["node_code"].to_pylist(), nodes["zone"].to_pylist(), strict=True)
        }

    def _branch_of(self, table: pa.Table) -> pa.ChunkedArray:
        if "branch_code" in table.column_names:
            return table["branch_code"]
        visits = self.table("visits")  # steps stand at the branch of their visit
        return visits["branch_code"].take(pc.index_in(table["visit_id"], visits["visit_id"]))


def _row_zones(branches: pa.ChunkedArray, zones: Mapping[str, str], default: str) -> RowZones:
    names = tuple(sorted({default, *zones.values()}))
    by_branch = pa.array([names.index(zone) for zone in zones.values()], pa.int64())
    places = by_branch.take(pc.index_in(branches, pa.array(list(zones), pa.string())).combine_chunks())
    return RowZones(np.asarray(pc.fill_null(places, names.index(default)), dtype=np.int64), names)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
