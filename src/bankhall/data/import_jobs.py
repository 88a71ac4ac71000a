"""An import in two steps, neither of which knows the database.

`prepare_job` (a child process) reads and checks the files and lays canonical tables into a staging folder; `publish`
brings the facts of that folder into the lake in one commit and completes the account of every row.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from bankhall.data.contracts import TABLES, in_group
from bankhall.data.exchange.details import BankDetails
from bankhall.data.exchange.writing import replace_file
from bankhall.data.importing.account import Account, Note, Rejection
from bankhall.data.importing.known import Known
from bankhall.data.importing.mapping import FileMapping, load_mapping, read_mapping
from bankhall.data.importing.prepare import PreparedImport, prepare
from bankhall.data.importing.rejected import write_rejections
from bankhall.kernel.plain import from_plain, to_plain

if TYPE_CHECKING:
    from bankhall.data.lake.merging import Counts

Tell = Callable[[int, str], None]
FACTS = frozenset(contract.name for contract in in_group("facts"))
REJECTIONS, ANSWER = "rejections.csv", "answer.json"
KEPT_REJECTIONS = 2000
"""So many rejected rows are shown on the page; the file holds all of them."""


@dataclass(frozen=True, slots=True)
class ImportQuestion:
    """What is imported with which mapping (its text, or the code of a shipped one), against which known codes."""

    paths: tuple[str, ...]
    staging: str
    lake: str
    mapping_code: str = ""
    mapping_text: str = ""
    key_file: str = ""
    codes: Mapping[str, tuple[str, ...]] | None = None
    zones: Mapping[str, str] | None = None
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What lies in the staging folder. Accounts are those before settling: nothing is known to be a change yet."""

    tables: tuple[str, ...]
    accounts: Mapping[str, Account]
    notes: tuple[Note, ...]
    rejections: tuple[Rejection, ...]
    rejected: int
    details: BankDetails | None = None


def prepare_job(question: dict[str, Any], progress: Tell) -> dict[str, Any]:
    """The child's function: plain JSON in and out. Raises BadInput for files that cannot be used at all."""
    answer = prepare_into(from_plain(ImportQuestion, question), progress)
    plain: dict[str, Any] = to_plain(answer)
    return plain


def prepare_into(question: ImportQuestion, progress: Tell) -> ImportAnswer:
    """Prepares the files of a question into its staging folder."""
    prepared = prepare(
        [Path(path) for path in question.paths],
        mapping_of(question),
        known_of(question),
        site_key=_site_key(question.key_file),
        progress=lambda share, stage: progress(int(share * 95), stage),
    )
    return stage(prepared, Path(question.staging))


def mapping_of(question: ImportQuestion) -> FileMapping | None:
    """The mapping that the question names; None when the files are exchange tables already."""
    if question.mapping_text:
        return read_mapping(question.mapping_text, code=question.mapping_code or "mapping")
    return load_mapping(question.mapping_code) if question.mapping_code else None


def known_of(question: ImportQuestion) -> Known:
    """The codes of the store, and the visits of the lake that steps may belong to."""
    codes = {name: frozenset(found) for name, found in (question.codes or {}).items()}
    return Known(codes, question.zones or {}, question.zone, _visits(Path(question.lake)))


def _visits(lake: Path) -> pa.Table | None:
    from bankhall.data.lake import Lake

    if not lake.is_dir():
        return None
    snapshot = Lake(lake).snapshot()
    if "visits" not in snapshot.names():
        return None
    return snapshot.table("visits").select(["visit_id", "branch_code", "arrived_at"])


def _site_key(key_file: str) -> bytes:
    return Path(key_file).read_bytes().strip() if key_file else b""


def stage(prepared: PreparedImport, folder: Path) -> ImportAnswer:
    """Lays a prepared import down: a Parquet file a table, and the rejected rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in prepared.tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    write_rejections(folder / REJECTIONS, prepared.rejections)
    kept = tuple(islice(prepared.rejections, KEPT_REJECTIONS))
    answer = ImportAnswer(
        tuple(prepared.tables), prepared.accounts, prepared.notes, kept, len(prepared.rejections), prepared.details
    )
    replace_file(folder / ANSWER, lambda path: _write(path, to_plain(answer)))
    return answer


def _write(path: Path, plain: object) -> None:
    path.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")


def staged_answer(folder: Path) -> ImportAnswer | None:
    """What was answered about a staging folder; None when preparing it never came to its end."""
    path = folder / ANSWER
    return from_plain(ImportAnswer, json.loads(path.read_text("utf-8"))) if path.is_file() else None


def staged(folder: Path, name: str) -> pa.Table:
    """A table of the staging folder in canonical form."""
    return pq.read_table(folder / f"{name}.parquet").cast(TABLES[name].arrow_schema())


def publish(
    tables: Mapping[str, pa.Table],
    accounts: Mapping[str, Account],
    *,
    lake: Path,
    batch: str,
    complete_days: bool = False,
    there: "Mapping[str, Counts] | None" = None,
) -> dict[str, Account]:
    """Brings fact tables into the lake in one commit and completes their accounts: what was new, changed, there.

    `there`: they have been brought before, in a commit that counted so.
    """
    facts = {name: table for name, table in tables.items() if name in FACTS and table.num_rows}
    counts = there or {}
    if facts and there is None:
        from bankhall.data.lake import Lake

        counts = Lake(lake).publish(facts, complete_days=complete_days, batch=batch).counts
    done = {name: accounts[name] for name in tables if name in FACTS}
    return done | {name: settled(accounts[name], facts[name], counts[name]) for name in facts}


def settled(account: Account, table: pa.Table, counts: "Counts") -> Account:
    """An account after the lake has said what became of the rows that were handed to it."""
    stood = table.num_rows - counts.new - counts.changed
    return counted(account, taken=counts.new, changed=counts.changed, duplicate=stood)


def counted(account: Account, *, taken: int, changed: int, duplicate: int) -> Account:
    """An account after a store has said what became of the rows that were handed to it."""
    return replace(account, taken=taken, changed=changed, duplicate=account.duplicate + duplicate)


def preview_rows(table: pa.Table, rows: int) -> Sequence[Mapping[str, object]]:
    """The first rows of a table with Python values, for the page that shows a mapping at work."""
    found: list[dict[str, object]] = table.slice(0, rows).to_pylist()
    return found
