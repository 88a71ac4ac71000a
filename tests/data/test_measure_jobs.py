"""A branch is measured from its records alone; a replayed forecast knows nothing of what came after."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bankhall.data.exchange.codec import bank_tables, rosters_table, rows_table
from bankhall.data.lake import Lake
from bankhall.data.measure_jobs import measure_branch_job
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week
from tests.factories.bank import small_bank
from tests.factories.rosters import work

AS_OF = date(2026, 11, 23)
FIRST = AS_OF - timedelta(days=140)


def counts(until: date) -> list[dict[str, object]]:
    """Arrivals of one service at two half hours of every workday, drawn from one stream."""
    rng = np.random.default_rng(5)
    days = [FIRST + timedelta(days=n) for n in range((AS_OF - FIRST).days)]
    drawn = [(day, slot, int(rng.poisson(20))) for day in days if day.isoweekday() < 6 for slot in ("09:00", "09:30")]
    return [
        {"branch_code": "B01", "service_code": "cash", "business_date": day, "slot_start": slot, "minutes": 30,
         "count": count, "source": "counter"}
        for day, slot, count in drawn if day < until
    ]  # fmt: skip


def measured(root: Path, *, until: date = AS_OF, error_days: int = 10, bank: Bank | None = None) -> dict[str, Any]:
    lake, records = Lake(root), bank or small_bank()
    lake.publish({"arrival_counts": rows_table("arrival_counts", counts(until))})
    reference = {name: table for name, table in bank_tables(records).items() if table.num_rows}
    lake.publish_reference(reference, on=AS_OF)
    return measure_branch_job(
        {"lake": str(root), "branch_code": "B01", "as_of": AS_OF.isoformat(), "regions_branches": ["B01"],
         "bank": to_plain(records.for_branch("B01")), "error_days": error_days, "replay": 2}
    )  # fmt: skip


def test_errors_effects_and_replays_come_from_the_records(tmp_path: Path) -> None:
    said = measured(tmp_path)
    assert len(said["error_dates"]) == 10
    branch = next(row for row in said["errors"] if not row["service_code"] and row["level"] == "day")
    assert 0 < branch["wape"] < 0.4
    assert {row["service_code"] for row in said["effects"]} == {"", "cash"}
    assert [one["made_at"][:10] for one in said["replayed"]] == ["2026-11-09", "2026-11-16"]
    total = next(row for row in said["replayed"][1]["day_totals"] if not row["service_code"])
    assert total["mean"] == pytest.approx(40, abs=8)


def test_a_replay_is_the_same_when_everything_after_its_monday_is_gone(tmp_path: Path) -> None:
    monday = Week.of(AS_OF).plus(-1).first_day()
    full, cut = measured(tmp_path / "full"), measured(tmp_path / "cut", until=monday)
    assert full["replayed"][1] == cut["replayed"][1]


def test_too_short_a_history_has_no_error_rather_than_a_wrong_one(tmp_path: Path) -> None:
    said = measured(tmp_path, until=FIRST + timedelta(days=10))
    assert (said["errors"], said["error_dates"], said["happened"]) == ([], [], [])


def with_roster(root: Path, *held: date) -> dict[str, Any]:
    """Measured when the week before was published elsewhere, and the records hold a requirement of some days."""
    week = Week.of(AS_OF).plus(-1)
    plan = rosters_table([work("T101", day=week.first_day())], week=week, version=1, state="published")
    need = [
        {"branch_code": "B01", "business_date": day, "slot_start": "09:00", "post_code": "teller", "people": 1,
         "least": 0, "driven_by": "load"} for day in held
    ]  # fmt: skip
    tables = {"rosters": plan, "requirement": rows_table("requirement", need)}
    Lake(root).publish({name: table for name, table in tables.items() if table.num_rows})
    return measured(root)


def test_who_was_needed_is_worked_out_for_weeks_that_were_planned_elsewhere(tmp_path: Path) -> None:
    rows = with_roster(tmp_path)["requirement"]
    assert {Week.of(date.fromisoformat(row["business_date"])) for row in rows} == {Week.of(AS_OF).plus(-1)}
    assert {row["post_code"] for row in rows} >= {"teller"}


def test_a_requirement_that_the_records_hold_is_not_worked_out_again(tmp_path: Path) -> None:
    assert with_roster(tmp_path, Week.of(AS_OF).plus(-1).first_day())["requirement"] == []
