"""A week's rosters and requirement as an exchange folder holds them, by branch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import read_assignments, read_requirement, read_rows, rows_table
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.week import PAST_WEEKS, Week


def rows_of_week(table: pa.Table, week: Week, version: int | None = None) -> list[dict[str, Any]]:
    """The rows of each branch's newest version of the week, or of the version that is named, whatever became of it."""
    rows = [row for row in read_rows(table) if row["week"] == str(week)]
    if version is not None:
        return [row for row in rows if int(str(row["version"] or 0)) == version]
    return newest_versions([row for row in rows if row["state"] != "superseded"])


def newest_versions(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of each branch's and week's newest version among them."""
    newest: dict[tuple[str, str], int] = {}
    for row in rows:
        newest[_week_of(row)] = max(newest.get(_week_of(row), 0), int(str(row["version"] or 0)))
    return [row for row in rows if int(str(row["version"] or 0)) == newest[_week_of(row)]]


def _week_of(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["branch_code"]), str(row["week"])


def by_branch(rows: Iterable[dict[str, Any]]) -> dict[str, list[Assignment]]:
    """Rows of the table `rosters` as assignments."""
    grouped: dict[str, list[Assignment]] = defaultdict(list)
    for one in read_assignments(rows_table("rosters", list(rows))):
        grouped[one.branch_code].append(one)
    return grouped


def required_of(table: pa.Table, week: Week) -> dict[str, list[Requirement]]:
    """The week's rows of the table `requirement`."""
    days = set(week.days())
    grouped: dict[str, list[Requirement]] = defaultdict(list)
    for row in read_requirement(table):
        if row.business_date in days:
            grouped[row.branch_code].append(row)
    return grouped


def published_before(folder: ExchangeFolder, week: Week) -> dict[str, list[Assignment]]:
    """Published assignments of the quarter before a week by branch, each week in its newest version."""
    wanted = {str(week.plus(-back)) for back in range(1, PAST_WEEKS + 1)}
    rows = read_rows(folder.table("rosters")) if folder.has("rosters") else []
    return by_branch(newest_versions([row for row in rows if row["week"] in wanted and row["state"] == "published"]))
