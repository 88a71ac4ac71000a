"""What the bank's own jobs lay into the inbox is imported once, folder by folder, when it is finished."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from bankhall.apps.imports import actions
from bankhall.apps.imports.actions.picking import pick_up
from bankhall.apps.imports.jobs import look_into_inbox
from bankhall.apps.imports.models import Batch
from bankhall.apps.runs.actions import RunAnswer
from bankhall.apps.runs.models import Run
from bankhall.kernel.scope import Actor
from tests.apps.imports.test_importing import VISITS
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ON = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def lay(name: str, *, age: timedelta = timedelta(hours=1), text: str = VISITS) -> Path:
    path = Path(settings.HOME) / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    laid = (NOW - age).timestamp()
    os.utime(path, (laid, laid))
    return path


def picked() -> list[tuple[str, list[str]]]:
    """Mapping and files of the imports that were started."""
    codes = [started.batch_code for started in pick_up(on=ON, now=NOW)]
    return list(Batch.objects.filter(batch_code__in=codes).order_by("id").values_list("mapping_code", "files"))


def test_new_files_are_imported_by_the_mapping_of_their_folder_each_folder_by_itself() -> None:
    lay("visits.csv")
    lay("queue_machine/B01-20261123.csv")
    lay("queue_machine/B02/B02-20261123.csv")
    assert picked() == [
        ("", ["visits.csv"]), ("queue_machine", ["B01-20261123.csv"]), ("queue_machine", ["B02-20261123.csv"]),
    ]  # fmt: skip
    assert set(Run.objects.values_list("kind", "business_date")) == {("import", ON)}


def test_a_file_is_imported_once_and_again_when_it_has_changed() -> None:
    lay("visits.csv")
    assert len(picked()) == 1
    assert picked() == []
    lay("visits.csv", age=timedelta(minutes=5))
    assert len(picked()) == 1


def test_what_is_still_being_written_waits() -> None:
    lay("visits.csv", age=timedelta(seconds=5))
    for name in ("steps.csv.part", ".visits.csv", "~$visits.xlsx", "readme.txt", ".old/visits.csv"):
        lay(name)
    assert picked() == []


def test_an_empty_inbox_starts_nothing() -> None:
    assert actions.inbox().is_dir()
    assert picked() == []


def test_the_timetables_run_looks_into_it() -> None:
    lay("visits.csv")
    look_into_inbox(RunAnswer(1, "pick_up", {}, {}, "", ON, Actor("system"), NOW))
    assert Batch.objects.get().made_by == "system"
