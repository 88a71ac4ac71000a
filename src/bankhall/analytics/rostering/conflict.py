"""What conflicts when the rules cannot all be met: an irreducible set, found by CP-SAT and a deletion filter.

Every rule of law and control is a member for the person and date, or the date, that it binds; a member that is
dropped no longer binds. Of the set that is handed back, dropping any one member makes the rest possible.
"""

from collections.abc import Iterable

from bankhall.analytics.rostering.columns import Option
from bankhall.analytics.rostering.encode import encode
from bankhall.analytics.rostering.linear import CpReading, read_by_cp_sat
from bankhall.analytics.rostering.model import RosterModel, build_model
from bankhall.analytics.rostering.problem import ConflictMember, RosterProblem
from bankhall.analytics.rostering.question import Question, ask

TRY_TICKS = 30.0
"""Deterministic time of one question "can the rest be met?"; what is not answered in it counts as cannot."""


def find_conflict(problem: RosterProblem) -> tuple[ConflictMember, ...]:
    """The members, by rule, date and person; empty when a roster exists after all."""
    model = conflict_model(ask(problem, relaxed=True))
    reading = read_by_cp_sat(model.linear, with_members=True, with_prices=False)
    core = _core(reading, reading.members)
    if core is None:
        return ()
    kept = set(core)
    for member in core:
        smaller = _core(reading, kept - {member})
        if smaller is not None:
            kept = set(smaller)
    found = (model.members[member] for member in kept)
    return tuple(sorted(found, key=lambda m: (m.rule_code, str(m.business_date or ""), m.staff_no, m.facts)))


def conflict_model(question: Question) -> RosterModel:
    """The model in which options in breach may be taken where the member that forbids them is dropped."""
    arrays = encode(question.situation, question.columns, question.grids)
    columns, days = question.columns, question.situation.days
    model = build_model(arrays, columns.people, days, 1)
    for (p, d), options in columns.options.items():
        first = int(arrays.option_from[p * len(days) + d]) + int((p, d) not in columns.locks)
        for place, option in enumerate(options):
            for code, fact in sorted(_forbidding(option)):
                facts = {"post_code": fact} if fact else {}
                model.linear.when.append((model.x[first + place], model.tag(code, p, d, **facts)))
    return model


def can_be_met(model: RosterModel, members: Iterable[ConflictMember]) -> bool:
    """Whether a roster exists that keeps these members, whatever becomes of all others."""
    reading = read_by_cp_sat(model.linear, with_members=True, with_prices=False)
    return _core(reading, [model.members.index(member) for member in members]) is None


def _forbidding(option: Option) -> set[tuple[str, str]]:
    law = (breach for breach in option.breaches if breach.rule_class == "law_control")
    return {(breach.rule_code, str(breach.facts.get("post_code", ""))) for breach in law}


def _core(reading: CpReading, members: Iterable[int]) -> list[int] | None:
    """Members that cannot be met together, out of those given; None = they can."""
    from ortools.sat.python import cp_model

    wanted = sorted(members)
    reading.model.clear_assumptions()
    reading.model.add_assumptions([reading.members[member] for member in wanted])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = TRY_TICKS
    status = solver.solve(reading.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    literals = set(solver.sufficient_assumptions_for_infeasibility()) if status == cp_model.INFEASIBLE else set()
    core = [member for member in wanted if reading.members[member].index in literals]
    return core or wanted
