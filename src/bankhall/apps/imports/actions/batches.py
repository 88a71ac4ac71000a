"""An import is taken whole or not at all: reference rows and facts in one act, the lake's commit at its end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from bankhall.apps.access.queries import check_may, may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.imports import models, queries, rules
from bankhall.apps.imports.actions.uploading import inbox
from bankhall.apps.imports.bases import loader
from bankhall.apps.imports.rules import REFERENCE
from bankhall.apps.imports.states import BatchState
from bankhall.apps.network import actions as network
from bankhall.apps.runs import actions as runs
from bankhall.data.exchange.details import BankDetails
from bankhall.kernel.errors import BadInput, BankhallError
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

    from bankhall.data.import_jobs import ImportAnswer, ImportQuestion
    from bankhall.data.importing.account import Account, Note

START = action_name("imports.start")
TAKE = action_name("imports.take")
REFUSE = action_name("imports.refuse")
KIND = "import"
Tell = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class ImportStarted:
    """A batch, and the run that prepares it."""

    batch_code: str
    run_id: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the account of every row by table, and what the records allow."""

    batch_code: str
    accounts: "Mapping[str, Account]"
    notes: "tuple[Note, ...]"
    rejected: int
    rejections: Path | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A mapping at work: the first rows of each table, its account, notes."""

    tables: Mapping[str, Sequence[Mapping[str, object]]]
    accounts: "Mapping[str, Account]"
    notes: "tuple[Note, ...]"


def preview(files: Sequence[Path], mapping_code: str = "", *, scope: Scope, rows: int = 12) -> Preview:
    """What the files would bring; nothing is stored. BadInput for files that cannot be used or are large."""
    from bankhall.data.import_jobs import known_of, mapping_of, preview_rows
    from bankhall.data.importing.prepare import prepare

    check_may(scope, "import_records")
    rules.check_inside(files, _roots())
    rules.check_small_enough(files)
    question = _question(files, mapping_code, batch_code="preview", scope=scope)
    made = prepare(files, mapping_of(question), known_of(question), site_key=str(settings.CUSTOMER_KEY).encode())
    return Preview({n: preview_rows(t, rows) for n, t in made.tables.items()}, made.accounts, made.notes)


def start_import(
    files: Sequence[Path], mapping_code: str = "", *, complete_days: bool = False, by: Actor, scope: Scope
) -> ImportStarted:
    """Queues an import of uploads or of files of the inbox; the worker takes it when it is prepared."""
    check_may(scope, "import_records")
    rules.check_inside(files, _roots())
    code = new_code(timezone.now())
    question = to_plain(_question(files, mapping_code, batch_code=code, scope=scope))
    with audit.act(START, by=by, scope=scope, subject=Subject("batch", code)) as act:
        row = _new_batch(code, files, mapping_code, complete_days=complete_days, by=by, scope=scope)
        row.run_id = runs.submit(KIND, question, by=by)
        row.save()
        act.note(after={"files": row.files, "mapping": mapping_code})
        return ImportStarted(code, row.run_id)


def import_folder(
    path: Path, mapping_code: str = "", *, complete_days: bool = False, by: Actor, scope: Scope,
    progress: Tell = lambda _per_cent, _stage: None,
) -> ImportResult:  # fmt: skip
    """One file or folder of `import_paths`."""
    return import_paths([path], mapping_code, complete_days=complete_days, by=by, scope=scope, progress=progress)


def import_paths(
    paths: Sequence[Path], mapping_code: str = "", *, complete_days: bool = False, by: Actor, scope: Scope,
    progress: Tell = lambda _per_cent, _stage: None,
) -> ImportResult:  # fmt: skip
    """Imports files and folders together, here and now (command line, demo). BadInput leaves nothing but its reason."""
    from bankhall.data.import_jobs import prepare_into

    check_may(scope, "import_records")
    code = new_code(timezone.now())
    question = _question(paths, mapping_code, batch_code=code, scope=scope)
    with audit.act(START, by=by, scope=scope, subject=Subject("batch", code)):
        row = _new_batch(code, paths, mapping_code, complete_days=complete_days, by=by, scope=scope)
    try:
        answer = prepare_into(question, progress)
        return take(row.batch_code, answer, by=by, scope=scope)
    except BankhallError as error:
        _refuse(row.batch_code, str(error), by=by, scope=scope)
        raise


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side: takes what the child has prepared, in the name of the person who asked."""
    from bankhall.data.import_jobs import ImportAnswer

    row = models.Batch.objects.get(run_id=run.run_id)
    by = Actor(row.made_by, row.made_name)
    take(row.batch_code, from_plain(ImportAnswer, run.answer), by=by, scope=Scope.system(f"import {row.batch_code}"))


def take(batch_code: str, answer: "ImportAnswer", *, by: Actor, scope: Scope) -> ImportResult:
    """Brings a prepared import into the store and the lake; the lake's one commit is the last thing that can fail."""
    from bankhall.data.import_jobs import publish, staged

    row = models.Batch.objects.get(batch_code=batch_code)
    folder = staging_of(batch_code)
    tables = {name: staged(folder, name) for name in answer.tables}
    rules.check_reach(row.reach, tables)
    with audit.act(TAKE, by=by, scope=scope, subject=Subject("batch", batch_code)) as act:
        accounts = dict(answer.accounts) | _load_reference(tables, answer, batch_code)
        _keep_refusals(row, answer)
        row.notes = to_plain(answer.notes)
        row.rejected, row.state = answer.rejected, BatchState.TAKEN
        accounts |= publish(
            tables, accounts, lake=Path(settings.LAKE), batch=batch_code, complete_days=row.complete_days
        )
        row.accounts = to_plain(accounts)
        row.save()
        act.note(after=row.accounts)
    publish_reference(tables.keys() & REFERENCE, on=row.made_at.date(), batch=batch_code)
    rejections = folder / "rejections.csv"
    return ImportResult(batch_code, accounts, answer.notes, answer.rejected, rejections if answer.rejected else None)


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


def new_code(now: datetime) -> str:
    """A batch's code: when, and something that no other has."""
    return f"{now:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"


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


def _new_batch(
    code: str, files: Sequence[Path], mapping_code: str, *, complete_days: bool, by: Actor, scope: Scope
) -> models.Batch:
    reach = None if may(scope, "edit_reference") else sorted(scope.codes())
    return models.Batch.objects.create(
        batch_code=code, made_by=by.code, made_name=by.name, made_at=timezone.now(),
        files=[file.name for file in files], mapping_code=mapping_code, complete_days=complete_days, reach=reach,
    )  # fmt: skip


def _refuse(batch_code: str, reason: str, *, by: Actor, scope: Scope) -> None:
    with audit.act(REFUSE, by=by, scope=scope, subject=Subject("batch", batch_code), reason=reason[:500]):
        models.Batch.objects.filter(batch_code=batch_code).update(state=BatchState.FAILED, reason=reason)


def _question(files: Sequence[Path], mapping_code: str, *, batch_code: str, scope: Scope) -> "ImportQuestion":
    """`known` is read over the whole store: a file may name any branch; whose it is was asked before."""
    from bankhall.data.import_jobs import ImportQuestion

    del scope
    known = queries.known(Scope.system("codes that an import may refer to"))
    str(settings.CUSTOMER_KEY)  # made at its first use, so that the child finds the file
    return ImportQuestion(
        paths=tuple(str(file) for file in files),
        staging=str(staging_of(batch_code)),
        lake=str(settings.LAKE),
        mapping_code=mapping_code,
        mapping_text=queries.mapping_text(mapping_code) if mapping_code else "",
        key_file=str(Path(settings.KEYS) / "customer"),
        codes={name: tuple(sorted(codes)) for name, codes in known.codes.items()},
        zones=known.zones,
        zone=known.zone,
    )


def _roots() -> tuple[Path, ...]:
    return Path(settings.UPLOADS) / "files", inbox()
