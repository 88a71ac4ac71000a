"""A record imported again under another business date leaves its old day, in the same commit, and takes its steps."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from bankhall.data.import_jobs import publish
from bankhall.data.importing.account import Account
from bankhall.data.lake import Lake
from bankhall.data.lake.merging import Counts
from tests.data.rows import step, table, visit

FIRST, SECOND, LATER = date(2026, 11, 2), date(2026, 11, 3), date(2026, 12, 1)


def day_of(branch: str, day: date, visits: range) -> dict[str, pa.Table]:
    rows = [visit(n, branch=branch, day=day) for n in visits]
    return {"visits": table("visits", rows), "steps": table("steps", [step(row) for row in rows])}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two branches, three visits with a step each on the first day."""
    made = Lake(tmp_path)
    for branch in ("B01", "B02"):
        made.publish(day_of(branch, FIRST, range(3)))
    return made


def moved(number: int, to: date, **more: Any) -> dict[str, Any]:
    """The visit of the first day, under another date."""
    return visit(number, day=FIRST) | {"business_date": to} | more


def places(lake: Lake, name: str, version: int | None = None) -> dict[str, date]:
    rows = lake.snapshot(version).placed(name, "B01")
    return dict(zip(rows["visit_id"].to_pylist(), rows["business_date"].to_pylist(), strict=True))


@pytest.mark.parametrize("to", [SECOND, LATER])
def test_a_visit_leaves_its_old_day_and_its_steps_go_with_it(lake: Lake, to: date) -> None:
    before = lake.snapshot().version
    done = lake.publish({"visits": table("visits", [moved(0, to)])})
    expected = {"B01-2026-11-02-0": to, "B01-2026-11-02-1": FIRST, "B01-2026-11-02-2": FIRST}
    assert places(lake, "visits") == places(lake, "steps") == expected
    assert done.version == before + 1
    assert set(places(lake, "visits", before).values()) == {FIRST}
    assert (done.counts["visits"], done.gone["visits"]) == (Counts(0, 1), 0)
    assert lake.snapshot().table("visits").num_rows == lake.snapshot().table("steps").num_rows == 6


def test_steps_that_come_with_the_visit_are_not_doubled(lake: Lake) -> None:
    row = moved(0, SECOND)
    done = lake.publish({"visits": table("visits", [row]), "steps": table("steps", [step(row, wait=9.0)])})
    assert places(lake, "steps")["B01-2026-11-02-0"] == SECOND
    assert lake.snapshot().table("steps", "B01").num_rows == 3
    assert done.counts == {"visits": Counts(0, 1), "steps": Counts(0, 1)}


def test_steps_that_come_alone_stand_where_their_visit_does(lake: Lake) -> None:
    lake.publish({"visits": table("visits", [moved(0, SECOND)])})
    lake.publish({"steps": table("steps", [step(moved(0, SECOND), wait=9.0)])})
    assert places(lake, "steps")["B01-2026-11-02-0"] == SECOND
    assert lake.snapshot().table("steps", "B01").num_rows == 3


def test_a_visit_is_known_by_its_sources_number_too_and_an_old_number_takes_its_steps_away(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    old = visit(0, source_key="A17")
    lake.publish({"visits": table("visits", [old, visit(1)]), "steps": table("steps", [step(old), step(visit(1))])})
    new = moved(0, SECOND, visit_id="new", source_key="A17")
    done = lake.publish({"visits": table("visits", [new]), "steps": table("steps", [step(new)])})
    assert places(lake, "visits") == places(lake, "steps") == {"new": SECOND, "B01-2026-11-02-1": FIRST}
    assert done.counts == {"visits": Counts(0, 1), "steps": Counts(1, 0)}
    assert done.gone == {"visits": 1, "steps": 1}


def test_rows_without_a_sources_number_are_not_taken_for_one_another(lake: Lake) -> None:
    done = lake.publish({"visits": table("visits", [visit(7, day=SECOND)])})
    assert done.counts["visits"] == Counts(1, 0)
    assert lake.snapshot().table("visits", "B01").num_rows == 4


def test_a_complete_day_keeps_what_moved_into_it_and_other_days_keep_theirs(lake: Lake) -> None:
    lake.publish(day_of("B01", SECOND, range(2)))
    lake.publish({"visits": table("visits", [moved(0, SECOND)])}, complete_days=True)
    assert places(lake, "visits") == {
        "B01-2026-11-02-0": SECOND, "B01-2026-11-02-1": FIRST, "B01-2026-11-02-2": FIRST,
    }  # fmt: skip
    assert places(lake, "steps")["B01-2026-11-03-1"] == SECOND


def test_many_moves_over_months_leave_every_other_row(lake: Lake) -> None:
    days = [FIRST + timedelta(days=10 * n) for n in range(8)]
    for day in days[1:]:
        lake.publish(day_of("B01", day, range(3)))
    rows = [visit(0, day=day) | {"business_date": day + timedelta(days=1)} for day in days]
    lake.publish({"visits": table("visits", rows)})
    found = places(lake, "visits")
    assert len(found) == len(days) * 3
    assert places(lake, "steps") == found
    assert all(found[f"B01-{day}-0"] == day + timedelta(days=1) for day in days)
    assert all(found[f"B01-{day}-{n}"] == day for day in days for n in (1, 2))
    assert lake.snapshot().table("visits", "B02").num_rows == 3


def test_a_window_session_under_another_date_moves_too(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    row = {"branch_code": "B01", "window_code": "W1", "business_date": FIRST, "opened_at": visit(0)["arrived_at"]}
    lake.publish({"window_sessions": table("window_sessions", [row])})
    lake.publish({"window_sessions": table("window_sessions", [row | {"business_date": SECOND}])})
    assert lake.snapshot().table("window_sessions")["business_date"].to_pylist() == [SECOND]


def test_a_moved_row_is_accounted_for_as_changed(tmp_path: Path) -> None:
    rows = table("visits", [visit(0), visit(1)])
    publish({"visits": rows}, {"visits": Account(read=2, taken=2)}, lake=tmp_path, batch="one")
    again = table("visits", [moved(0, SECOND), visit(1), visit(2)])
    done = publish({"visits": again}, {"visits": Account(read=3, taken=3)}, lake=tmp_path, batch="two")
    assert done["visits"] == Account(read=3, taken=1, changed=1, duplicate=1)


def test_a_publish_of_very_many_branches_loses_nobody_between_them(tmp_path: Path) -> None:
    lake, codes = Lake(tmp_path), [f"B{n:04d}" for n in range(900)]
    lake.publish({"visits": table("visits", [visit(0, branch=code) for code in codes])})
    lake.publish({"visits": table("visits", [visit(1, branch=code) for code in codes[::2]])})
    assert lake.snapshot().table("visits").num_rows == 900 + 450
