"""Every version of a branch's weeks, newest week first: which weeks are planned, and how they stand."""

from dataclasses import dataclass
from datetime import datetime

from bankhall.apps.access.queries import check_may
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

NEWEST = 1000


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version. `status`: feasible or infeasible."""

    week: Week
    version: int
    edit: int
    state: RosterState
    status: str
    cost_fen: int
    unmet_half_hours: int
    law_breaches: int
    made_at: datetime


def versions_made(scope: Scope, branch_code: str) -> tuple[VersionLine, ...]:
    """The newest versions of a branch; one query beside the branch's own."""
    check_may(scope, "see_plan", branch_code)
    network.branch(scope, branch_code)
    rows = Roster.objects.filter(branch_code=branch_code).order_by("-week", "-version")[:NEWEST]
    return tuple(
        VersionLine(
            Week.parse(row.week), row.version, row.edit, RosterState(row.state), row.status, row.cost_fen,
            row.unmet_half_hours, row.law_breaches, row.made_at,
        )
        for row in rows
    )  # fmt: skip
