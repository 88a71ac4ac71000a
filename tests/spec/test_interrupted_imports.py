"""kill -9 between the lake's commit and the store's: the store follows by itself, or nothing is seen of the import."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django.fixtures import Settings

from bankhall.apps.audit import bases
from bankhall.apps.audit.models import Line
from bankhall.apps.imports import actions, queries
from bankhall.apps.imports.actions.interrupted import under_way
from bankhall.apps.imports.models import Batch
from bankhall.apps.network.models import NodeRow
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.actions import queue
from bankhall.apps.runs.models import Run
from bankhall.data.lake import Lake
from tests.apps.imports.test_importing import VISITS, folder_with, uploaded
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = at("head_office", "B01", "B02")


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.LAKE, settings.UPLOADS = tmp_path, tmp_path / "lake", tmp_path / "uploads"


def killed(when: str, what: object) -> None:
    database = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.spec.import_process", database, when, str(what)]
    done = subprocess.run(command, env=os.environ | {"BANKHALL_HOME": str(django_settings.HOME)}, check=False)
    assert done.returncode == -9


def lake() -> Lake:
    return Lake(Path(django_settings.LAKE))


def lines() -> list[str]:
    return list(Line.objects.order_by("id").values_list("name", flat=True))


def test_what_the_lake_took_the_store_takes_too(tmp_path: Path) -> None:
    killed("after", folder_with(tmp_path / "in"))
    batch, version = Batch.objects.get(), lake().snapshot().version
    assert (batch.state, lake().snapshot().table("visits").num_rows, NodeRow.objects.count()) == ("preparing", 2, 0)
    assert actions.settle_interrupted() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.accounts["visits"], NodeRow.objects.count()) == (
        "taken", {"read": 4, "taken": 2, "changed": 0, "duplicate": 1, "rejected": 1}, 3,
    )  # fmt: skip
    assert lines() == ["imports.start", "imports.take"]
    assert queries.quarantine(OFFICE, batch.batch_code).rejected == 1
    assert next(v.batch for v in lake().versions() if "visits" in v.tables) == batch.batch_code
    assert lake().snapshot().table("visits").num_rows == 2
    assert lake().snapshot(version).names() == ("visits",)
    assert lake().snapshot().reference("nodes").num_rows == 3
    assert actions.settle_interrupted() == 0


def test_what_the_lake_did_not_take_is_ended_and_nothing_is_seen_of_it(tmp_path: Path) -> None:
    killed("before", folder_with(tmp_path / "in"))
    actions.import_folder(folder_with(tmp_path / "next"), by=SYSTEM.actor, scope=SYSTEM)
    first, second = Batch.objects.order_by("id")
    assert (first.state, first.reason, second.state) == ("failed", "import_interrupted", "taken")
    assert second.accounts["visits"]["taken"] == 2
    assert lines() == ["imports.start", "imports.refuse", "imports.start", "imports.take"]


def test_an_import_that_is_still_under_way_is_left_alone() -> None:
    from bankhall.apps.imports.actions.batches import _new_batch

    with under_way("alive"), bases.writing("a test"):
        _new_batch("alive", [], "", complete_days=False, by=SYSTEM.actor, scope=SYSTEM)
        _new_batch("elsewhere", [], "", complete_days=False, by=SYSTEM.actor, scope=SYSTEM)
        assert actions.settle_interrupted() == 0
    assert actions.settle_interrupted() == 1
    with bases.writing("a test"):
        elsewhere = Batch.objects.get(batch_code="elsewhere")
        elsewhere.made_at -= timedelta(days=2)
        elsewhere.save()
    assert actions.settle_interrupted() == 1
    assert set(Batch.objects.values_list("state", flat=True)) == {"failed"}


def test_a_worker_killed_there_leaves_an_import_that_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load_bank(small_bank())
    file = uploaded("visits.csv", VISITS, OFFICE)
    started = actions.start_import([file], by=OFFICE.actor, scope=OFFICE)
    killed("after", "run")
    assert Run.objects.get().state == "running"
    assert actions.settle_interrupted() == 1
    monkeypatch.setattr(queue, "LEASE", timedelta(0))
    version = lake().snapshot().version
    assert runs.Worker("batch").work_once()
    run, batch = Run.objects.get(), Batch.objects.get(batch_code=started.batch_code)
    assert (run.state, run.attempt, batch.state) == ("done", 2, "taken")
    assert batch.accounts["visits"]["taken"] == 2
    assert (lines().count("imports.take"), lake().snapshot().version) == (1, version)


def test_a_cancelled_run_ends_its_import() -> None:
    load_bank(small_bank())
    started = actions.start_import([uploaded("visits.csv", VISITS, OFFICE)], by=OFFICE.actor, scope=OFFICE)
    assert actions.settle_interrupted() == 0
    runs.cancel(started.run_id, by=OFFICE.actor, scope=OFFICE)
    assert actions.settle_interrupted() == 1
    assert queries.batch(OFFICE, started.batch_code).line.state == "failed"
