"""An import, up to the point where a store would take it: read, map, parse, check, account. Nothing is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.exchange.details import BankDetails, known_zone, read_details
from bankhall.data.exchange.parsing import RowZones, as_text
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.account import Account, Note, Progress, Rejection, silent
from bankhall.data.importing.batch import Batch, zones_of
from bankhall.data.importing.checks import check_rows
from bankhall.data.importing.duplicates import check_keys, repeats
from bankhall.data.importing.intake import Candidate, brought, candidates, find_files
from bankhall.data.importing.known import Known
from bankhall.data.importing.mapping import FileMapping
from bankhall.data.importing.misfits import refuse_misfits, refuse_other_branch
from bankhall.data.importing.notes import notes_of
from bankhall.data.importing.references import check_references, of_visit
from bankhall.data.importing.rejected import rejections_of


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """What an import would bring. `tables` are canonical, valid and unique by key; `accounts` count every row."""

    tables: Mapping[str, pa.Table]
    accounts: Mapping[str, Account]
    rejections: tuple[Rejection, ...]
    notes: tuple[Note, ...]
    details: BankDetails | None = None

    @property
    def rejected(self) -> int:
        """Rows that were refused, over all tables."""
        return sum(account.rejected for account in self.accounts.values())


def prepare(
    paths: Iterable[Path],
    mapping: FileMapping | None = None,
    known: Known = Known(),  # noqa: B008 - frozen
    *,
    site_key: bytes = b"",
    progress: Progress = silent,
) -> PreparedImport:
    """Reads files or folders into canonical tables with an account of every row.

    A file that cannot be used at all is BadInput (with file, and row or column where there is one): then nothing of
    the import is taken, for half of it would lie. Single bad rows are rejected with their reason.
    """
    chosen = tuple(paths)
    details = _details(chosen, mapping)
    offered = _offered(find_files(chosen, mapping), mapping, site_key, progress)
    zone = details.zone if details else known.zone
    batches = _batches(offered, known, zone)
    progress(0.7, "checking")
    for batch in batches.values():
        check_rows(batch)
    refuse_misfits(batches)
    for batch in batches.values():
        check_keys(batch)
    progress(0.8, "referring")
    notes = [note for batch in batches.values() for note in check_references(batch, batches, known)]
    refuse_other_branch(batches)
    _share_fate(batches)
    progress(0.9, "accounting")
    answer = _answer(batches, notes, known, details)
    progress(1.0, "prepared")
    return answer


def _details(paths: Sequence[Path], mapping: FileMapping | None) -> BankDetails | None:
    said = [read_details(path) for path in paths if path.is_dir()]
    return next((one for one in said if one), mapping.details if mapping else None)


def _offered(
    files: Sequence[tuple[Path, str]], mapping: FileMapping | None, site_key: bytes, progress: Progress
) -> dict[str, list[Candidate]]:
    offered: dict[str, list[Candidate]] = {}
    for place, (path, table) in enumerate(files):
        progress(0.6 * place / len(files), "reading")
        for candidate in candidates(path, table, mapping, site_key):
            offered.setdefault(candidate.table, []).append(candidate)
    for candidate in brought(mapping) if mapping else ():
        offered.setdefault(candidate.table, []).insert(0, candidate)
    return offered


def _batches(offered: Mapping[str, list[Candidate]], known: Known, zone: str) -> dict[str, Batch]:
    """Parsed in reading order: the zones of branches come with the nodes, those of steps with their visits."""
    batches: dict[str, Batch] = {}
    for name in (name for name in TABLES if name in offered):
        zones = {**known.zones, **_own_zones(batches, zone)}
        rows = [_zones(candidate, zones, zone, batches, known) for candidate in offered[name]]
        batches[name] = Batch(TABLES[name], offered[name], rows)
    return batches


def _own_zones(batches: Mapping[str, Batch], zone: str) -> dict[str, str]:
    if "nodes" not in batches:
        return {}
    nodes = batches["nodes"].table(batches["nodes"].verdict.good)
    pairs = zip(nodes["node_code"].to_pylist(), nodes["zone"].to_pylist(), strict=True)
    return {code: said if said and known_zone(said) else zone for code, said in pairs}


def _zones(
    candidate: Candidate, zones: Mapping[str, str], zone: str, batches: Mapping[str, Batch], known: Known
) -> RowZones:
    if set(zones.values()) <= {zone}:
        return RowZones.one(zone, candidate.cells.num_rows)
    if "branch_code" in candidate.cells.column_names:
        return zones_of(as_text(candidate.cells["branch_code"]), zones, zone)
    if "visit_id" in candidate.cells.column_names:
        ids = pc.utf8_trim_whitespace(as_text(candidate.cells["visit_id"]))
        return zones_of(of_visit(ids, "branch_code", batches, known), zones, zone)
    return RowZones.one(zone, candidate.cells.num_rows)


def _share_fate(batches: Mapping[str, Batch]) -> None:
    """Rows of several tables that were made from one row of a file are taken together or not at all."""
    bad: dict[int, Flags] = {}
    for batch, index, candidate in _parts(batches):
        mine = bad.setdefault(id(candidate.raw), np.zeros(candidate.raw.table.num_rows, dtype=np.bool_))
        mine[batch.place[(batch.candidate == index) & ~batch.verdict.good]] = True
    for batch, index, candidate in _parts(batches):
        mask = np.zeros(batch.rows, dtype=np.bool_)
        here = batch.candidate == index
        mask[here] = bad[id(candidate.raw)][batch.place[here]]
        batch.verdict.fail(mask & batch.verdict.good, "part_of_rejected_row")


def _parts(batches: Mapping[str, Batch]) -> list[tuple[Batch, int, Candidate]]:
    return [(batch, index, c) for batch in batches.values() for index, c in enumerate(batch.candidates) if not c.alone]


def _answer(
    batches: Mapping[str, Batch], notes: list[Note], known: Known, details: BankDetails | None
) -> PreparedImport:
    tables, accounts = {}, {}
    for name, batch in batches.items():
        good = batch.verdict.good
        again = repeats(batch)
        tables[name] = batch.table(good & ~again)
        rejected = int(np.count_nonzero(~good)) + batch.broken
        accounts[name] = Account(
            read=batch.rows + batch.broken,
            taken=tables[name].num_rows,
            duplicate=int(np.count_nonzero(again)),
            rejected=rejected,
        )
    notes += notes_of(batches, tables, known)
    return PreparedImport(tables, accounts, rejections_of(batches), tuple(notes), details)
