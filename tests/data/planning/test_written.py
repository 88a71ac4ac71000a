"""Rosters of a folder are read in the newest version of each week."""

from pathlib import Path

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import rosters_table
from bankhall.data.planning.written import newest_versions, published_before
from bankhall.kernel.week import PAST_WEEKS
from tests.factories.bank import MONDAY, WEEK
from tests.factories.rosters import work


def test_the_newest_version_of_each_branch_and_week_counts() -> None:
    said = (("B01", "2026-W48", 1), ("B01", "2026-W48", 2), ("B01", "2026-W49", 1), ("B02", "2026-W48", None))
    rows = [{"branch_code": branch, "week": week, "version": version} for branch, week, version in said]
    assert newest_versions(rows) == rows[1:]


def test_a_week_published_twice_counts_once_and_only_within_the_quarter(tmp_path: Path) -> None:
    import pyarrow as pa

    folder = ExchangeFolder(tmp_path)
    versions = [
        rosters_table((work(who, MONDAY),), week=WEEK, version=n, state="published")
        for n, who in ((1, "T101"), (2, "T102"))
    ]
    folder.write({"rosters": pa.concat_tables(versions)})
    assert [row.staff_no for row in published_before(folder, WEEK.plus(1))["B01"]] == ["T102"]
    assert not published_before(folder, WEEK.plus(PAST_WEEKS + 1))
