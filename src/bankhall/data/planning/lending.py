"""The question of lending from an exchange folder: the week's rosters and requirement of a region's branches."""

from pathlib import Path
from typing import Any

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.planning.answer import requirement_row
from bankhall.data.planning.written import by_branch, published_before, required_of, rows_of_week
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week

Plain = dict[str, Any]


def folder_question(folder: Path, week: Week, *, region: str = "", plan: Path | None = None, seed: int = 0) -> Plain:
    """What the lending job is asked. `plan` is where `bankhall plan --out` wrote the week (default: the folder)."""
    bank = ExchangeFolder(folder).bank()
    codes = branches_of(bank, region)
    written = ExchangeFolder(plan or folder)
    rosters = by_branch(rows_of_week(written.need("rosters", what_for="lend"), week))
    required = required_of(written.need("requirement", what_for="lend"), week)
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
