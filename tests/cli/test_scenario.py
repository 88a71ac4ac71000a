"""`bankhall staff` and `bankhall simulate` on a scenario file."""

import json
from pathlib import Path
from typing import Any

import pytest

from bankhall.cli.entry import main
from bankhall.cli.scenario_file import read_scenario
from bankhall.kernel.errors import BadInput

DAY = """
slot_minutes = 30
start = "09:00"
seed = 1
replications = 60
at_close = "serve"
least = 2
absent_share = 0.02
[[service]]
code = "cash"
arrivals = [12.0, 15.5, 18.0, 9]
time = { family = "lognormal", mean = 6.0, cv = 0.9 }
patience = { family = "exponential", mean = 30.0 }
promise = { wait_minutes = 15, share = 0.9 }
[[service]]
code = "loan"
arrivals = [1, 2, 2, 1]
time = { family = "exponential", mean = 20.0 }
priority = 1
ageing_minutes = 10
balk_at = 6
"""
PEOPLE = """
[[people]]
services = ["cash"]
spans = [["09:00", "10:00"], ["10:15", "11:00"]]
[[people]]
services = ["cash"]
spans = [["09:00", "11:00"]]
[[people]]
services = ["loan", "cash"]
spans = [["09:00", "11:00"]]
speed = 1.1
"""
MEASURES = ("arrivals", "served", "left_share", "wait_mean", "wait_p50", "wait_p90", "kept_share", "delay_probability")


def written(folder: Path, text: str) -> Path:
    path = folder / "day.toml"
    path.write_text(text, encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_staff_answers_one_row_a_slot_and_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slots = answer(capsys, "staff", str(written(tmp_path, DAY + PEOPLE)))["slots"]
    assert [row["start"] for row in slots] == [t for t in ("09:00", "09:30", "10:00", "10:30") for _ in range(2)]
    assert [row["services"] for row in slots[:2]] == [["cash"], ["cash", "loan"]]
    assert set(slots[0]) == {"start", "services", "people", "least", "driven_by", "kept_share", "wait_p90"}
    assert all(row["kept_share"] >= 0.9 for row in slots)
    assert all(slots[n]["people"] + slots[n + 1]["people"] >= 2 for n in range(0, 8, 2))


def test_without_people_one_group_can_do_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slots = answer(capsys, "staff", str(written(tmp_path, DAY)))["slots"]
    assert [row["services"] for row in slots] == [["cash", "loan"]] * 4
    assert {row["least"] for row in slots} == {2}


def test_simulate_answers_every_measure_with_its_interval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "simulate", str(written(tmp_path, DAY + PEOPLE)))
    assert set(found["services"]) == {"cash", "loan"}
    cash = found["services"]["cash"]
    assert set(cash) == {name + end for name in MEASURES for end in ("", "_low", "_high")}
    assert cash["arrivals_low"] < cash["arrivals"] < cash["arrivals_high"]
    assert cash["arrivals"] == pytest.approx(54.5, rel=0.05)
    assert found["services"]["loan"]["kept_share"] is None
    assert len(found["slots"]) == 8
    assert {"service", "start", *cash} == set(found["slots"][0])
    assert 0 < found["utilisation"] < 1


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, DAY + PEOPLE))
    outputs = []
    for seed in ("3", "3", "4"):
        main(["simulate", path, "--seed", seed, "--json"])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != outputs[2]


def test_people_read_the_table_without_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(written(tmp_path, DAY + PEOPLE))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["service", "arrivals"]
    assert len(lines) == 3


def test_a_promise_that_nobody_can_keep_is_the_answer_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    impossible = DAY.replace('code = "loan"', 'code = "loan"\npromise = { wait_minutes = 5, share = 0.5 }')
    only_cash = '[[people]]\nservices = ["cash"]\nspans = [["09:00", "11:00"]]\n'
    assert main(["staff", str(written(tmp_path, impossible + only_cash)), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["shortfalls"][0]["why"] == "nobody_able"


@pytest.mark.parametrize(
    ("old", "new", "row", "reason"),
    [
        ("mean = 6.0", "mean = -1", "service 1.time.mean", "out_of_range"),
        ("mean = 6.0", 'mean = "six"', "service 1.time.mean", "not_a_number"),
        (", cv = 0.9 }", " }", "service 1.time.cv", "missing"),
        ('"lognormal"', '"normal"', "service 1.time.family", "not_allowed"),
        ("share = 0.9", "share = 1.5", "service 1.promise.share", "out_of_range"),
        ("[1, 2, 2, 1]", "[1, 2, 2]", "service 2.arrivals", "slots_differ"),
        ("[1, 2, 2, 1]", "[1, -2, 2, 1]", "service 2.arrivals[2]", "not_a_number"),
        ('"loan"\narr', '"cash"\narr', "service 2.code", "twice"),
        ("balk_at = 6", "balk_att = 6", "service 2.balk_att", "unknown_key"),
        ("least = 2", "least = [1, 2]", "least", "slots_differ"),
        ('"09:00"\nseed', '"9 am"\nseed', "start", "not_a_time"),
        ('at_close = "serve"', 'at_close = "shut"', "at_close", "not_allowed"),
        ('["loan", "cash"]', '["gold"]', "people 3.services", "unknown_service"),
        ('["10:15", "11:00"]', '["09:15", "11:00"]', "people 1.spans[2]", "not_a_span"),
        ('["10:15", "11:00"]', '["11:00", "10:15"]', "people 1.spans[2]", "not_a_span"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_place_and_reason(tmp_path: Path, old: str, new: str, row: str, reason: str) -> None:
    text = (DAY + PEOPLE).replace(old, new, 1)
    assert text != DAY + PEOPLE
    with pytest.raises(BadInput) as error:
        read_scenario(written(tmp_path, text))
    assert (error.value.facts["row"], error.value.facts["reason"]) == (row, reason)
    assert str(error.value.facts["file"]).endswith("day.toml")


def test_a_broken_file_and_a_missing_one_end_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", str(written(tmp_path, "start = "))]) == 3
    assert "day.toml" in capsys.readouterr().err
    assert main(["simulate", str(tmp_path / "nowhere.toml")]) == 3
    assert "nowhere.toml" in capsys.readouterr().err


def test_simulate_needs_people(tmp_path: Path) -> None:
    assert main(["simulate", str(written(tmp_path, DAY))]) == 3
