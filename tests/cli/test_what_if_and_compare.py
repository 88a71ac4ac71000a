"""`what-if` and `compare` as anybody runs them: on a folder of files, with exit codes and JSON."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import ExchangeFolder, read_table
from bankhall.data.exchange.codec import bank_tables, details_of, read_assignments, rosters_table, rows_table
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.minutes import format_minutes
from tests.analytics.planning.small_bank import BANK, FIRST, WEEK

TUESDAY = WEEK.days()[1]
COMMON = ("--week", str(WEEK), "--seed", "7", "--branch", "B")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of eight weeks of arrivals, and its planned week beside it."""
    path = tmp_path_factory.mktemp("what_if")
    bank = replace(BANK, name=Bilingual("行", "Bank"))
    facts = rows_table("arrival_counts", counts())
    ExchangeFolder(path / "bank").write({**bank_tables(bank), "arrival_counts": facts}, details=details_of(bank))
    words = ["plan", "--folder", str(path / "bank"), *COMMON, "--moves", "60000", "--out", str(path / "plan")]
    assert main(words) == 0
    return path


def counts() -> list[dict[str, object]]:
    rng = np.random.default_rng(3)
    return [
        {"branch_code": "B", "service_code": service, "business_date": day, "slot_start": format_minutes(minute),
         "minutes": 30, "count": int(rng.poisson(mean)), "source": "test"}
        for day in (FIRST + timedelta(days=n) for n in range(56))
        if day.isoweekday() < 6
        for minute in range(540, 1020, 30)
        for service, mean in (("cash", 4.0), ("account", 2.0))
    ]  # fmt: skip


def ask(home: Path, capsys: pytest.CaptureFixture[str], *words: str, json_too: bool = True) -> tuple[int, str]:
    rest = ["--folder", str(home / "bank"), *COMMON, "--plan", str(home / "plan"), "--days", "40"]
    code = main(["what-if", *rest, *words, *(["--json"] if json_too else [])])
    return code, capsys.readouterr().out


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def change(answer: str, measure: str) -> float:
    (row,) = [
        row for row in json.loads(answer)["differences"] if (row["measure"], row["service_code"]) == (measure, "")
    ]
    return float(row["change"])


@pytest.mark.parametrize(
    "words",
    [
        ("--windows", str(TUESDAY), "10:00-12:00", "-1", "teller"),
        ("--ill", str(TUESDAY), "1"),
        ("--ill", str(TUESDAY), "T0"),
        ("--day", str(TUESDAY), "--opens", "08:30"),
        ("--day", str(TUESDAY), "--lunch", "12:00-13:00"),
        ("--day", str(TUESDAY), "--promise", "cash", "5"),
        ("--day", str(TUESDAY), "--moved", "account", "50"),
        ("--day", str(TUESDAY), "--demand", "-20"),
    ],
)
def test_every_question_of_the_panel_can_be_asked(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    _, told = ask(home, capsys, *words)
    answer = json.loads(told)
    assert answer["kind"] == "week"
    assert answer["dates"] == [str(TUESDAY)]


def test_more_customers_wait_longer_and_the_same_seed_gives_the_same_bytes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--day", str(TUESDAY), "--demand", "60")
    (_, first), (_, second) = ask(home, capsys, *words), ask(home, capsys, *words)
    assert first == second
    assert change(first, "wait_p90") > 0
    fewer = ask(home, capsys, "--day", str(TUESDAY), "--demand", "-60")[1]
    assert change(fewer, "wait_p90") < 0


def test_the_words_tell_both_sides_in_the_terminals_language(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--ill", str(TUESDAY), "T0")
    told = ask(home, capsys, *words, json_too=False)[1]
    assert "P90 wait" in told
    assert "Taken as absent: T0" in told
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "P90 等候" in ask(home, capsys, *words, json_too=False)[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 3),
        (("--windows", str(TUESDAY), "10:00-12:00", "many", "teller"), 3),
        (("--windows", str(TUESDAY), "10:00-12:00", "+1", "lobby_manager"), 3),
        (("--opens", "half past eight"), 3),
        (("--for-good", "teller", "1", "--demand", "20"), 3),
        (("--week", "soon", "--demand", "20"), 2),
        (("--demand", "20", "--branch", "B9"), 3),
        (("--demand", "20", "--version", "9"), 3),
    ],
)
def test_what_cannot_be_asked_is_said(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    assert ask(home, capsys, *words)[0] == code


def rosters(home: Path) -> tuple[Assignment, ...]:
    return read_assignments(read_table(home / "plan" / "rosters.csv", "rosters"))


def write(path: Path, rows: list[Assignment], version: int = 1) -> Path:
    from bankhall.data.exchange import write_table

    path.mkdir(exist_ok=True)
    write_table(path / "rosters.csv", rosters_table(rows, week=WEEK, version=version, state="draft"))
    return path


def compare(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["compare", "--folder", str(home / "bank"), "--week", str(WEEK), *words])
    return code, capsys.readouterr().out


def test_a_roster_beside_itself_does_not_differ(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = compare(home, capsys, str(home / "plan"), str(home / "plan" / "rosters.csv"), "--json")
    assert code == 0
    assert json.loads(told)["branches"]["B"]["same"] is True


def test_somebody_who_stays_away_is_told_by_person_and_half_hour(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = next(row for row in rosters(home) if row.business_date == TUESDAY and row.kind == "window")
    rest = [row for row in rosters(home) if (row.staff_no, row.business_date) != (gone.staff_no, TUESDAY)]
    other = write(tmp_path / "other", rest)
    need = ("--requirement", str(home / "plan" / "requirement.csv"))
    _, told = compare(home, capsys, str(home / "plan"), str(other), *need, "--json")
    found = json.loads(told)["branches"]["B"]
    assert [(row["staff_no"], row["business_date"], row["after"]) for row in found["person_days"]] == [
        (gone.staff_no, str(TUESDAY), [])
    ]
    assert found["cover"]
    assert all(row["after"] == row["before"] - 1 for row in found["cover"])
    assert found["after"]["unmet_half_hours"] > found["before"]["unmet_half_hours"]
    assert f"{gone.staff_no}: " in compare(home, capsys, str(home / "plan"), str(other), *need)[1]


def test_versions_of_the_folder_are_compared_by_number(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bankhall.data.exchange import write_table

    rows = list(rosters(home))
    own = ExchangeFolder(home / "bank")
    both = [rosters_table(side, week=WEEK, version=n, state="draft") for n, side in ((1, rows), (2, rows[1:]))]
    import pyarrow as pa

    write_table(own.path / "rosters.csv", pa.concat_tables(both))
    try:
        _, told = compare(home, capsys, "1", "2", "--json")
        assert len(json.loads(told)["branches"]["B"]["person_days"]) == 1
        assert compare(home, capsys, "1", "3", "--json")[0] == 3
    finally:
        (own.path / "rosters.csv").unlink()


def test_a_second_roster_in_breach_of_law_exits_with_one(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = [row for row in rosters(home) if row.staff_no == "T0"]
    assert compare(home, capsys, str(home / "plan"), str(write(tmp_path / "alone", alone)))[0] == 1
