"""An import is taken whole or not at all: reference rows and facts in one act, the lake's commit at its end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.imports import models, queries, rules
from bankhall.apps.imports.bases import loader
from bankhall.apps.imports.rules import REFERENCE
from bankhall.apps.imports.states import BatchState
from bankhall.apps.network import actions as network
from bankhall.data.exchange.details import BankDetails
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

    from bankhall.data.import_jobs import ImportAnswer
    from bankhall.data.importing.account import Account, Note
    from bankhall.data.lake.merging import Counts

TAKE = action_name("imports.take")
REFUSE = action_name("imports.refuse")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the account of every row by table, and what the records allow."""

    batch_code: str
    accounts: "Mapping[str, Account]"
    notes: "tuple[Note, ...]"
    rejected: int
    rejections: Path | None


def take(
    batch_code: str, answer: "ImportAnswer", *, by: Actor, scope: Scope, there: "Mapping[str, Counts] | None" = None
) -> ImportResult:
    """Brings a prepared import into the store and the lake; the lake's one commit is the last thing that can fail.

    `there`: a process died behind that commit, which counted so; the store follows. A batch that is no longer being
    prepared, because somebody was faster, is left as it is.
    """
    from bankhall.data.import_jobs import staged

    tables = {name: staged(staging_of(batch_code), name) for name in answer.tables}
    with transaction.atomic():
        row = models.Batch.objects.select_for_update().get(batch_code=batch_code)
        if row.state == BatchState.PREPARING:
            _take(row, answer, tables, by=by, scope=scope, there=there)
    publish_reference(tables.keys() & REFERENCE, on=row.made_at.date(), batch=batch_code)
    return _result(row, answer)


def _take(
    row: models.Batch, answer: "ImportAnswer", tables: "Mapping[str, pa.Table]", *, by: Actor, scope: Scope,
    there: "Mapping[str, Counts] | None",
) -> None:  # fmt: skip
    from bankhall.data.import_jobs import publish

    rules.check_reach(row.reach, tables)
    with audit.act(TAKE, by=by, scope=scope, subject=Subject("batch", row.batch_code)) as act:
        accounts = dict(answer.accounts) | _load_reference(tables, answer, row.batch_code)
        _keep_refusals(row, answer)
        row.notes = to_plain(answer.notes)
        row.rejected, row.state = answer.rejected, BatchState.TAKEN
        lake, complete = Path(settings.LAKE), row.complete_days
        accounts |= publish(tables, accounts, lake=lake, batch=row.batch_code, complete_days=complete, there=there)
        row.accounts = to_plain(accounts)
        row.save()
        act.note(after=row.accounts)


def _result(row: models.Batch, answer: "ImportAnswer") -> ImportResult:
    from bankhall.data.importing.account import Account

    accounts = {name: from_plain(Account, counts) for name, counts in row.accounts.items()}
    rejections = staging_of(row.batch_code) / "rejections.csv" if answer.rejected else None
    return ImportResult(row.batch_code, accounts, answer.notes, answer.rejected, rejections)


def refuse(batch_code: str, reason: str, *, by: Actor, scope: Scope) -> None:
    """Ends an import of which nothing was stored."""
    with audit.act(REFUSE, by=by, scope=scope, subject=Subject("batch", batch_code), reason=reason[:500]):
        models.Batch.objects.filter(batch_code=batch_code).update(state=BatchState.FAILED, reason=reason)


def load_rows(name: str, rows: Sequence[Mapping[str, object]], *, batch: str) -> "Account":
    """Brings canonical rows of a reference table to the app that owns it. Written only inside an act."""
    from bankhall.data.importing.account import Account

    load = loader(name)
    if load is None:
        raise BadInput("table_has_no_owner", table=name)
    done = load(name, rows, batch=batch)
    return Account(len(rows), taken=done.taken, changed=done.changed, duplicate=done.duplicate)


def publish_reference(names: Iterable[str], *, on: date, batch: str) -> None:
    """Lays dated copies of the store's reference tables into the lake, for workers without a database."""
    wanted = set(names)
    whole = queries.exchange_tables(Scope.system("dated copies for the lake")) if wanted else {}
    copies = {name: table for name, table in whole.items() if name in wanted}
    if copies:
        from bankhall.data.lake import Lake

        Lake(Path(settings.LAKE)).publish_reference(copies, on=on, batch=batch)


def staging_of(batch_code: str) -> Path:
    """Where a batch's prepared tables and refused rows lie."""
    return Path(settings.UPLOADS) / "batches" / batch_code


def _load_reference(tables: "Mapping[str, pa.Table]", answer: "ImportAnswer", batch: str) -> "dict[str, Account]":
    from bankhall.data.exchange.codec import read_rows
    from bankhall.data.import_jobs import counted

    if answer.details is not None:
        _load_details(answer.details, batch)
    done: dict[str, Account] = {}
    for name in sorted(tables.keys() & REFERENCE):
        loaded = load_rows(name, read_rows(tables[name]), batch=batch)
        before = answer.accounts[name]
        done[name] = counted(before, taken=loaded.taken, changed=loaded.changed, duplicate=loaded.duplicate)
    return done


def _load_details(details: BankDetails, batch: str) -> None:
    network.load_details(details, batch=batch)


def _keep_refusals(row: models.Batch, answer: "ImportAnswer") -> None:
    models.Refusal.objects.bulk_create(
        [
            models.Refusal(
                batch=row, table=r.table, file=r.file, row=r.row, rule=r.rule, facts=dict(r.facts),
                text=_storable(r.text), cells={k: _storable(v) for k, v in r.cells.items()},
            )
            for r in answer.rejections
        ],
        batch_size=500,
    )  # fmt: skip


def _storable(text: str) -> str:
    """PostgreSQL stores no NUL in text; the file keeps the original."""
    return text.replace("\0", "\\x00")
