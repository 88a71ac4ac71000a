"""Imports come in: previewed, prepared by a child or here and now, then taken."""

from collections.abc import Callable, Mapping, Sequence
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
from bankhall.apps.imports.actions.interrupted import settle_interrupted, under_way
from bankhall.apps.imports.actions.taking import ImportResult, refuse, staging_of, take
from bankhall.apps.imports.actions.uploading import inbox
from bankhall.apps.runs import actions as runs
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

if TYPE_CHECKING:
    from bankhall.data.import_jobs import ImportQuestion
    from bankhall.data.importing.account import Account, Note

START = action_name("imports.start")
KIND = "import"
Tell = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class ImportStarted:
    """A batch, and the run that prepares it."""

    batch_code: str
    run_id: int


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
    files: Sequence[Path], mapping_code: str = "", *, complete_days: bool = False,
    business_date: date | None = None, by: Actor, scope: Scope,
) -> ImportStarted:  # fmt: skip
    """Queues an import of uploads or of files of the inbox; the worker takes it when it is prepared.

    With a business date the timetable's later entries of that date wait for it.
    """
    check_may(scope, "import_records")
    rules.check_inside(files, _roots())
    settle_interrupted()
    code = new_code(timezone.now())
    question = to_plain(_question(files, mapping_code, batch_code=code, scope=scope))
    with audit.act(START, by=by, scope=scope, subject=Subject("batch", code)) as act:
        row = _new_batch(code, files, mapping_code, complete_days=complete_days, by=by, scope=scope)
        row.run_id = runs.submit(KIND, question, by=by, business_date=business_date)
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
    settle_interrupted()
    code = new_code(timezone.now())
    question = _question(paths, mapping_code, batch_code=code, scope=scope)
    with under_way(code):
        with audit.act(START, by=by, scope=scope, subject=Subject("batch", code)):
            _new_batch(code, paths, mapping_code, complete_days=complete_days, by=by, scope=scope)
        try:
            return take(code, prepare_into(question, progress), by=by, scope=scope)
        except BankhallError as error:
            refuse(code, str(error), by=by, scope=scope)
            raise


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side: takes what the child has prepared, in the name of the person who asked."""
    from bankhall.data.import_jobs import ImportAnswer

    row = models.Batch.objects.get(run_id=run.run_id)
    by = Actor(row.made_by, row.made_name)
    take(row.batch_code, from_plain(ImportAnswer, run.answer), by=by, scope=Scope.system(f"import {row.batch_code}"))


def new_code(now: datetime) -> str:
    """A batch's code: when, and something that no other has."""
    return f"{now:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"


def _new_batch(
    code: str, files: Sequence[Path], mapping_code: str, *, complete_days: bool, by: Actor, scope: Scope
) -> models.Batch:
    reach = None if may(scope, "edit_reference") else sorted(scope.codes())
    return models.Batch.objects.create(
        batch_code=code, made_by=by.code, made_name=by.name, made_at=timezone.now(),
        files=[file.name for file in files], mapping_code=mapping_code, complete_days=complete_days, reach=reach,
    )  # fmt: skip


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
