import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from bankhall.data.lake import Lake
from bankhall.kernel.errors import NotFound, Refused
from tests.data.rows import step, table, visit

NOVEMBER, DECEMBER = date(2026, 11, 2), date(2026, 12, 1)


def day_of(branch: str, day: date, visits: range) -> dict[str, pa.Table]:
    rows = [visit(n, branch=branch, day=day) for n in visits]
    return {"visits": table("visits", rows), "steps": table("steps", [step(row) for row in rows])}


def ids(lake: Lake, version: int | None = None) -> set[str]:
    return set(lake.snapshot(version).table("visits")["visit_id"].to_pylist())


def test_what_is_published_is_read_back_row_for_row(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    tables = day_of("B01", NOVEMBER, range(3))
    published = lake.publish(tables, batch="import-1")
    snapshot = lake.snapshot()
    assert published.changed == {"visits": 3, "steps": 3}
    assert snapshot.batch == "import-1"
    assert snapshot.table("visits").sort_by("visit_id").equals(tables["visits"].sort_by("visit_id"))
    assert snapshot.table("steps").sort_by("visit_id").equals(tables["steps"].sort_by("visit_id"))


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    first = lake.publish(day_of("B01", NOVEMBER, range(3)))
    again = lake.publish(day_of("B01", NOVEMBER, range(3)))
    assert again.version == first.version
    assert again.changed == {}
    assert len(lake.versions()) == 1


def test_a_mended_file_adds_its_rows_and_the_old_state_stays_readable(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    first = lake.publish(day_of("B01", NOVEMBER, range(3)))
    lake.publish(day_of("B01", NOVEMBER, range(3, 5)))
    assert len(ids(lake)) == 5
    assert len(ids(lake, first.version)) == 3


def test_a_changed_row_replaces_the_one_with_its_key(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(2)))
    lake.publish({"visits": table("visits", [visit(0, outcome="left")])})
    outcomes = dict(
        zip(*(lake.snapshot().table("visits")[name].to_pylist() for name in ("visit_id", "outcome")), strict=True)
    )
    assert outcomes == {"B01-2026-11-02-0": "left", "B01-2026-11-02-1": "served"}


def test_a_row_goes_only_when_its_day_is_declared_complete(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(3)))
    lake.publish(day_of("B02", NOVEMBER, range(3)))
    lake.publish(day_of("B01", NOVEMBER, range(1)), complete_days=True)
    assert ids(lake) == {"B01-2026-11-02-0", "B02-2026-11-02-0", "B02-2026-11-02-1", "B02-2026-11-02-2"}


def test_other_branches_days_and_months_are_not_touched(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for branch in ("B01", "B02"):
        for day in (NOVEMBER, NOVEMBER + timedelta(days=1), DECEMBER):
            lake.publish(day_of(branch, day, range(2)))
    lake.publish(day_of("B01", NOVEMBER, range(2, 3)))
    assert len(ids(lake)) == 13
    snapshot = lake.snapshot()
    assert snapshot.table("visits", "B01", NOVEMBER, NOVEMBER).num_rows == 3
    assert snapshot.table("visits", "B02").num_rows == 6


def test_the_lake_is_read_as_it_stood_at_an_instant(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(1)), at=datetime(2026, 11, 3, tzinfo=UTC))
    lake.publish(day_of("B01", NOVEMBER, range(1, 2)), at=datetime(2026, 11, 5, tzinfo=UTC))
    then = lake.snapshot(as_of=datetime(2026, 11, 4, tzinfo=UTC))
    assert then.table("visits").num_rows == 1
    with pytest.raises(NotFound):
        lake.snapshot(as_of=datetime(2026, 11, 1, tzinfo=UTC))


def test_reference_copies_are_dated_and_kept_once(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    old = table("posts", [{"post_code": "teller", "name_zh": "柜员"}])
    new = table("posts", [{"post_code": "teller", "name_zh": "综合柜员"}])
    lake.publish_reference({"posts": old}, on=date(2026, 11, 1))
    assert lake.publish_reference({"posts": old}, on=date(2026, 11, 2)).changed == {}
    lake.publish_reference({"posts": new}, on=date(2026, 11, 3))
    assert lake.snapshot().reference("posts").equals(new)
    assert lake.snapshot().reference("posts", on=date(2026, 11, 2)).equals(old)


def test_compaction_keeps_every_row_and_vacuum_keeps_what_is_young(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for n in range(4):
        lake.publish(day_of("B01", NOVEMBER, range(n, n + 1)))
    before = lake.snapshot()
    lake.compact()
    assert len(ids(lake)) == 4
    assert lake.vacuum(keep_days=90) == 0
    assert before.table("visits").num_rows == 4


def test_a_second_writer_is_told_that_the_lake_is_busy(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(Refused, match="lake_busy"):
        Lake(tmp_path, wait_seconds=0.2).publish(day_of("B01", NOVEMBER, range(1)))
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert Lake(tmp_path, wait_seconds=5).publish(day_of("B01", NOVEMBER, range(1))).version == 1


HOLD = """
import sys, time
from pathlib import Path
from bankhall.data.lake.lock import writing
with writing(Path(sys.argv[1]), wait_seconds=1):
    print("held", flush=True)
    time.sleep(60)
"""

PUBLISH = """
import sys
from datetime import date
from pathlib import Path
from bankhall.data.lake import Lake
from tests.data.lake.test_lake import day_of, table
lake = Lake(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(100):
    lake.publish(day_of("B01", date(2026, 11, 2), range(n * 50, n * 50 + 50)))
"""


def test_after_a_kill_at_any_moment_visits_and_steps_belong_together(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(1)))
    for attempt in range(4):
        writer = subprocess.Popen([sys.executable, "-c", PUBLISH, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.05 + 0.11 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        snapshot = lake.snapshot()
        assert set(snapshot.table("steps")["visit_id"].to_pylist()) == ids(lake)
    lake.publish(day_of("B02", DECEMBER, range(2)))
    assert {"B02-2026-12-01-0", "B02-2026-12-01-1"} <= ids(lake)
    assert set(lake.snapshot().table("steps")["visit_id"].to_pylist()) == ids(lake)
