"""`bankhall import` into the store and `bankhall export` out of it: what went in comes out, cell by cell."""

import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bankhall.cli.entry import main
from bankhall.data.contracts import TABLES
from bankhall.data.exchange import BankDetails, ExchangeFolder
from bankhall.data.exchange.codec import rows_table
from bankhall.data.importing import prepare
from bankhall.data.importing.mapping import shipped_mappings
from bankhall.kernel.bilingual import Bilingual
from tests.data.importing.exports import DAY, VISIT_HEADER, csv_text, machine_rows, visit_rows, write_machine_csv

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.LAKE, settings.UPLOADS = settings.HOME / "lake", settings.HOME / "uploads"


def _bank(folder: Path) -> ExchangeFolder:
    bank = ExchangeFolder(folder)
    rows: dict[str, list[dict[str, object]]] = {
        "nodes": [{"node_code": "H00", "kind": "head_office", "name_zh": "总行", "zone": "Asia/Shanghai"},
                  {"node_code": "B01", "kind": "branch", "parent_code": "H00", "zone": "Asia/Shanghai"}],
        "services": [{"service_code": "现金", "segment": "personal", "family": "cash", "dual_control": False,
                      "priority": 0},
                     {"service_code": "开户", "segment": "personal", "family": "account", "dual_control": True,
                      "priority": 0}],
        "tiers": [{"tier_code": code, "name_zh": f"={code}", "kind": "assets"} for code in ("普通", "金卡")],
        "windows": [{"branch_code": "B01", "window_code": code, "kind": "cash", "services": "现金|开户"}
                    for code in "12"],
    }  # fmt: skip
    visits = folder.parent / "visits.csv"
    visits.write_text(csv_text(VISIT_HEADER, visit_rows(20)), "utf-8")
    tables = {name: rows_table(name, made) for name, made in rows.items()}
    details = BankDetails(Bilingual("示例", "Sample"), synthetic=True)
    bank.write(tables | {"visits": prepare([visits]).tables["visits"]}, details=details)
    return bank


def _run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, dict[str, dict[str, int]]]:
    assert main([*map(str, words), "--json"]) == 0
    answer: dict[str, dict[str, dict[str, int]]] = json.loads(capsys.readouterr().out)
    return answer


def test_what_is_imported_is_exported_cell_by_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = _bank(tmp_path / "bank")
    _run(capsys, "import", tmp_path / "bank")
    again = _run(capsys, "import", tmp_path / "bank")["tables"]
    assert again["visits"] == {"read": 20, "taken": 0, "changed": 0, "duplicate": 20, "rejected": 0}
    _run(capsys, "export", tmp_path / "copy")
    copy = ExchangeFolder(tmp_path / "copy")
    assert copy.details() == bank.details()
    assert copy.names() == bank.names()
    for name in bank.names():
        key = [(column, "ascending") for column in TABLES[name].key]
        assert copy.table(name).sort_by(key) == bank.table(name).sort_by(key)


def test_a_mapping_file_of_ones_own_is_kept_once_for_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bankhall.apps.imports import queries
    from bankhall.kernel.scope import Scope

    _bank(tmp_path / "bank")
    _run(capsys, "import", tmp_path / "bank")
    own = tmp_path / "machine.toml"
    text = shipped_mappings()["queue_machine"].read_text("utf-8")
    own.write_text(text.replace('staff_no = { column = "柜员号", optional = true }\n', ""), "utf-8")
    file = write_machine_csv(tmp_path, machine_rows(12, day=DAY))
    for _ in range(2):
        answer = _run(capsys, "import", file, "--mapping", own)
    assert answer["tables"]["steps"] == {"read": 12, "taken": 0, "changed": 0, "duplicate": 12, "rejected": 0}
    kept = [line for line in queries.mappings(Scope.system("test")) if line.source == "own"]
    assert [(line.mapping_code, line.version) for line in kept] == [("machine", 1)]
