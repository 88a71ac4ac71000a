import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from bankhall.data.contracts import TABLES
from bankhall.data.contracts.contract import Column, Contract
from bankhall.data.lake import Lake
from bankhall.kernel.errors import BadInput, NotFound, Refused
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
lake, first = Lake(Path(sys.argv[1])), int(sys.argv[2])
for n in range(first, first + 500):
    lake.publish(day_of("B01", date(2026, 11, 2), range(n * 20, n * 20 + 20)))
    print("published", flush=True)
"""


def test_after_a_kill_at_any_moment_visits_and_steps_belong_together(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(1)))
    before = 1
    for attempt in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(tmp_path), str(1000 * attempt)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.05 + 0.11 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        snapshot = lake.snapshot()
        assert set(snapshot.table("steps")["visit_id"].to_pylist()) == ids(lake)
        assert snapshot.version > before
        before = snapshot.version
    lake.publish(day_of("B02", DECEMBER, range(2)))
    assert {"B02-2026-12-01-0", "B02-2026-12-01-1"} <= ids(lake)
    assert set(lake.snapshot().table("steps")["visit_id"].to_pylist()) == ids(lake)


def test_steps_whose_visit_is_nowhere_are_refused_and_later_steps_find_theirs(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    visits = [visit(n) for n in range(2)]
    with pytest.raises(BadInput, match="step_without_visit"):
        lake.publish({"steps": table("steps", [step(visits[0])])})
    assert lake.versions() == ()
    lake.publish({"visits": table("visits", visits)})
    lake.publish({"steps": table("steps", [step(visits[0])])})
    assert lake.snapshot().placed("steps")["business_date"].to_pylist() == [NOVEMBER]


def test_forecasts_stay_as_they_were_issued(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for hour, mean in ((1, 10.0), (2, 12.0)):
        made_at = datetime(2026, 11, 1, hour, tzinfo=UTC)
        row = {"made_at": made_at, "branch_code": "B01", "business_date": NOVEMBER, "slot_start": "09:00", "mean": mean}
        lake.publish({"forecasts": table("forecasts", [row])})
    assert lake.snapshot().table("forecasts")["mean"].to_pylist() == [10.0, 12.0]


def test_rows_without_a_date_are_kept_too(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    row = {"rule_code": "wish", "rule_class": "wish", "branch_code": "B01"}
    lake.publish({"breaches": table("breaches", [row])})
    assert lake.publish({"breaches": table("breaches", [row])}).changed == {}
    assert lake.snapshot().table("breaches").num_rows == 1


def test_a_publish_that_dies_before_its_manifest_is_undone_by_the_next(tmp_path: Path) -> None:
    from bankhall.data.lake.delta import base, replace_rows
    from bankhall.data.lake.layout import layout_of, with_month

    lake = Lake(tmp_path)
    lake.publish({"visits": table("visits", [visit(0)])})
    layout = layout_of("visits")
    lost = with_month(layout, table("visits", [visit(9)]))
    replace_rows(base(tmp_path, layout, lake.versions()[-1].tables["visits"]), layout, lost, None)
    assert ids(lake) == {"B01-2026-11-02-0"}
    lake.publish({"visits": table("visits", [visit(1)])})
    assert ids(lake) == {"B01-2026-11-02-0", "B01-2026-11-02-1"}


def test_months_are_partitions_and_rows_lie_by_branch_then_time(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    lake = Lake(tmp_path)
    rows = [visit(n, branch=b, day=d) for n in (2, 1) for b in ("B02", "B01") for d in (NOVEMBER, DECEMBER)]
    lake.publish({"visits": table("visits", rows)})
    files = sorted(lake.files("visits"))
    assert [file.split("month=")[1][:7] for file in files] == ["2026-11", "2026-12"]
    inside = pq.ParquetFile(files[0])
    assert inside.read(columns=["branch_code"])["branch_code"].to_pylist() == ["B01", "B01", "B02", "B02"]
    assert inside.metadata.row_group(0).column(0).compression == "ZSTD"


READ = """
import sys, time
from pathlib import Path
from bankhall.data.lake import Lake
lake, seen = Lake(Path(sys.argv[1])), set()
print("ready", flush=True)
while not Path(sys.argv[1], "stop").exists():
    now = lake.snapshot()
    visits, steps = now.table("visits"), now.table("steps")
    assert visits.num_rows == steps.num_rows, (visits.num_rows, steps.num_rows)
    seen.add(visits.num_rows)
print(sorted(seen), flush=True)
"""


def test_readers_beside_a_writer_see_only_whole_publishes(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(5)))
    reader = subprocess.Popen([sys.executable, "-c", READ, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    reader.stdout.readline()
    for n in range(1, 6):
        lake.publish(day_of("B01", NOVEMBER, range(5 * n, 5 * n + 5)))
        if n == 3:
            lake.compact(most_files=1)
    (tmp_path / "stop").touch()
    told, _ = reader.communicate(timeout=60)
    assert reader.returncode == 0
    assert set(json.loads(told.strip().splitlines()[-1])) <= {5, 10, 15, 20, 25, 30}


def test_vacuum_forgets_old_states_and_keeps_the_newest(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    lake.publish(day_of("B01", NOVEMBER, range(1)), at=long_ago)
    lake.publish(day_of("B01", NOVEMBER, range(1, 2)), at=long_ago)
    lake.vacuum(keep_days=0)
    assert len(ids(lake)) == 2
    with pytest.raises(NotFound):
        lake.snapshot(1)


def test_the_state_that_stood_at_the_edge_of_the_kept_days_can_still_be_read(tmp_path: Path) -> None:
    lake, now = Lake(tmp_path), datetime.now(UTC)
    for n, back in enumerate((200, 100, 1)):
        lake.publish(day_of("B01", NOVEMBER, range(n, n + 1)), at=now - timedelta(days=back))
    lake.vacuum(keep_days=90)
    assert lake.snapshot(as_of=now - timedelta(days=50)).table("visits").num_rows == 2
    with pytest.raises(NotFound):
        lake.snapshot(as_of=now - timedelta(days=150))


def test_a_lost_race_is_run_again_and_a_lost_cause_is_told() -> None:
    from deltalake.exceptions import CommitFailedError

    from bankhall.data.lake.lake import _retried

    tries: list[int] = []

    def lose_once() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise CommitFailedError("another was faster")
        return "won"

    def always_lose() -> str:
        raise CommitFailedError("another is always faster")

    assert _retried(lose_once) == "won"
    with pytest.raises(CommitFailedError):
        _retried(always_lose)


def test_a_second_vacuum_finds_nothing_left(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for n in range(3):
        lake.publish(day_of("B01", NOVEMBER, range(n + 1)), complete_days=True)
    lake.publish(day_of("B01", NOVEMBER, range(5)))
    lake.compact(most_files=0)
    lake.vacuum(keep_days=0)
    assert lake.vacuum(keep_days=0) == 0
    assert len(ids(lake)) == 5
    assert lake.publish(day_of("B01", NOVEMBER, range(5, 6))).changed == {"visits": 1, "steps": 1}


def test_a_lake_from_before_a_column_was_added_is_read_and_written_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bankhall.data.queries import lake_source
    from bankhall.data.queries.service_records import day_tables

    def grown(name: str) -> Contract:
        added = Column("added", "text")
        return replace(TABLES[name], columns=(*TABLES[name].columns, added))

    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(2)))
    lake.publish_reference({"posts": table("posts", [{"post_code": "teller"}])}, on=NOVEMBER)
    later = {name: grown(name) if name in ("visits", "posts") else contract for name, contract in TABLES.items()}
    for module in ("lake.layout", "lake.snapshot", "engines.embedded", "queries.service_records"):
        monkeypatch.setattr(f"bankhall.data.{module}.TABLES", later)
    assert lake.snapshot().table("visits")["added"].to_pylist() == [None, None]
    assert lake.snapshot().reference("posts")["added"].to_pylist() == [None]
    schema = later["visits"].arrow_schema()
    for month, word in ((NOVEMBER, "new"), (DECEMBER, "newer")):
        row = {**dict.fromkeys(schema.names), **visit(1, day=month), "added": word}
        lake.publish({"visits": pa.Table.from_pylist([row], schema=schema)})
    lake.publish_reference({"posts": later["posts"].empty()}, on=DECEMBER)
    source = lake_source(lake)
    days = day_tables(source, first=NOVEMBER, last=DECEMBER)
    for found in (lake.snapshot().table("visits"), days["visits"]):
        assert found.sort_by("arrived_at")["added"].to_pylist() == [None, "new", "newer"]
    lake.compact(most_files=0)
    assert lake.snapshot().table("visits").num_rows == 3


def test_a_record_is_taken_out_by_its_key_and_its_neighbours_stay(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.publish(day_of("B01", NOVEMBER, range(2)))
    first = lake.publish(day_of("B01", DECEMBER, range(1)))
    wrong = table("visits", [visit(0, branch="B01", day=DECEMBER)])
    removed = lake.remove("visits", wrong)
    assert removed.gone == {"visits": 1}
    assert ids(lake) == {"B01-2026-11-02-0", "B01-2026-11-02-1"}
    assert len(ids(lake, first.version)) == 3
    assert lake.remove("visits", wrong).version == removed.version
