"""`replan` as anybody runs it: on a folder of files, with exit codes and JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import BankDetails, ExchangeFolder, read_table
from bankhall.data.exchange.codec import bank_tables, read_assignments, read_rows, requirement_table, rosters_table
from bankhall.kernel.bilingual import Bilingual
from tests.analytics.rostering.problems import WEEK, at, bare, people
from tests.analytics.rostering.test_rules_matter import need

MONDAY = WEEK.first_day()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three tellers, one of whom works on Monday from nine to five, and one is needed."""
    staff = tuple(replace(person, posts=("teller",)) for person in people(3))
    bank = replace(bare(staff).bank, name=Bilingual("行", "Bank"))
    tables = {**bank_tables(bank), "requirement": requirement_table(need((MONDAY,), 540, 1020))}
    rows = [at("S000", 0, 540, 1020), at("S001", 1, 540, 1020)]
    tables["rosters"] = rosters_table(rows, week=WEEK, version=3, state="published")
    ExchangeFolder(tmp_path / "bank").write(tables, details=BankDetails(name=bank.name), form="csv")
    return tmp_path / "bank"


def _replan(folder: Path, out: Path, *more: str, now: str = f"{MONDAY}T07:30") -> int:
    words = ["replan", "--folder", str(folder), "--branch", "B01", "--now", now, "--moves", "2000"]
    return main([*words, "--out", str(out), *more])


def test_one_person_comes_instead_and_the_version_goes_on(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _replan(folder, tmp_path / "out", "--absent", "S000", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["people_short_before"], told["people_short_after"], len(told["changed"])) == (16, 0, 1)
    table = read_table(tmp_path / "out" / "rosters.csv", "rosters")
    assert {(row["version"], row["state"]) for row in read_rows(table)} == {(4, "draft")}
    monday = {row.staff_no for row in read_assignments(table) if row.business_date == MONDAY}
    assert "S000" not in monday
    assert len(monday) == 1


def test_the_same_seed_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _replan(folder, tmp_path / name, "--absent", "S000") == 0
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--absent", "S999"), "nobody with the number S999"),
        (("--absent", "S000", "--until", f"{MONDAY}T07:00"), "is not after now"),
        (("--now", "2026-06-01T07:30"), "no published roster for 2026-W23"),
    ],
)
def test_what_cannot_be_mended_is_said_with_exit_three(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert _replan(folder, tmp_path / "out", *words) == 3
    assert told in capsys.readouterr().err
