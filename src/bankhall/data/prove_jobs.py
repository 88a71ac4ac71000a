"""The job that proves a roster anew after a change by hand: what customers would wait under it. No Django."""

from collections.abc import Mapping
from typing import Any

from bankhall.analytics.planning.proof import prove_week
from bankhall.data.plan_jobs import Report, silent
from bankhall.data.planning.answer import proof_row
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import from_plain


def prove_roster_job(question: Mapping[str, Any], progress: Report = silent) -> dict[str, Any]:
    """The rows of the proof of `question["assignments"]`, from the same records, draws and seed as the plan's own."""
    progress(1, "records")
    asked = PlanRequest(question).read()
    progress(50, "proof")
    standing = tuple(from_plain(Assignment, row) for row in question["assignments"])
    return {"proof": [proof_row(row) for row in prove_week(asked, standing)]}
