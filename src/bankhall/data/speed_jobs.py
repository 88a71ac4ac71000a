"""The job that learns how quick a branch's people are: plain question in, plain answer out, no Django."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bankhall.data.plan_jobs import Report, silent
from bankhall.data.planning.question import FIT_DAYS, PlanRequest
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week


def speeds_branch_job(question: Mapping[str, Any], progress: Report = silent) -> dict[str, Any]:
    """Question: lake, branch_code, as_of, bank (of the branch). The people whose home the branch is, from the records
    of the eight weeks before `as_of`; nobody where the rules say that speeds are not learned."""
    progress(1, "records")
    as_of = date.fromisoformat(question["as_of"])
    request = PlanRequest({"week": str(Week.of(as_of)), **question})
    home = {person.staff_no for person in request.bank.staff if person.branch_code == request.branch_code}
    return {
        "branch_code": request.branch_code,
        "first": (as_of - timedelta(days=FIT_DAYS)).isoformat(),
        "last": (as_of - timedelta(days=1)).isoformat(),
        "people": [to_plain(one) for one in request.people() if one.staff_no in home],
    }
