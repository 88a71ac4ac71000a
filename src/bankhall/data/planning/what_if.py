"""The question of a what-if from an exchange folder: the branch's roster and requirement of the week."""

from pathlib import Path
from typing import Any

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.planning.answer import requirement_row
from bankhall.data.planning.written import by_branch, required_of, rows_of_week
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week


def folder_question(
    folder: Path, branch_code: str, week: Week, *, plan: Path | None = None, version: int | None = None, standing: bool
) -> dict[str, Any]:
    """What the what-if job is asked, its changes aside. `plan` is where `bankhall plan --out` wrote; `standing`: the
    question is about a roster, which must be there. Without a written requirement it is found anew."""
    records = ExchangeFolder(folder)
    if branch_code not in {node.node_code for node in records.bank().branches()}:
        raise BadInput("branch_unknown", branch_code=branch_code)
    question = {"folder": str(folder.resolve()), "branch_code": branch_code, "week": str(week)}
    if not standing:
        return question
    written = ExchangeFolder(plan or folder)
    rosters = by_branch(rows_of_week(written.need("rosters", what_for="what-if"), week, version))
    if branch_code not in rosters:
        raise BadInput("compare_without_roster", roster=branch_code, week=str(week))
    required = required_of(written.table("requirement"), week).get(branch_code, [])
    return question | {
        "assignments": to_plain(rosters[branch_code]),
        "requirement": [requirement_row(row) for row in required],
    }
