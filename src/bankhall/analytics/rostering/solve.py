"""A week's roster for a branch: columns, annealing, windows; or, where the rules cannot all be met, what conflicts.

Same problem, seed and moves give the same answer, whatever the load or the number of processes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.cover import unmet_rows
from bankhall.analytics.rostering.problem import ConflictMember, RosterAnswer, RosterProblem
from bankhall.analytics.rostering.question import Question, ask
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.roster import Assignment

DEFAULT_MOVES = 2_000_000
Progress = Callable[[float], None]


def solve(
    problem: RosterProblem,
    *,
    seed: int,
    moves: int = DEFAULT_MOVES,
    progress: Progress | None = None,
    polish_ticks: float = 0.0,
) -> RosterAnswer:
    """The best roster found in so many moves, or the conflict.

    `progress` is told the share done after each chunk; raise inside it to cancel. `polish_ticks` is CP-SAT's
    deterministic time for polishing, 0 = none.
    """
    question = ask(problem)
    found = search(question, seed=seed, moves=moves, progress=progress, polish_ticks=polish_ticks)
    if isinstance(found, Infeasible):
        return RosterAnswer("infeasible", conflict=found.conflict, moves=moves)
    return answer_of(question.situation, found, moves)


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No roster keeps law and control; the members of an irreducible conflict."""

    conflict: tuple[ConflictMember, ...]


def search(
    question: Question, *, seed: int, moves: int, progress: Progress | None = None, polish_ticks: float = 0.0
) -> tuple[Assignment, ...] | Infeasible:
    """Assignments without a breach of law or control, or what conflicts."""
    from bankhall.analytics.rostering.anneal import anneal, first_state, rebuild
    from bankhall.analytics.rostering.arrays import LAW
    from bankhall.analytics.rostering.decode import decode, prune_duties
    from bankhall.analytics.rostering.encode import encode

    arrays = encode(question.situation, question.columns, question.grids)
    problem = question.situation.problem
    rng = stream(seed, "rostering", problem.branch_code, str(problem.week))
    state = anneal(arrays, first_state(arrays), moves=moves, rng=rng, progress=progress)
    lawful = bool(state.cost[LAW] == 0)
    if not lawful or polish_ticks > 0:
        from bankhall.analytics.rostering.conflict import find_conflict, find_day_conflict
        from bankhall.analytics.rostering.polish import polish

        conflict = () if lawful else find_day_conflict(problem)
        polished = None if conflict else polish(question, arrays, state, ticks=polish_ticks)
        if polished is None:
            return Infeasible(conflict or find_conflict(problem))
        state = polished if lawful else anneal(arrays, polished, moves=moves, rng=rng)
    prune_duties(arrays, state)
    return decode(question.situation, question.columns, rebuild(arrays, state.option, state.tasks))


def answer_of(situation: Situation, assignments: tuple[Assignment, ...], moves: int) -> RosterAnswer:
    """The answer with what is unmet, in breach, and to be paid."""
    return RosterAnswer(
        "feasible",
        assignments=assignments,
        unmet=unmet_rows(situation, assignments),
        breaches=tuple(breaches_of(situation, assignments)),
        cost=roster_cost(situation, assignments),
        moves=moves,
    )
