"""Two versions of a branch's week side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankhall.analytics.rostering.compare import Comparison, compare
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.access.queries import check_may
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.apps.rosters.queries.records import assignments_of, bank_of, past_of, requirement_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

MEASURES = ("wait_p50", "wait_p90", "kept_share", "left_share")


@dataclass(frozen=True, slots=True)
class WaitChange:
    """A day measure of a service in both proofs; None where one of them has it not."""

    day: date
    service_code: str
    measure: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class VersionsBeside:
    """The comparison of two versions. `proof_stale`: one of the two was changed after it was simulated."""

    branch_code: str
    branch_name: Bilingual
    week: Week
    versions: tuple[tuple[int, RosterState], ...]
    before: int
    after: int
    comparison: Comparison
    waits: tuple[WaitChange, ...]
    proof_stale: bool
    names: PlanNames
    synthetic: bool


def versions_beside(
    scope: Scope, branch_code: str, week: Week, before: int | None = None, after: int | None = None
) -> VersionsBeside:
    """From the first version to the second, both held against the requirement and rules of the second, as of today.
    What is not named is the newest version, and the one before it."""
    check_may(scope, "see_plan", branch_code)
    node = network.branch(scope, branch_code)
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week)).select_related("plan").order_by("version")
    found = {row.version: row for row in rows}
    after = after if after is not None else max(found, default=0)
    before = before if before is not None else max((number for number in found if number < after), default=after)
    for number in (before, after):
        if number not in found:
            raise NotFound("roster", version=number)
    old, new = found[before], found[after]
    records, required = bank_of(branch_code, week), requirement_of(new.plan.requirement)
    problem = RosterProblem(branch_code, week, records, required, past_of(branch_code, week))
    return VersionsBeside(
        branch_code, node.name, week, tuple((row.version, RosterState(row.state)) for row in found.values()),
        before, after, compare(problem, assignments_of(old), assignments_of(new)),
        tuple(_waits(old.plan.proof, new.plan.proof)),
        any(row.proof_edit != row.edit for row in (old, new)), names_of(problem.bank), problem.bank.synthetic,
    )  # fmt: skip


def _waits(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> Iterable[WaitChange]:
    first, second = _by_key(old), _by_key(new)
    for key in sorted({*first, *second}):
        one, other = first.get(key), second.get(key)
        if one != other:
            yield WaitChange(date.fromisoformat(key[0]), key[1], key[2], one, other)


def _by_key(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], float | None]:
    return {
        (row["business_date"], row["service_code"], row["measure"]): row["value"]
        for row in rows
        if row["slot_start"] is None and row["measure"] in MEASURES
    }
