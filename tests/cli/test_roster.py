"""`roster` and `check-roster` as anybody runs them: on a folder of files, with exit codes and JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import BankDetails, ExchangeFolder
from bankhall.data.exchange.codec import bank_tables, requirement_table, rosters_table
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.week import Week
from tests.analytics.rostering.problems import WEEK, at
from tests.analytics.rostering.test_conflict import CASES
from tests.analytics.rostering.test_rules_matter import need

WORKABLE = CASES["two absent, two needed"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A branch of three with one open day, nobody absent."""
    return _write(tmp_path / "bank", ())


def _write(path: Path, absences: tuple[Absence, ...]) -> Path:
    bank = replace(WORKABLE.bank, absences=absences, name=Bilingual("行", "Bank"))
    tables = {**bank_tables(bank), "requirement": requirement_table(need((WEEK.first_day(),), 540, 1020))}
    tables["rosters"] = rosters_table([at("S1", -7, 540, 600)], week=Week(2026, 9), version=1, state="published")
    ExchangeFolder(path).write(tables, details=BankDetails(name=bank.name), form="csv")
    return path


def _roster(folder: Path, out: Path, *more: str) -> int:
    words = ["roster", "--folder", str(folder), "--branch", "B01", "--week", str(WEEK), "--moves", "2000"]
    return main([*words, "--out", str(out), *more])


def test_a_roster_is_written_and_checks_clean(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _roster(folder, tmp_path / "out", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["unmet_half_hours"], told["breaches"]["law_control"]) == ("feasible", 0, 0)
    assert main(["check-roster", str(tmp_path / "out" / "rosters.csv"), "--folder", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"breaches": []}


def test_the_same_seed_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _roster(folder, tmp_path / name) == 0
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_kept_assignments_stay(folder: Path, tmp_path: Path) -> None:
    from bankhall.data.exchange import read_table, write_table
    from bankhall.data.exchange.codec import read_assignments

    kept = at("S2", 0, 600, 720, locked=True)
    write_table(tmp_path / "kept.csv", rosters_table([kept], week=WEEK, version=1, state="draft"))
    assert _roster(folder, tmp_path / "out", "--keep", str(tmp_path / "kept.csv")) == 0
    assert kept in read_assignments(read_table(tmp_path / "out" / "rosters.csv", "rosters"))


def test_an_infeasible_week_exits_with_one_and_names_what_conflicts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _write(tmp_path / "bank", WORKABLE.bank.absences)
    assert _roster(folder, tmp_path / "out") == 1
    assert "two_person_presence 2026-03-02" in capsys.readouterr().out
    told = json.loads((tmp_path / "out" / "roster.json").read_text(encoding="utf-8"))
    assert {member["rule_code"] for member in told["conflict"]} == {"absence", "two_person_presence"}


def test_a_checked_roster_in_breach_of_law_exits_with_one(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bankhall.data.exchange import write_table

    alone = rosters_table([at("S1", 0, 540, 1020)], week=WEEK, version=1, state="draft")
    write_table(tmp_path / "alone.csv", alone)
    assert main(["check-roster", str(tmp_path / "alone.csv"), "--folder", str(folder), "--json"]) == 1
    assert {row["rule_code"] for row in json.loads(capsys.readouterr().out)["breaches"]} == {"two_person_presence"}


def test_an_unknown_branch_is_bad_input(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["roster", "--folder", str(folder), "--branch", "B77", "--week", str(WEEK), "--out", str(tmp_path / "o")]
    assert main(words) == 3
    assert "B77" in capsys.readouterr().err
