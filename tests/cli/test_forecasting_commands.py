import json
from datetime import timedelta
from pathlib import Path

import pytest

from bankhall.cli.entry import main
from bankhall.data.exchange import ExchangeFolder, read_table
from bankhall.data.exchange.codec import bank_tables, details_of, rows_table
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.minutes import format_minutes
from tests.analytics.forecasting import made

LENGTH = 120
END = made.FIRST + timedelta(days=LENGTH)


def counts(branch: str, seed: int) -> list[dict[str, object]]:
    history = made.history(branch=branch, seed=seed, length=LENGTH)
    return [
        {
            "branch_code": branch,
            "service_code": code,
            "business_date": day,
            "slot_start": format_minutes(slot * 30),
            "minutes": 30,
            "count": int(count),
            "source": "test",
        }
        for code, day, slot, count in made.rows_of(history.days, history.counts)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank")
    calendar = [made.CALENDAR.day(made.FIRST + timedelta(days=n)) for n in range(LENGTH + 40)]
    closed = OpeningSpan("", "personal", day_kind="holiday")
    bank = Bank(
        nodes=(Node("H00", "head_office"), Node("B01", "branch", "H00"), Node("B02", "branch", "H00")),
        calendar=tuple(CalendarDay(day.date, day.kind, markers=day.markers) for day in calendar),
        opening_hours=(*made.OPENING, closed),
        services=made.SERVICES,
    )
    facts = rows_table("arrival_counts", [*counts("B01", 1), *counts("B02", 2)])
    ExchangeFolder(path).write({**bank_tables(bank), "arrival_counts": facts}, details=details_of(bank))
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_forecast_writes_the_exchange_table_and_tells_the_days(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "forecasts.csv"
    words = ("forecast", "--folder", folder, "--json", "--branch", "B01", "--from", END, "--days", 7, "--out", out)
    code, said, progress = asked(capsys, *words)
    answer = json.loads(said)
    assert code == 0
    assert "2 branches" in progress
    open_days = {row["business_date"] for row in answer["day_totals"]}
    assert len(open_days) == 6
    rows = read_table(out, "forecasts").to_pylist()
    branch = sum(row["mean"] for row in rows if row["service_code"] is None)
    totals = sum(row["mean"] for row in answer["day_totals"] if row["service_code"] == "")
    assert branch == pytest.approx(totals, abs=0.1)
    again = tmp_path / "again.csv"
    asked(capsys, *words[:-1], again)
    assert out.read_bytes() == again.read_bytes()


def test_forecast_as_of_an_earlier_day_knows_less(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual = ("forecast", "--folder", folder, "--json", "--branch", "B01", "--from", END, "--days", 1)
    now = json.loads(asked(capsys, *usual)[1])
    earlier = json.loads(asked(capsys, *usual, "--as-of", END - timedelta(days=14))[1])
    assert earlier["as_of"] == (END - timedelta(days=14)).isoformat()
    assert now["day_totals"] != earlier["day_totals"]


def test_forecast_in_words_names_closed_days(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said, _ = asked(capsys, "forecast", "--folder", folder, "--branch", "B02", "--from", END)
    assert said.count("closed") == 1
    assert len(said.splitlines()) == 8


def test_an_unknown_branch_is_bad_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = asked(capsys, "forecast", "--folder", folder, "--branch", "B99", "--from", END)
    assert code == 3
    assert told


def test_backtest_answers_in_the_shape_of_the_exchange(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = asked(capsys, "backtest", "--folder", folder, "--json", "--branch", "B01", "--days", 20)
    series = json.loads(said)["series"]
    assert code == 0
    assert {(row["service_code"], row["level"]) for row in series} == {
        (service, level) for service in ("cash", "account", "loan", "") for level in ("slot", "day")
    }
    assert all(set(row["baselines"]) == {"seasonal_naive", "last_8_same_weekday", "all_same_weekday"} for row in series)


def test_backtest_of_one_service_over_all_branches(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("backtest", "--folder", folder, "--service", "cash", "--days", 10, "--horizon", 5)
    _, said, _ = asked(capsys, *words)
    lines = said.splitlines()[1:]
    assert [line.split()[:3] for line in lines] == [
        [b, "cash", level] for b in ("B01", "B02") for level in ("slot", "day")
    ]


def test_too_short_records_are_bad_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = asked(capsys, "backtest", "--folder", folder, "--branch", "B01", "--days", 500)
    assert code == 3


def test_the_first_day_must_be_a_date(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["forecast", "--folder", str(folder), "--branch", "B01", "--from", "soon"])
    assert caught.value.code == 2
