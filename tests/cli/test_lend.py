"""`bankhall lend` on a folder with a week's rosters and requirement."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import bank_tables, details_of, requirement_table, rosters_table
from bankhall.data.lend_jobs import lend_region_job
from bankhall.data.planning.lending import folder_question
from bankhall.kernel.bank.branch import Node
from tests.analytics.lending.two_branches import asked
from tests.factories.bank import WEEK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    problem = asked()
    bank = replace(problem.bank, nodes=(*problem.bank.nodes, Node("R02", "region", "H00")))
    rows = [row for week in problem.branches for row in week.assignments]
    needed = [row for week in problem.branches for row in week.problem.requirement]
    tables = bank_tables(bank) | {
        "rosters": rosters_table(rows, week=WEEK, version=2, state="published"),
        "requirement": requirement_table(needed),
    }
    ExchangeFolder(tmp_path).write(tables, details=details_of(bank))
    return tmp_path


def test_the_answer_names_loans_savings_and_costs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lend", "--folder", str(folder), "--week", str(WEEK), "--region", "R01", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (loan,) = answer["loans"]
    assert (loan["from_branch"], loan["to_branch"], loan["half_hours_saved"]) == ("B02", "B01", 16)
    assert loan["wait_p90_saved"] is None  # there are no records to forecast from
    assert answer["totals"]["cost_fen"] == loan["cost_fen"] == 15000


def test_the_words_say_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lend", "--folder", str(folder), "--week", str(WEEK)]) == 0
    assert "1 loans fill 16 of 16 half hours short; they cost 150.00 yuan" in capsys.readouterr().out


def test_the_same_folder_gives_the_same_bytes(folder: Path) -> None:
    question = folder_question(folder, WEEK)
    assert json.dumps(lend_region_job(question)) == json.dumps(lend_region_job(question))


@pytest.mark.parametrize(
    ("words", "said"), [(["--week", "2026-W40"], "no roster"), (["--week", "2026-W49", "--region", "R9"], "R9")]
)
def test_what_cannot_be_asked_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["lend", "--folder", str(folder), *words]) == 3
    assert said in capsys.readouterr().err
