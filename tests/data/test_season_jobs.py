"""A season is looked at from the records alone, as plain JSON."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bankhall.data.exchange.codec import bank_tables, rows_table
from bankhall.data.lake import Lake
from bankhall.data.season_jobs import season_branch_job
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week
from tests.data.test_measure_jobs import AS_OF, FIRST, counts
from tests.factories.bank import small_bank


def looked(root: Path, *, until: date = AS_OF) -> dict[str, Any]:
    lake, records = Lake(root), small_bank()
    lake.publish({"arrival_counts": rows_table("arrival_counts", counts(until))})
    lake.publish_reference({n: t for n, t in bank_tables(records).items() if t.num_rows}, on=AS_OF)
    steps: list[int] = []
    answer = season_branch_job(
        {"lake": str(root), "branch_code": "B01", "as_of": AS_OF.isoformat(), "week": str(Week.of(AS_OF).plus(1)),
         "regions_branches": ["B01"], "bank": to_plain(records.for_branch("B01")), "weeks": 3, "recent": 2, "seed": 7},
        lambda per_cent, _step: steps.append(per_cent),
    )  # fmt: skip
    assert steps == sorted(steps)
    return answer


def test_weeks_need_and_people_come_from_the_records(tmp_path: Path) -> None:
    answer = looked(tmp_path)
    assert [row["week"] for row in answer["weeks"]] == ["2026-W49", "2026-W50", "2026-W51"]
    assert all(row["needed"]["teller"] > 0 and row["available"] == 120 for row in answer["weeks"])
    assert answer["recent_weeks"] == 2
    assert answer["error"] is not None
    assert json.loads(json.dumps(answer)) == answer


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    assert json.dumps(looked(tmp_path / "a")) == json.dumps(looked(tmp_path / "b"))


def test_without_a_history_there_is_nothing_to_look_from(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        looked(tmp_path, until=FIRST - timedelta(days=1))
