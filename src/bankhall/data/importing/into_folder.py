"""The sink of `--into`: prepared tables merged by key with what an exchange folder holds, in one step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.exchange import BankDetails, ExchangeFolder
from bankhall.data.exchange.parsing import flags
from bankhall.data.importing.account import Account, Note, Progress, silent
from bankhall.data.importing.identity import joined, keys
from bankhall.data.importing.known import Known
from bankhall.data.importing.mapping import FileMapping
from bankhall.data.importing.prepare import PreparedImport, prepare
from bankhall.data.importing.rejected import write_rejections
from bankhall.data.importing.settle import settle
from bankhall.kernel.errors import BadInput

REJECTIONS = "rejections.csv"
VISIT = ("visit_id", "branch_code", "arrived_at")
DAY = ("branch_code", "business_date")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did to a folder. `rejections` is the path of the rejected rows, None when there are none."""

    accounts: Mapping[str, Account]
    notes: tuple[Note, ...]
    rejections: Path | None = None


def import_into(
    folder: Path,
    paths: Iterable[Path],
    mapping: FileMapping | None = None,
    *,
    complete_days: bool = False,
    site_key: bytes = b"",
    progress: Progress = silent,
) -> Brought:
    """Imports files into an exchange folder (made when it is not there). BadInput leaves the folder as it was."""
    chosen = [path.resolve() for path in paths]
    if folder.resolve() in chosen:
        raise BadInput("import_into_itself", folder=str(folder))
    target = ExchangeFolder(folder)
    prepared = prepare(chosen, mapping, known_of(target), site_key=site_key, progress=progress)
    return bring_into(target, prepared, complete_days=complete_days)


def known_of(folder: ExchangeFolder) -> Known:
    """What rows may refer to that stands in the folder already."""
    if not folder.path.is_dir():
        return Known()
    visits = folder.table("visits").select(list(VISIT)) if folder.has("visits") else None
    return Known.of_bank(folder.bank(), visits)


def bring_into(target: ExchangeFolder, prepared: PreparedImport, *, complete_days: bool = False) -> Brought:
    """Merges by key and writes everything that changed, all or nothing. Rejected rows are laid beside."""
    notes = list(prepared.notes)
    held = complete_days and not prepared.rejected
    if complete_days and not held:
        # A day with a rejected row is not complete: taking its old rows away would lose what happened.
        notes.append(Note("complete_days_not_held", {"rejected": prepared.rejected}))
    accounts, merged = {}, {}
    old = {name: target.table(name) for name in prepared.tables}
    for name, table in prepared.tables.items():
        existing, removed = _kept(name, old, prepared.tables) if held else (old[name], 0)
        settled = settle(name, table, existing, prepared.accounts[name])
        accounts[name] = settled.account
        if settled.news.num_rows or removed:
            merged[name] = settled.merged
        notes += [Note("removed_rows", {"table": name, "rows": removed})] if removed else []
    target.write(merged, details=_details(target, prepared))
    return Brought(accounts, tuple(notes), _lay_rejections(target.path, prepared))


def _details(target: ExchangeFolder, prepared: PreparedImport) -> BankDetails | None:
    standing = (target.path / "bank.toml").is_file()
    return None if standing else (prepared.details or BankDetails())


def _lay_rejections(folder: Path, prepared: PreparedImport) -> Path | None:
    write_rejections(folder / REJECTIONS, prepared.rejections)
    return folder / REJECTIONS if prepared.rejections else None


def _kept(name: str, old: Mapping[str, pa.Table], new: Mapping[str, pa.Table]) -> tuple[pa.Table, int]:
    """The existing rows less those of the import's branch-days that the import does not name, and how many went."""
    existing, contract = old[name], TABLES[name]
    on_day = _on_days(name, old, new)
    named = flags(pc.is_in(keys(contract, existing), keys(contract, new[name]).combine_chunks()))
    gone = on_day & ~named
    return existing.filter(pa.array(~gone)), int(np.count_nonzero(gone))


def _on_days(name: str, old: Mapping[str, pa.Table], new: Mapping[str, pa.Table]) -> np.ndarray:
    if set(DAY) <= set(TABLES[name].names):
        days = joined(new[name], DAY).combine_chunks()
        return flags(pc.is_in(joined(old[name], DAY), days))
    if name == "steps" and "visits" in new:
        visits = old["visits"].filter(pa.array(_on_days("visits", old, new)))["visit_id"]
        return flags(pc.is_in(old[name]["visit_id"], visits.combine_chunks()))
    return np.zeros(old[name].num_rows, dtype=np.bool_)
