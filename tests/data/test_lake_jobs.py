"""The night's work on the lake leaves every row where it was."""

from datetime import timedelta
from pathlib import Path

from bankhall.data.lake import Lake
from bankhall.data.lake_jobs import tidy_lake_job
from tests.data.lake.test_lake import NOVEMBER, day_of, ids


def test_crowded_months_are_written_anew_and_no_row_is_lost(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for n in range(10):
        lake.publish(day_of("B01", NOVEMBER + timedelta(days=n), range(2)))
    before, files = ids(lake), len(lake.files("visits"))
    told = tidy_lake_job({"lake": str(tmp_path)}, lambda _per_cent, _stage: None)
    assert told == {"months": 2, "files": 0}
    assert ids(lake) == before
    assert len(lake.files("visits")) < files


def test_a_site_without_a_lake_has_nothing_to_tidy(tmp_path: Path) -> None:
    told = tidy_lake_job({"lake": str(tmp_path / "none")}, lambda _per_cent, _stage: None)
    assert told == {"months": 0, "files": 0}
    assert not (tmp_path / "none").exists()
