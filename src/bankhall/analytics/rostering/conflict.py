"""What conflicts when the rules cannot all be met: an irreducible set, found by CP-SAT and a deletion filter.

Every rule of law and control is a member for the person and date, or the date, that it binds; a member that is
dropped no longer binds. Of the set that is handed back, dropping any one member makes the rest possible.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bankhall.analytics.rostering.columns import Option
from bankhall.analytics.rostering.encode import encode
from bankhall.analytics.rostering.linear import CpReading, read_by_cp_sat
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.problem import ConflictMember, RosterProblem
from bankhall.analytics.rostering.question import Question, ask
from bankhall.analytics.rostering.roster_model import RosterModel

TRY_TICKS = 30.0
"""Deterministic time of one question "can the rest be met?"; what is not answered in it counts as cannot."""


def find_conflict(problem: RosterProblem) -> tuple[ConflictMember, ...]:
    """The members, by rule, date and person; empty when a roster exists after all."""
    return find_day_conflict(problem) or _irreducible(conflict_model(ask(problem, relaxed=True)))


def find_day_conflict(problem: RosterProblem) -> tuple[ConflictMember, ...]:
    """The conflict of the first date that cannot be met by itself: a small question, asked before the week's."""
    question = ask(problem, relaxed=True)
    for d, day in enumerate(question.situation.days):
        options = {(p, e): found if e == d else () for (p, e), found in question.columns.options.items()}
        alone = replace(question, columns=replace(question.columns, options=options))
        found = _irreducible(conflict_model(alone), day)
        if found:
            return found
    return ()


def _irreducible(model: RosterModel, day: date | None = None) -> tuple[ConflictMember, ...]:
    """An irreducible set out of all members, or of those of one date; empty when they can be met together."""
    reading = read_by_cp_sat(model.linear, with_members=True, with_prices=False)
    asked = [tag for tag in reading.members if day in (None, model.members[tag].business_date)]
    core = _core(reading, asked)
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
    codes = tuple(tuple(call.duty.duty_code for call in question.situation.duty_calls(day)) for day in days)
    model = build_model(arrays, columns.people, days, 1, codes)
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
    # Many small yes-or-no questions: probing and relaxations cost ten times more than they save here.
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    status = solver.solve(reading.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    literals = set(solver.sufficient_assumptions_for_infeasibility()) if status == cp_model.INFEASIBLE else set()
    core = [member for member in wanted if reading.members[member].index in literals]
    return core or wanted
