import json
from pathlib import Path

import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import ExchangeFolder


def test_a_bank_of_any_size_is_written_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["synthesise", str(tmp_path / "bank"), "--branches", "1", "--from", "2026-04-20", "--until", "2026-04-22"]
    assert main([*words, "--seed", "3", "--truth", str(tmp_path / "truth.json"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    folder = ExchangeFolder(tmp_path / "bank")
    assert told["tables"]["visits"] == folder.table("visits").num_rows > 100
    assert (tmp_path / "truth.json").is_file()


def test_dates_that_run_backwards_are_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synthesise", str(tmp_path), "--from", "2026-04-20", "--until", "2026-04-01"]) == 3
    assert capsys.readouterr().err
