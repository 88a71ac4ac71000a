"""What came in: batches, their account of rows, the quarantine, and what the records allow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Literal

from django.conf import settings
from django.db.models import QuerySet

from bankhall.apps.access.queries import check_may
from bankhall.apps.imports import models
from bankhall.apps.imports.states import BatchState
from bankhall.apps.runs import queries as runs
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope

Fact = str | int | float
PAGE = 25
REFUSALS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class TableAccount:
    """The account of one table: read = taken + changed + duplicate + rejected."""

    table: str
    read: int
    taken: int
    changed: int
    duplicate: int
    rejected: int


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What the records allow, or what is missing: a code (`note.CODE`) with facts."""

    code: str
    facts: Mapping[str, Fact]
    batch_code: str = ""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import of the list. While it runs, `per_cent` and `message` are those of its run."""

    batch_code: str
    state: BatchState
    made_by: str
    made_name: str
    made_at: datetime
    files: tuple[str, ...]
    mapping_code: str
    read: int
    rejected: int
    run_id: int | None
    per_cent: int
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A page of imports, newest first."""

    lines: tuple[BatchLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class BatchDetail:
    """One import: its line, the account of every table, the notes."""

    line: BatchLine
    complete_days: bool
    accounts: tuple[TableAccount, ...]
    notes: tuple[NoteLine, ...]
    refused_tables: tuple[str, ...]
    has_rejections_file: bool


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A row in quarantine."""

    table: str
    file: str
    row: int
    rule: str
    facts: Mapping[str, Fact]
    text: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuarantinePage:
    """Rows in quarantine of one batch. `rejected` counts all, also those that only the file holds."""

    batch_code: str
    table: str
    lines: tuple[RefusalLine, ...]
    rejected: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class MappingLine:
    """A mapping to choose from; `source` says whether it came with the product or is the bank's own."""

    mapping_code: str
    title: Bilingual
    source: Literal["shipped", "own"]
    version: int
    tables: tuple[str, ...]


def batches(scope: Scope, page: int = 1) -> BatchPage:
    """Imports, newest first. Two queries for the list and one for its runs, whatever its length."""
    check_may(scope, "see_records")
    rows = _seen(scope)
    pages = max(1, ceil(rows.count() / PAGE))
    shown = list(rows[(page - 1) * PAGE : page * PAGE])
    return BatchPage(tuple(_lines(scope, shown)), page, pages)


def batch(scope: Scope, batch_code: str) -> BatchDetail:
    """One import; NotFound when there is none."""
    check_may(scope, "see_records")
    row = _one(scope, batch_code)
    tables = row.refusals.order_by("table").values_list("table", flat=True).distinct()
    accounts = tuple(TableAccount(table=name, **counts) for name, counts in row.accounts.items())
    notes = tuple(NoteLine(note["code"], note["facts"], row.batch_code) for note in row.notes)
    line = _lines(scope, [row])[0]
    return BatchDetail(line, row.complete_days, accounts, notes, tuple(tables), row.rejected > 0)


def quarantine(scope: Scope, batch_code: str, table: str = "", page: int = 1) -> QuarantinePage:
    """The refused rows of a batch (of one table), in the order of the file."""
    check_may(scope, "see_records")
    row = _one(scope, batch_code)
    found = row.refusals.order_by("id")
    found = found.filter(table=table) if table else found
    pages = max(1, ceil(found.count() / REFUSALS_A_PAGE))
    lines = tuple(_refusal(r) for r in found[(page - 1) * REFUSALS_A_PAGE : page * REFUSALS_A_PAGE])
    return QuarantinePage(batch_code, table, lines, row.rejected, page, pages)


def rejections_csv(scope: Scope, batch_code: str) -> bytes:
    """All refused rows of a batch as a file that can be mended and imported again."""
    check_may(scope, "see_records")
    _one(scope, batch_code)
    path = settings.UPLOADS / "batches" / batch_code / "rejections.csv"
    if not path.is_file():
        raise NotFound("rejections", batch_code=batch_code)
    content: bytes = path.read_bytes()
    return content


def mappings(scope: Scope) -> tuple[MappingLine, ...]:
    """Mappings to choose from: the bank's own in their newest version, then those that came with the product."""
    from bankhall.data.importing.mapping import shipped_mappings

    check_may(scope, "see_records")
    newest = {row.mapping_code: row for row in models.Mapping.objects.order_by("version")}
    own = [_mapping_line(code, row.text, "own", row.version) for code, row in sorted(newest.items())]
    shipped = [_mapping_line(c, p.read_text("utf-8-sig"), "shipped", 1) for c, p in shipped_mappings().items()]
    return tuple(own + shipped)


def mapping_text(mapping_code: str) -> str:
    """The newest text of one of the bank's own mappings; empty when it is not one of them."""
    row = models.Mapping.objects.filter(mapping_code=mapping_code).order_by("-version").first()
    return row.text if row else ""


def allowances(scope: Scope) -> tuple[NoteLine, ...]:
    """What the records in scope allow, whoever brought them in: the newest note of each kind, table and branch."""
    check_may(scope, "see_records")
    rows = models.Batch.objects.filter(state=BatchState.TAKEN).order_by("-id").only("batch_code", "notes")[:PAGE]
    newest: dict[tuple[str, str], NoteLine] = {}
    for row in rows:
        for note in row.notes:
            branch = str(note["facts"].get("branch_code", ""))
            key = (note["code"], str(note["facts"].get("table", "")) + branch)
            if not branch or scope.sees(branch):
                newest.setdefault(key, NoteLine(note["code"], note["facts"], row.batch_code))
    return tuple(newest.values())


def _seen(scope: Scope) -> "QuerySet[models.Batch]":
    rows = models.Batch.objects.order_by("-id")
    above = scope.everywhere or not scope.branches.keys().isdisjoint({"head_office", "regional", "risk", "auditor"})
    return rows if above else rows.filter(made_by=scope.actor.code)


def _one(scope: Scope, batch_code: str) -> models.Batch:
    row = _seen(scope).filter(batch_code=batch_code).first()
    if row is None:
        raise NotFound("batch", batch_code=batch_code)
    return row


def _lines(scope: Scope, rows: list[models.Batch]) -> list[BatchLine]:
    beside = {run.run_id: run for run in runs.runs(scope, kind="import", limit=4 * PAGE)}
    return [_line(row, beside.get(row.run_id or 0)) for row in rows]


def _line(row: models.Batch, run: "runs.RunPage | None") -> BatchLine:
    waits = row.state == BatchState.PREPARING
    lost = waits and run is not None and run.state in ("failed", "cancelled")
    read = sum(counts["read"] for counts in row.accounts.values())
    return BatchLine(
        row.batch_code, BatchState.FAILED if lost else BatchState(row.state), row.made_by, row.made_name, row.made_at,
        tuple(row.files), row.mapping_code, read, row.rejected, row.run_id,
        run.per_cent if run and waits else 100, run.message if run and waits else "",
        run.reason if run and lost else row.reason,
    )  # fmt: skip


def _refusal(row: models.Refusal) -> RefusalLine:
    return RefusalLine(row.table, row.file, row.row, row.rule, row.facts, row.text, row.cells)


def _mapping_line(code: str, text: str, source: Literal["shipped", "own"], version: int) -> MappingLine:
    from bankhall.data.importing.mapping import read_mapping

    mapping = read_mapping(text, code=code)
    return MappingLine(code, mapping.title, source, version, tuple(table.name for table in mapping.tables))
