"""An import is taken whole or not at all; every row is accounted for; nobody brings in what is not theirs."""

from pathlib import Path

import pyarrow as pa
import pytest
from django.conf import settings

from bankhall.apps.audit.queries import trail
from bankhall.apps.imports import actions, queries
from bankhall.apps.imports.models import Batch
from bankhall.apps.imports.states import BatchState
from bankhall.apps.network.models import NodeRow
from bankhall.apps.runs.actions import RunAnswer
from bankhall.apps.runs.models import Run
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import bank_tables, details_of
from bankhall.data.import_jobs import prepare_job
from bankhall.data.lake import Lake
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import NOW, at

pytestmark = pytest.mark.django_db
VISITS = """visit_id,branch_code,business_date,segment,channel,arrived_at,outcome,source,source_key
V1,B01,2026-11-20,personal,walk_in,2026-11-20T09:05:00,served,queue,1
V2,B01,2026-11-20,personal,walk_in,2026-11-20T09:10:00,served,queue,2
V2,B01,2026-11-20,personal,walk_in,2026-11-20T09:10:00,served,queue,2
V3,B01,2026-11-20,personal,walk_in,yesterday,served,queue,3
"""
OFFICE = at("head_office", "B01", "B02")
MANAGER = at("branch_manager", "B01")


def folder_with(path: Path, text: str = VISITS, *, branches: int = 1) -> Path:
    path.mkdir()
    bank = small_bank(branches)
    tables = {name: table for name, table in bank_tables(bank).items() if table.num_rows}
    ExchangeFolder(path).write(tables, details=details_of(bank), form="csv")
    (path / "visits.csv").write_text(text, "utf-8")
    return path


def bring(path: Path, scope: Scope = SYSTEM) -> actions.ImportResult:
    return actions.import_folder(path, by=scope.actor, scope=scope)


def visits() -> pa.Table:
    return Lake(Path(settings.LAKE)).snapshot().table("visits")


def uploaded(name: str, text: str, scope: Scope) -> Path:
    return actions.save_upload(name, [text.encode()], by=scope.actor, scope=scope)


def test_rows_go_to_the_store_and_the_lake_and_are_accounted_for(tmp_path: Path) -> None:
    done = bring(folder_with(tmp_path / "in"))
    account = done.accounts["visits"]
    assert (account.read, account.taken, account.duplicate, account.rejected) == (4, 2, 1, 1)
    assert visits().num_rows == 2
    assert queries.bank(SYSTEM) == small_bank()
    assert queries.batch(OFFICE, done.batch_code).line.state == BatchState.TAKEN


def test_the_same_folder_again_changes_nothing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in")
    bring(folder)
    version = Lake(Path(settings.LAKE)).snapshot().version
    again = bring(folder)
    assert {a.taken + a.changed for a in again.accounts.values()} == {0}
    assert Lake(Path(settings.LAKE)).snapshot().version == version
    assert NodeRow.objects.count() == 3


def test_a_changed_row_is_a_change_and_the_old_one_stays(tmp_path: Path) -> None:
    bring(folder_with(tmp_path / "one"))
    done = bring(
        folder_with(tmp_path / "two", VISITS.replace("V1,B01,2026-11-20,personal", "V1,B01,2026-11-20,corporate"))
    )
    assert (done.accounts["visits"].changed, done.accounts["visits"].taken) == (1, 0)


def test_a_file_that_cannot_be_used_leaves_nothing_behind_but_its_reason(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in")
    (folder / "visits.csv").unlink()
    (folder / "visits.xlsx").write_bytes(b"no workbook")
    with pytest.raises(BadInput):
        bring(folder)
    assert not NodeRow.objects.exists()
    assert not Path(settings.LAKE).exists() or not Lake(Path(settings.LAKE)).snapshot().names()
    row = Batch.objects.get()
    assert (row.state, bool(row.reason)) == (BatchState.FAILED, True)


def test_refused_rows_are_kept_mended_and_imported_again(tmp_path: Path) -> None:
    done = bring(folder_with(tmp_path / "in"))
    page = queries.quarantine(OFFICE, done.batch_code)
    assert [(line.table, line.row, line.cells["visit_id"]) for line in page.lines] == [("visits", 5, "V3")]
    refused = queries.rejections_csv(OFFICE, done.batch_code).decode("utf-8-sig")
    mended = tmp_path / "rejections-mended.csv"
    mended.write_text(refused.replace("yesterday", "2026-11-20T10:00:00"), "utf-8")
    again = bring(mended)
    assert (again.accounts["visits"].taken, visits().num_rows) == (1, 3)


def test_an_upload_is_prepared_by_a_child_and_taken_by_the_worker() -> None:
    load_bank(small_bank())
    file = uploaded("visits.csv", VISITS, OFFICE)
    started = actions.start_import([file], by=OFFICE.actor, scope=OFFICE)
    run = Run.objects.get(pk=started.run_id)
    assert queries.batch(OFFICE, started.batch_code).line.state == BatchState.PREPARING
    told = prepare_job(run.question, lambda _per_cent, _stage: None)
    actions.accept_run(RunAnswer(run.pk, run.kind, run.question, told, "", None, OFFICE.actor, NOW))
    detail = queries.batch(OFFICE, started.batch_code)
    assert (detail.line.state, detail.line.rejected, visits().num_rows) == (BatchState.TAKEN, 1, 2)
    assert "imports.take" in {line.name for line in trail(at("auditor")).lines}


def test_a_failed_run_shows_as_a_failed_batch_with_its_reason() -> None:
    load_bank(small_bank())
    started = actions.start_import([uploaded("visits.csv", VISITS, OFFICE)], by=OFFICE.actor, scope=OFFICE)
    Run.objects.filter(pk=started.run_id).update(state="failed", reason="BadInput: encoding_unknown")
    line = queries.batches(OFFICE).lines[0]
    assert (line.state, line.reason) == (BatchState.FAILED, "BadInput: encoding_unknown")


def test_nobody_brings_in_records_of_another_branch(tmp_path: Path) -> None:
    load_bank(small_bank(2))
    (tmp_path / "visits.csv").write_text(VISITS.replace("B01", "B02"), "utf-8")
    with pytest.raises(NotAllowed, match="branch_out_of_scope"):
        bring(tmp_path / "visits.csv", MANAGER)
    (tmp_path / "visits.csv").write_text(VISITS, "utf-8")
    assert bring(tmp_path / "visits.csv", MANAGER).accounts["visits"].taken == 2


def test_reference_records_are_brought_in_by_head_office(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="reference_by_head_office"):
        bring(folder_with(tmp_path / "in"), MANAGER)
    bring(folder_with(tmp_path / "again"), OFFICE)


def test_a_teller_imports_nothing() -> None:
    teller = at("teller")
    with pytest.raises(NotAllowed, match="role_may_not"):
        uploaded("visits.csv", VISITS, teller)


@pytest.mark.parametrize("name", ["../../etc/visits.csv", "..\\visits.csv", "/visits.csv"])
def test_an_uploads_name_cannot_leave_its_folder(name: str) -> None:
    assert uploaded(name, VISITS, OFFICE).is_relative_to(Path(settings.UPLOADS) / "files")


def test_a_face_hands_over_uploads_and_the_inbox_only(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(NotAllowed, match="file_outside_inbox"):
        actions.start_import([tmp_path / "secret.csv"], by=OFFICE.actor, scope=OFFICE)
    (actions.inbox() / "visits.csv").write_text(VISITS, "utf-8")
    load_bank(small_bank())
    assert actions.preview([actions.inbox() / "visits.csv"], scope=OFFICE).accounts["visits"].taken == 2


def test_a_preview_stores_nothing() -> None:
    load_bank(small_bank())
    shown = actions.preview([uploaded("visits.csv", VISITS, OFFICE)], scope=OFFICE)
    assert [row["visit_id"] for row in shown.tables["visits"]] == ["V1", "V2"]
    assert not Batch.objects.filter(files=["visits.csv"]).exists()


def test_what_was_imported_is_exported_again(tmp_path: Path) -> None:
    bring(folder_with(tmp_path / "in", branches=2))
    actions.export_folder(tmp_path / "out", by=SYSTEM.actor, scope=SYSTEM)
    folder = ExchangeFolder(tmp_path / "out")
    assert folder.bank() == small_bank(2)
    assert folder.table("visits").num_rows == 2


def test_a_branch_manager_exports_the_own_branch_only(tmp_path: Path) -> None:
    bring(folder_with(tmp_path / "in", VISITS + VISITS.splitlines()[1].replace("V1,B01", "V9,B02") + "\n", branches=2))
    actions.export_folder(tmp_path / "out", by=MANAGER.actor, scope=MANAGER)
    folder = ExchangeFolder(tmp_path / "out")
    assert set(folder.table("visits")["branch_code"].to_pylist()) == {"B01"}
    assert {person.branch_code for person in folder.bank().staff} == {"B01"}


def test_batches_of_others_are_not_found_by_a_branch(tmp_path: Path) -> None:
    done = bring(folder_with(tmp_path / "in"), OFFICE)
    with pytest.raises(NotFound):
        queries.batch(MANAGER, done.batch_code)
    assert queries.batches(MANAGER).lines == ()


def test_the_question_of_the_child_holds_no_key(tmp_path: Path) -> None:
    load_bank(small_bank())
    started = actions.start_import([uploaded("visits.csv", VISITS, OFFICE)], by=OFFICE.actor, scope=OFFICE)
    assert str(settings.CUSTOMER_KEY) not in str(to_plain(Run.objects.get(pk=started.run_id).question))


def test_somebody_else_is_named_in_the_line_of_a_run() -> None:
    load_bank(small_bank())
    who = Scope(Actor("li", "李敏"), OFFICE.branches)
    actions.start_import([uploaded("visits.csv", VISITS, who)], by=who.actor, scope=who)
    assert queries.batches(OFFICE).lines[0].made_name == "李敏"


def test_what_the_records_allow_is_said_to_everybody_in_scope(tmp_path: Path) -> None:
    bring(folder_with(tmp_path / "in", branches=2), OFFICE)
    notes = {(note.code, note.facts.get("branch_code", "")) for note in queries.allowances(MANAGER)}
    assert ("short_history", "B01") in notes
    assert queries.allowances(at("branch_manager", "B02")) != ()
    stranger = {note.facts.get("branch_code", "") for note in queries.allowances(at("branch_manager", "B02"))}
    assert stranger == {""}


def test_several_files_are_one_batch(tmp_path: Path) -> None:
    load_bank(small_bank())
    (tmp_path / "visits.csv").write_text(VISITS, "utf-8")
    (tmp_path / "steps.csv").write_text(
        "visit_id,step_no,service_code,queued_at,outcome\nV1,1,cash,2026-11-20T09:05:00,done\n", "utf-8"
    )
    done = actions.import_paths([tmp_path / "steps.csv", tmp_path / "visits.csv"], by=SYSTEM.actor, scope=SYSTEM)
    assert (done.accounts["steps"].taken, done.accounts["visits"].taken) == (1, 2)
