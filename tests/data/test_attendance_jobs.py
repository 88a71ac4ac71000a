"""The account of a branch's weeks from the records alone: the lake and a folder of the same records say the same."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from bankhall.cli.entry import main
from bankhall.data.attendance_jobs import attendance_job
from bankhall.data.exchange import write_table
from bankhall.data.exchange.codec import bank_tables, rosters_table, rows_table
from bankhall.data.lake import Lake
from bankhall.data.planning.attended import attended
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week
from tests.factories.bank import small_bank
from tests.factories.rosters import work

WEEK = Week.parse("2026-W48")
DAY = WEEK.first_day()
BANK = small_bank()


def at(minute: float) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(minutes=minute - 480)


def met(start: int, waits: list[float]) -> list[tuple[float, float]]:
    """(joined, called) of one half hour's customers."""
    return [(start + n, start + n + wait) for n, wait in enumerate(waits)]


GOOD, BAD = [2.0] * 6, [2.0] * 3 + [20.0] * 3
CUSTOMERS = [*met(540, GOOD), *met(570, BAD), *met(600, BAD), *met(660, GOOD), *met(690, BAD)]
"""The promise breaks from 9:30 with everybody there, at 10 while the window stands empty, and at 11:30."""


def tables() -> dict[str, pa.Table]:
    visits = [
        {"visit_id": f"V{n}", "branch_code": "B01", "business_date": DAY, "segment": "personal", "channel": "walk_in",
         "arrived_at": at(joined), "left_at": at(called + 3), "outcome": "served", "source": "a test",
         "source_key": f"{n}"}
        for n, (joined, called) in enumerate(CUSTOMERS)
    ]  # fmt: skip
    steps = [
        {"visit_id": f"V{n}", "step_no": 1, "service_code": "cash", "queued_at": at(joined), "called_at": at(called),
         "started_at": at(called), "ended_at": at(called + 3), "window_code": "W1", "staff_no": "T101",
         "outcome": "done"}
        for n, (joined, called) in enumerate(CUSTOMERS)
    ]  # fmt: skip
    sessions = [
        {"branch_code": "B01", "window_code": "W1", "business_date": DAY, "opened_at": at(opened),
         "closed_at": at(closed), "staff_no": "T101", "reason": reason}
        for opened, closed, reason in ((540, 600, "break"), (630, 1020, "close"))
    ]  # fmt: skip
    came = [
        {"staff_no": "T101", "branch_code": "B01", "business_date": DAY, "started_at": at(535), "ended_at": at(1020)},
        {"staff_no": "T102", "branch_code": "B01", "business_date": DAY, "started_at": at(555), "ended_at": None},
    ]  # fmt: skip
    plan = [work("T101", day=DAY), work("T102", day=DAY, kind="post", code="teller")]
    needed = [
        {"branch_code": "B01", "business_date": DAY, "slot_start": "10:00", "post_code": "teller", "people": 2,
         "least": 1, "driven_by": "load"}
    ]  # fmt: skip
    return {
        "visits": rows_table("visits", visits), "steps": rows_table("steps", steps),
        "window_sessions": rows_table("window_sessions", sessions), "attendance": rows_table("attendance", came),
        "rosters": rosters_table(plan, week=WEEK, version=1, state="published"),
        "requirement": rows_table("requirement", needed),
    }  # fmt: skip


def in_lake(root: Path) -> dict[str, Any]:
    Lake(root).publish(tables())
    Lake(root).publish_reference({name: table for name, table in bank_tables(BANK).items() if table.num_rows}, on=DAY)
    return {"lake": str(root), "branch_code": "B01", "week": str(WEEK), "bank": to_plain(BANK.for_branch("B01"))}


def in_folder(root: Path) -> Path:
    root.mkdir()
    (root / "bank.toml").write_text(
        'exchange_version = 1\nname_zh = "试"\nname_en = "T"\nzone = "Asia/Shanghai"\nslot_minutes = 30\n'
        "synthetic = true\n", encoding="utf-8",
    )  # fmt: skip
    for name, table in (tables() | dict(bank_tables(BANK))).items():
        if table.num_rows:
            write_table(root / f"{name}.parquet", table)
    return root


def test_who_was_at_fault_for_each_broken_half_hour(tmp_path: Path) -> None:
    answer = attendance_job(in_lake(tmp_path / "lake"))
    week = answer["weeks"][-1]
    assert [(row["slot_start"], row["fault"]) for row in week["promise_not_kept"]] == [
        ("09:30", "plan"), ("10:00", "both"), ("11:30", "plan"),
    ]  # fmt: skip
    assert [row["slot_start"] for row in week["plan_not_kept"]] == ["10:00"]
    assert (week["days"], week["judged"], week["promise_broken"], week["verdict"]) == (1, 5, 3, "too_few")
    assert [one["days"] for one in answer["weeks"]] == [0, 0, 0, 1]
    assert json.loads(json.dumps(answer)) == answer


def test_one_picture_has_need_plan_stood_and_came(tmp_path: Path) -> None:
    found = attended(PlanRequest(in_lake(tmp_path / "lake")), DAY, DAY)
    ten = next(slot for slot in found.days[0].slots if slot.start == 600)
    assert (ten.needed, ten.planned, ten.stood, ten.came, ten.arrivals) == (2, 1.0, 0.0, 2.0, 6)


def test_who_is_still_there_has_no_end(tmp_path: Path) -> None:
    people = attended(PlanRequest(in_lake(tmp_path / "lake")), DAY, DAY).people[DAY]
    assert [(one.staff_no, one.planned, one.attended) for one in people] == [
        ("T101", ((540, 1020),), ((535, 1020),)), ("T102", ((540, 1020),), ((555, None),)),
    ]  # fmt: skip


def test_a_day_without_a_record_is_neither_kept_nor_broken_but_its_people_are_known(tmp_path: Path) -> None:
    asked = in_lake(tmp_path / "lake")
    tuesday = DAY + timedelta(days=1)
    plan = rosters_table([work("T101", day=tuesday)], week=WEEK, version=2, state="published")
    Lake(tmp_path / "lake").publish({"rosters": plan})
    found = attended(PlanRequest(asked), DAY, tuesday)
    assert [one.day for one in found.days] == [DAY]
    assert [one.staff_no for one in found.people[tuesday]] == ["T101"]


def test_the_command_on_a_folder_gives_the_products_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = in_folder(tmp_path / "bank")
    words = ["attendance", "--folder", str(folder), "--week", str(WEEK)]
    assert main([*words, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["branches"]["B01"] == attendance_job(in_lake(tmp_path / "lake"))
    assert main([*words, "--branch", "B01"]) == 1
    assert "3 of 5" in capsys.readouterr().out


def test_the_command_knows_no_other_branch(tmp_path: Path) -> None:
    assert (
        main(["attendance", "--folder", str(in_folder(tmp_path / "bank")), "--week", "2026-W48", "--branch", "X"]) == 3
    )
