"""A draft that was changed by hand is proved anew: its waits are simulated again, in the interactive lane."""

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.metrics import actions as metrics
from bankhall.apps.metrics.queries import of_plan
from bankhall.apps.rosters.actions.versions import standing_version, subject_of, version_of
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.problems import proof_question
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.states import RosterState
from bankhall.apps.runs import actions as runs
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

TAKE = action_name("rosters.take_proof")
KIND = "prove_roster"
FIRST_OF_ALL = 20
"""Somebody looks at the page and waits: before plans that were asked for."""


def request_proof(ref: RosterRef, *, by: Actor, scope: Scope) -> int:
    """Asks for the proof of a draft as it stands; answers the run's id."""
    check_may(scope, "edit_roster", ref.branch_code)
    return ask_for_proof(version_of(ref, scope), by=by)


def ask_for_proof(roster: Roster, *, by: Actor) -> int:
    """Queues the proof of the newest edit; one of an earlier edit that has not begun is taken out of the queue."""
    return runs.submit(
        KIND, proof_question(roster), by=by, branch_code=roster.branch_code, business_date=roster.first,
        lane="interactive", priority=FIRST_OF_ALL, only_newest=True,
    )  # fmt: skip


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side: the proof of an edit that is no longer the newest is left alone."""
    question = dict(run.question)
    roster = standing_version(str(question["branch_code"]), Week.parse(str(question["week"])))
    if roster is None or roster.state != RosterState.DRAFT:
        return
    if question["draft"] != {"version": roster.version, "edit": roster.edit}:
        return
    scope = Scope.system(f"run {run.run_id}")
    with audit.act(TAKE, by=run.asked_by, scope=scope, subject=subject_of(roster)) as act:
        roster.plan.proof = dict(run.answer)["proof"]
        roster.plan.save()
        roster.proof_edit = roster.edit
        roster.save()
        values = of_plan(roster.branch_code, Week.parse(roster.week).days(), _as_answer(roster))
        metrics.record(values, by=run.asked_by, scope=scope, now=run.asked_at, run_id=run.run_id)
        act.note(after={"edit": roster.edit})


def _as_answer(roster: Roster) -> dict[str, object]:
    """The stored plan as the answer from which measures are read."""
    plan = roster.plan
    return {
        "status": roster.status, "day_totals": plan.day_totals, "requirement": plan.requirement, "proof": plan.proof,
        "unmet_half_hours": roster.unmet_half_hours, "cost_fen": roster.cost_fen, "avoidable_fen": roster.avoidable_fen,
    }  # fmt: skip
