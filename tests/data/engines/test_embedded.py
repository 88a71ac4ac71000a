from pathlib import Path

import pyarrow as pa
import pytest

from bankhall.data.engines import Engine

ROWS = {"numbers": pa.table({"n": [1, 2, 3]})}


def test_a_quote_in_a_value_cannot_break_out() -> None:
    with Engine() as engine:
        found = engine.run_text("SELECT COUNT(*) AS n FROM numbers WHERE (:code = '' OR TRUE)", ROWS, code="x' OR '1")
    assert found["n"].to_pylist() == [3]


def test_spill_is_swept_when_the_engine_closes() -> None:
    engine = Engine()
    spill = engine._temp
    assert spill.is_dir()
    engine.close()
    assert not spill.exists()


def test_no_extension_is_ever_fetched() -> None:
    import duckdb

    with Engine() as engine, pytest.raises(duckdb.Error):
        engine.run_text("SELECT * FROM read_xlsx('x.xlsx')", {})


def test_the_same_engine_runs_one_query_after_another(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(ROWS["numbers"], tmp_path / "n.parquet")
    with Engine() as engine:
        first = engine.run_text("SELECT CAST(SUM(n) AS BIGINT) AS s FROM numbers", ROWS)
        second = engine.run_text(
            "SELECT CAST(SUM(n) AS BIGINT) AS s FROM numbers", {"numbers": [str(tmp_path / "n.parquet")] * 2}
        )
    assert (first["s"][0].as_py(), second["s"][0].as_py()) == (6, 12)
