"""One branch, one week: requirement, roster, proof. Same question, same bytes."""

from bankhall.analytics.planning.proof import prove_week
from bankhall.analytics.planning.question import PlanAnswer, PlanNote, PlanQuestion, Progress, WeekRequirement
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.solve import solve
from bankhall.kernel.bank.roster import Requirement


def _silent(share: float, step: str) -> None:
    pass


def plan_branch(question: PlanQuestion, progress: Progress = _silent) -> PlanAnswer:
    """Composes the sciences. An infeasible roster comes back with its conflict and without a proof."""
    progress(0.0, "requirement")
    known = WeekRequirement(question.required, question.shortfalls)
    required = known if known.rows else week_requirement(question)
    progress(0.4, "roster")
    problem = roster_problem(question, required.rows)
    roster = solve(
        problem,
        seed=question.seed,
        moves=question.effort.moves,
        progress=lambda share: progress(0.4 + 0.4 * share, "roster"),
    )
    progress(0.8, "proof")
    proof = prove_week(question, roster.assignments) if roster.status == "feasible" else ()
    progress(1.0, "done")
    return PlanAnswer(required, roster, proof, notes_of(question))


def roster_problem(question: PlanQuestion, required: tuple[Requirement, ...]) -> RosterProblem:
    """The roster's part of the question."""
    return RosterProblem(question.branch_code, question.week, question.bank, required, question.past, question.locked)


def notes_of(question: PlanQuestion) -> tuple[PlanNote, ...]:
    """What the forecast and the fits say of themselves."""
    forecast = [PlanNote(n.code, {"service_code": n.service_code, **n.facts}) for n in question.forecast.notes]
    fits = [
        PlanNote(n.code, {"service_code": fit.service_code, **n.facts})
        for fit in question.fits.services
        for n in fit.notes
    ]
    return (*forecast, *fits)
