"""The embedded engine's bounds, zone and macros."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from bankhall.data.engines import Engine
from bankhall.data.engines.embedded import PREFIX


def setting(engine: Engine, name: str) -> str:
    return str(engine.run_text(f"SELECT CAST(current_setting('{name}') AS VARCHAR) AS v", {})["v"][0].as_py())


def test_memory_spill_extensions_and_zone_are_set() -> None:
    with Engine(memory_limit="256MB", spill_limit="512MB") as engine:
        assert setting(engine, "memory_limit").startswith("244")
        assert setting(engine, "max_temp_directory_size").startswith("488")
        assert setting(engine, "TimeZone") == "UTC"
        assert setting(engine, "autoload_known_extensions") == "false"
        assert setting(engine, "autoinstall_known_extensions") == "false"


def test_the_four_macros_say_what_the_other_engine_says() -> None:
    instant = pa.table({"moment": pa.array([datetime(2026, 11, 30, 1, 0, tzinfo=UTC)], pa.timestamp("us", tz="UTC"))})
    text = """
        SELECT EXTRACT(HOUR FROM from_utc_timestamp(moment, 'Asia/Shanghai')) AS h, unix_micros(moment) AS u,
               explode(sequence(1, 3, 1)) AS n FROM instants
    """
    with Engine() as engine:
        rows = engine.run_text(text, {"instants": instant}).to_pylist()
    assert [row["n"] for row in rows] == [1, 2, 3]
    assert rows[0]["h"] == 9
    assert rows[0]["u"] == 1_000_000 * int(datetime(2026, 11, 30, 1, 0, tzinfo=UTC).timestamp())


def test_the_spill_of_a_killed_process_is_swept_at_the_next_start(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"{PREFIX}{gone.pid}-x" / "duckdb_temp_storage.tmp"
    left.parent.mkdir()
    left.write_bytes(b"spilled")
    with Engine(temp=tmp_path), Engine(temp=tmp_path):
        assert not left.parent.exists()
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []
