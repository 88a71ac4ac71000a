"""The question of lending from an exchange folder: the week's rosters and requirement of a region's branches."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import read_assignments, read_requirement, read_rows, rows_table
from bankhall.data.planning.answer import requirement_row
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week

Plain = dict[str, Any]
PAST_WEEKS = 13


def folder_question(folder: Path, week: Week, *, region: str = "", plan: Path | None = None, seed: int = 0) -> Plain:
    """What the lending job is asked. `plan` is where `bankhall plan --out` wrote the week (default: the folder)."""
    bank = ExchangeFolder(folder).bank()
    codes = branches_of(bank, region)
    written = ExchangeFolder(plan or folder)
    rosters = _by_branch(_of_week(written.need("rosters", what_for="lend"), week))
    required = _required(written.need("requirement", what_for="lend"), week)
    if not rosters.keys() & set(codes):
        raise BadInput("lending_without_rosters", week=str(week))
    past = published_before(ExchangeFolder(folder), week)
    planned = [code for code in codes if code in rosters or code in {n.node_code for n in bank.pools()}]
    return {
        "folder": str(folder.resolve()),
        "week": str(week),
        "seed": seed,
        "regions_branches": [n.node_code for n in bank.branches()],
        "bank": to_plain(bank),
        "branches": {
            code: {
                "rosters": to_plain(rosters.get(code, [])),
                "requirement": [requirement_row(row) for row in required.get(code, [])],
                "past": to_plain(past.get(code, [])),
            }
            for code in planned
        },
    }


def branches_of(bank: Bank, region: str) -> tuple[str, ...]:
    """Branches and pools of a region (of all when none is named), by code."""
    found = tuple(n.node_code for n in (*bank.branches(), *bank.pools()) if region in ("", n.parent_code))
    if not found:
        raise BadInput("region_unknown", region_code=region)
    return tuple(sorted(found))


def _of_week(table: pa.Table, week: Week) -> list[dict[str, Any]]:
    """The rows of each branch's newest version of the week."""
    rows = [row for row in read_rows(table) if row["week"] == str(week) and row["state"] != "superseded"]
    newest: dict[Any, int] = {}
    for row in rows:
        newest[row["branch_code"]] = max(newest.get(row["branch_code"], 0), int(str(row["version"] or 0)))
    return [row for row in rows if int(str(row["version"] or 0)) == newest[row["branch_code"]]]


def _by_branch(rows: Iterable[dict[str, Any]]) -> dict[str, list[Assignment]]:
    grouped: dict[str, list[Assignment]] = defaultdict(list)
    for one in read_assignments(rows_table("rosters", list(rows))):
        grouped[one.branch_code].append(one)
    return grouped


def _required(table: pa.Table, week: Week) -> dict[str, list[Requirement]]:
    days = set(week.days())
    grouped: dict[str, list[Requirement]] = defaultdict(list)
    for row in read_requirement(table):
        if row.business_date in days:
            grouped[row.branch_code].append(row)
    return grouped


def published_before(folder: ExchangeFolder, week: Week) -> dict[str, list[Assignment]]:
    """Published assignments of the quarter before a week, by branch."""
    wanted = {str(week.plus(-back)) for back in range(1, PAST_WEEKS + 1)}
    rows = read_rows(folder.table("rosters")) if folder.has("rosters") else []
    return _by_branch(row for row in rows if row["week"] in wanted and row["state"] == "published")
