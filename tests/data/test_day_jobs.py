"""The rest of a day is looked at from the records alone, as plain JSON."""

import json
from pathlib import Path
from typing import Any

from bankhall.data.day_jobs import during_day_job
from bankhall.data.exchange.codec import bank_tables, rows_table
from bankhall.data.lake import Lake
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week
from tests.data.test_measure_jobs import AS_OF, counts
from tests.factories.bank import small_bank
from tests.factories.rosters import work

TODAY = AS_OF
NOON = 720


def looked(root: Path, *, today: int | None = 6, later: int = 0, minute: int = NOON, replay: bool = True) -> Any:
    """`today` customers each half hour until noon (None: nothing imported), `later` ones after it."""
    lake, records = Lake(root), small_bank()
    rows = counts(AS_OF)
    for slot in range(540, 1020, 30):
        many = today if slot < NOON else later
        if many:
            start = f"{slot // 60:02d}:{slot % 60:02d}"
            rows.append(rows[-1] | {"business_date": TODAY, "slot_start": start, "count": many})
    lake.publish({"arrival_counts": rows_table("arrival_counts", rows)})
    lake.publish_reference({n: t for n, t in bank_tables(records).items() if t.num_rows}, on=AS_OF)
    plan = [work("T101", day=TODAY), work("T102", day=TODAY, kind="post", code="teller")]
    steps: list[int] = []
    answer = during_day_job(
        {"lake": str(root), "branch_code": "B01", "as_of": TODAY.isoformat(), "week": str(Week.of(TODAY)), "seed": 7,
         "regions_branches": ["B01"], "bank": to_plain(records.for_branch("B01")), "day": TODAY.isoformat(),
         "minute": minute, "replay": replay, "assignments": to_plain(plan), "past": []},
        lambda per_cent, _step: steps.append(per_cent),
    )  # fmt: skip
    assert steps == sorted(steps)
    assert json.loads(json.dumps(answer)) == answer
    return answer


def test_a_replay_is_deaf_to_what_came_later(tmp_path: Path) -> None:
    quiet, busy = looked(tmp_path / "a", later=0), looked(tmp_path / "b", later=30)
    for name in ("slots", "rest", "rest_morning", "weight", "wait_p90", "proposals"):
        assert quiet[name] == busy[name], name


def test_more_customers_until_noon_raise_the_afternoon(tmp_path: Path) -> None:
    few, many = looked(tmp_path / "a", today=2), looked(tmp_path / "b", today=12)
    assert few["rest_morning"] == many["rest_morning"]
    assert few["rest"]["mean"] < many["rest"]["mean"]
    assert many["came"] == 6 * 12


def test_without_records_of_the_day_the_mornings_forecast_stands(tmp_path: Path) -> None:
    answer = looked(tmp_path, today=None)
    assert not answer["recorded"]
    assert answer["rest"] == answer["rest_morning"]
    assert answer["newest"] is None


def test_records_that_end_early_are_looked_at_as_of_their_end(tmp_path: Path) -> None:
    assert looked(tmp_path / "a", minute=800, replay=False)["minute"] == 725
    assert looked(tmp_path / "b", minute=800, replay=True)["minute"] == 800
