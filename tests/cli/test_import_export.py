"""`bankhall import … --into` and `bankhall templates`, as they are called."""

import json
from pathlib import Path

import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import ExchangeFolder
from tests.data.importing.exports import machine_rows, write_machine_csv


def _run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, object], str]:
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_import_into_a_folder_accounts_for_every_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = machine_rows(30)
    rows[3] = (*rows[3][:9], "?")
    file = write_machine_csv(tmp_path, rows)
    words = ("import", file, "--mapping", "queue_machine", "--into", tmp_path / "bank")
    code, answer, _ = _run(capsys, *words)
    assert code == 0
    counts = {"read": 30, "taken": 29, "changed": 0, "duplicate": 0, "rejected": 1}
    assert answer["tables"] == {"visits": counts, "steps": counts}
    assert answer["rejections"] == str(tmp_path / "bank" / "rejections.csv")
    assert isinstance(answer["notes"], list)
    assert ExchangeFolder(tmp_path / "bank").table("visits").num_rows == 29
    _, again, _ = _run(capsys, *words)
    assert again["tables"] == {name: counts | {"taken": 0, "duplicate": 29} for name in ("visits", "steps")}


def test_a_file_that_cannot_be_used_exits_with_3_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "visits.csv").write_text("visit_id,branch_code\nx\n", "utf-8")
    code, answer, err = _run(capsys, "import", tmp_path / "visits.csv", "--into", tmp_path / "bank")
    assert code == 3
    assert answer["error"] == "column_missing"
    assert "visits.csv" in err
    assert not (tmp_path / "bank").exists()


def test_templates_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = _run(capsys, "templates", tmp_path)
    assert code == 0
    assert isinstance(answer["templates"], list)
    assert str(tmp_path / "visits.xlsx") in answer["templates"]


@pytest.mark.parametrize(
    ("locale", "words"), [("zh_CN.UTF-8", "个文件看起来是 utf-8 编码"), ("C.UTF-8", "file looks like utf-8")]
)
def test_what_was_noticed_is_said_in_the_terminals_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, words: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    (tmp_path / "tiers.csv").write_text("tier_code,name_zh,name_en,kind\ngold,金卡,Gold,assets\n", "utf-8")
    assert main(["import", str(tmp_path / "tiers.csv"), "--into", str(tmp_path / "bank")]) == 0
    assert words in capsys.readouterr().out
