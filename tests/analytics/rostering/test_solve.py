"""The whole answer: same bytes, locks, windows in their order, what is unmet, hand edits, reasons, referees."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.rostering.anneal import anneal, first_state, schedule_of, weighted
from bankhall.analytics.rostering.arrays import AGREEMENT, LAW, MONEY, Arrays
from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.costs import cost_lines, cost_of, unmet_of
from bankhall.analytics.rostering.encode import encode
from bankhall.analytics.rostering.linear import solve_by_cp_sat, solve_by_highs
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.moves import Edited, add, lock, move, remove, retype, swap
from bankhall.analytics.rostering.polish import hint_of, polish, state_of
from bankhall.analytics.rostering.problem import RosterAnswer, RosterProblem
from bankhall.analytics.rostering.question import ask
from bankhall.analytics.rostering.solve import solve
from bankhall.analytics.rostering.why import explain
from bankhall.kernel.bank.branch import Service, Window
from bankhall.kernel.bank.people import Certificate, Person
from bankhall.kernel.bank.roster import Assignment, Duty, Price, Requirement
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.plain import from_plain, to_plain
from tests.analytics.rostering.problems import BRANCH, MONDAY, WEEK, at, bare, law, realistic
from tests.analytics.rostering.test_rules_matter import need

ANN = Person("S1", "Ann", BRANCH, posts=("teller", "lobby_manager"))
BEN = Person("S2", "Ben", BRANCH, posts=("teller",))
CASH = {"services": (Service("cash"),), "certificates": ()}
WINDOWS = tuple(Window(BRANCH, f"C{n}", "cash", ("cash",), n) for n in (1, 2, 3))


@cache
def answered() -> tuple[RosterProblem, RosterAnswer]:
    """A realistic branch, solved once."""
    problem = realistic(10)
    return problem, solve(problem, seed=5, moves=60_000)


def test_a_realistic_week_keeps_law_and_control_and_leaves_little_unmet() -> None:
    problem, answer = answered()
    assert answer.status == "feasible"
    assert not [b for b in answer.breaches if b.rule_class == "law_control"]
    assert answer.cost.unmet_half_hours <= 0.05 * sum(row.people for row in problem.requirement)
    assert 0 < answer.cost.avoidable_fen < 0.5 * answer.cost.cost_fen


def test_the_same_problem_seed_and_moves_give_the_same_bytes() -> None:
    problem, answer = answered()
    again = solve(from_plain(RosterProblem, to_plain(problem)), seed=5, moves=60_000)
    assert to_plain(again) == to_plain(answer)


def test_the_answer_says_of_itself_what_checks_and_prices_say() -> None:
    problem, answer = answered()
    assert list(answer.breaches) == find_breaches(problem, answer.assignments)
    assert answer.cost == cost_of(problem, answer.assignments)
    assert answer.unmet == unmet_of(problem, answer.assignments)
    assert abs(sum(line.amount_fen for line in cost_lines(problem, answer.assignments)) - answer.cost.cost_fen) <= 5


def test_progress_is_told_and_an_error_in_it_cancels() -> None:
    told: list[float] = []
    solve(bare((ANN,), **CASH), seed=1, moves=400, progress=told.append)  # type: ignore[arg-type]
    assert told[-1] == 1.0
    assert told == sorted(told)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(bare((ANN,), **CASH), seed=1, moves=400, progress=stop)  # type: ignore[arg-type]


def test_locked_stretches_stand_in_the_answer_as_they_are() -> None:
    locked = (
        at("S001", 0, 540, 600, "window", "C3", "teller", locked=True),
        at("S000", 1, 720, 780, "break", locked=True),
        at("S003", 2, 400, 470, "post", "teller", "teller", locked=True),
        at("S007", 3, 510, 540, "duty", "opening", "teller", locked=True),
    )
    answer = solve(realistic(8, locked=locked), seed=2, moves=10_000)
    assert set(locked) <= set(answer.assignments)
    assert [a for a in answer.assignments if a.staff_no == "S003" and a.business_date == WEEK.days()[2]] == [locked[2]]


def test_windows_close_in_the_declared_order_and_the_unmet_is_named() -> None:
    problem = bare((ANN, BEN), windows=WINDOWS, requirement=need((MONDAY,), 540, 1020, 3), **CASH)  # type: ignore[arg-type]
    answer = solve(problem, seed=1, moves=3000)
    assert {a.code for a in answer.assignments if a.kind == "window"} == {"C2", "C3"}
    assert {(row.post_code, row.people_short) for row in answer.unmet} == {("teller", 1)}
    assert answer.cost.unmet_half_hours == 16


def test_nobody_is_put_at_a_window_whose_certificate_they_lack_and_windows_are_kept() -> None:
    windows = (Window(BRANCH, "C1", "cash", ("gold",), 2), Window(BRANCH, "C2", "cash", ("cash",), 1))
    services = (Service("gold", certificates=("gold",)), Service("cash"))
    held = (Certificate("S2", "gold"),)
    problem = bare(
        (ANN, BEN), windows=windows, services=services, certificates=held, requirement=need((MONDAY,), 540, 1020, 2)
    )
    answer = solve(problem, seed=1, moves=3000)
    seats = {(a.staff_no, a.code, a.start, a.end) for a in answer.assignments}
    assert seats == {("S1", "C2", 540, 1020), ("S2", "C1", 540, 1020)}


def test_the_cost_is_money_of_the_price_list() -> None:
    prices = (
        Price("hour", 6000),
        Price("overtime_factor_workday", 1.5),
        Price("missing_half_hour", 9000),
        Price("unmet_wish", 100),
    )
    rules = [law("hours_day", 480)]
    required = (Requirement(BRANCH, MONDAY, 540, "teller", 2),)
    problem = bare((ANN,), rules=rules, prices=prices, requirement=required)
    cost = cost_of(problem, [at("S1", 0, 540, 1080)])
    assert cost.cost_fen == 9 * 6000 + 3000 + 9000
    assert cost.avoidable_fen == cost.cost_fen - 6000
    assert cost.unmet_half_hours == 1
    holiday = replace(problem, bank=replace(problem.bank, prices=(*prices, Price("overtime_factor_restday", 2.0))))
    assert cost_of(holiday, [at("S1", 5, 540, 1080)]).cost_fen == 9 * 6000 + 6000 + 2 * 9000


def test_a_lent_day_and_a_changed_shift_are_priced() -> None:
    staff = (replace(ANN, branch_code="B09", system_rights=(BRANCH,)),)
    prices = (Price("lent_day", 700), Price("changed_shift", 30))
    problem = bare(staff, prices=prices, past=(at("S1", 0, 540, 600), at("S1", 1, 540, 600)))
    assert cost_of(problem, [at("S1", 0, 540, 600)]).cost_fen == 700 + 30


ROW = at("S1", 0, 540, 720)
NOON = at("S1", 0, 720, 780, "break")
LATE = at("S1", 0, 780, 1020)
ROWS = (ROW, NOON, LATE)


def plain_problem() -> RosterProblem:
    """Two people and a rule about breaks."""
    return bare((ANN, BEN), rules=[law("break_latest", 840)], windows=WINDOWS, **CASH)


def test_a_moved_stretch_trims_what_it_lies_over_and_is_checked() -> None:
    edited = move(plain_problem(), ROWS, NOON, start=790, end=850)
    assert set(edited.assignments) == {
        ROW,
        replace(NOON, start=790, end=850),
        replace(LATE, end=790),
        replace(LATE, start=850),
    }
    assert [breach.rule_code for breach in edited.breaches] == ["break_latest"]
    assert edited.cost == cost_of(plain_problem(), edited.assignments)


def test_hand_edits_change_what_they_name_alone() -> None:
    problem = plain_problem()
    assert move(problem, ROWS, LATE, staff_no="S2").assignments[-1] == replace(LATE, staff_no="S2")
    moved = move(problem, ROWS, LATE, business_date=MONDAY + timedelta(days=1)).assignments
    assert replace(LATE, business_date=MONDAY + timedelta(days=1)) in moved
    swapped = swap(problem, (*ROWS, at("S2", 0, 600, 700)), "S1", "S2", day=MONDAY).assignments
    assert {row.staff_no for row in swapped if row.kind == "break"} == {"S2"}
    retyped = retype(problem, ROWS, LATE, kind="window", code="C1", post_code="teller").assignments
    assert retyped[-1] == replace(LATE, kind="window", code="C1")
    assert remove(problem, ROWS, LATE).assignments == (ROW, NOON)
    assert add(problem, (ROW,), LATE).assignments == (ROW, LATE)


def test_a_locked_stretch_refuses_until_it_is_unlocked() -> None:
    problem = plain_problem()
    held = lock(problem, ROWS, LATE).assignments
    fixed = replace(LATE, locked=True)
    edits: tuple[Callable[[], Edited], ...] = (
        lambda: move(problem, held, fixed, end=900),
        lambda: remove(problem, held, fixed),
        lambda: swap(problem, held, "S1", "S2", day=MONDAY),
        lambda: add(problem, held, at("S1", 0, 900, 960, "break")),
    )
    for edit in edits:
        with pytest.raises(Refused):
            edit()
    assert lock(problem, held, fixed, locked=False).assignments == ROWS
    with pytest.raises(NotFound):
        remove(problem, ROWS, fixed)


def test_why_names_the_rules_that_bind_and_who_else_could() -> None:
    rules = [law("two_person_presence", 2), law("hours_day", 480)]
    cat = Person("S3", "Cat", BRANCH, posts=("teller",))
    problem = bare((ANN, BEN, cat), rules=rules, windows=WINDOWS, requirement=need((MONDAY,), 540, 1020, 2), **CASH)
    rows = (at("S1", 0, 540, 1020, "window", "C3"), at("S2", 0, 540, 1020, "window", "C2"))
    facts = {fact.code: fact for fact in explain(problem, rows, staff_no="S1", day=MONDAY, minute=600)}
    assert facts["stands"].facts["code"] == "C3"
    assert (facts["cover"].facts["people"], facts["cover"].facts["required"]) == (2, 2)
    assert facts["binds"].facts["rule_code"] == "two_person_presence"
    assert facts["uncovered"].facts["half_hours"] == 16
    assert (facts["next_best"].facts["staff_no"], facts["next_best"].facts["extra_fen"]) == ("S3", 0)
    assert facts["week"].facts == {"work_minutes": 480, "overtime_minutes": 0, "days": 1, "rest_days": 6}
    assert facts["quarter"].facts["lunches"] == 1


def test_why_not_names_what_keeps_somebody_from_work() -> None:
    problem = bare((replace(ANN, employed_until=MONDAY - timedelta(days=1)), BEN))
    facts = explain(problem, (), staff_no="S1", day=MONDAY, minute=600)
    assert [f.facts["rule_code"] for f in facts if f.code == "blocked"] == ["not_employed"]


@cache
def small() -> RosterProblem:
    """Small enough that the solvers prove it."""
    days = WEEK.days()[:2]
    duties = (Duty("count", relative_to="opening", earliest=-30, latest=-30, people=2, away_from_window=False),)
    rules = [law("hours_day", 480), law("hours_week", 600), law("break_after", 300), law("break_minutes", 60)]
    rules += [law("two_person_presence", 2), law("opening_pair", 2), law("overtime_day", 180)]
    staff = tuple(Person(f"S{n}", "", BRANCH, posts=("teller",)) for n in range(4))
    required = need(days, 540, 1020, 2)
    return bare(
        staff,
        rules=rules,
        windows=WINDOWS,
        duties=duties,
        requirement=required,
        opening_hours=(*bare(staff).bank.opening_hours[:2],),
        **CASH,
    )


def test_search_and_both_referees_agree_on_a_small_week() -> None:
    question = ask(small())
    arrays = encode(question.situation, question.columns, question.grids)
    schedule = schedule_of(arrays)
    model = build_model(arrays, question.columns.people, question.situation.days, schedule.agreement)
    tried = [anneal(arrays, first_state(arrays), moves=60_000, rng=stream(seed, "test")) for seed in range(4)]
    state = min(tried, key=lambda found: int(found.cost[MONEY]))
    highs = solve_by_highs(model.linear, seconds=60)
    exact = state_of(model, highs.values)
    assert highs.status == "optimal"
    assert exact.cost[LAW] == state.cost[LAW] == 0
    assert model.linear.value(highs.values) == weighted(exact.cost, schedule.law, schedule.agreement)
    assert state.cost[MONEY] <= exact.cost[MONEY] * 1.01
    assert highs.bound <= exact.cost[MONEY] + 1
    cp_sat = solve_by_cp_sat(model.linear, workers=1, seed=1, ticks=4, hint=hint_of(model, state))
    assert model.linear.value(cp_sat.values) <= state.cost[MONEY] + state.cost[AGREEMENT] * schedule.agreement


def test_a_hint_sets_every_variable_and_keeps_every_row() -> None:
    problem = small()
    letters = Duty("letters", relative_to="opening", earliest=0, latest=240)  # whose first starts may be nobody's
    question = ask(replace(problem, bank=replace(problem.bank, duties=(*problem.bank.duties, letters))))
    arrays = encode(question.situation, question.columns, question.grids)
    model = build_model(arrays, question.columns.people, question.situation.days, schedule_of(arrays).agreement)
    state = anneal(arrays, first_state(arrays), moves=20_000, rng=stream(1, "test"))
    hint = hint_of(model, state)
    assert len(hint) == len(model.linear.low)
    for row in model.linear.rows:
        total = sum(hint[v] * int(c) for v, c in zip(row.variables, row.coefficients, strict=True))
        assert row.low <= total <= row.high
    assert model.linear.value(hint) == weighted(state.cost, 0, schedule_of(arrays).agreement)


def test_polishing_is_never_worse_than_what_it_was_given() -> None:
    question = ask(small())
    arrays = encode(question.situation, question.columns, question.grids)
    state = anneal(arrays, first_state(arrays), moves=300, rng=stream(1, "test"))
    before = weighted(state.cost, *_weights(arrays))
    polished = polish(question, arrays, state, ticks=1.0)
    assert polished is not None
    assert weighted(polished.cost, *_weights(arrays)) <= before


def _weights(arrays: Arrays) -> tuple[int, int]:
    schedule = schedule_of(arrays)
    return schedule.law, schedule.agreement


def test_an_assignment_survives_plain_json() -> None:
    assert from_plain(Assignment, to_plain(ROW)) == ROW


def test_a_duty_is_never_put_over_a_locked_window() -> None:
    duty = Duty("loading", relative_to="clock", earliest=600, latest=600, minutes=30, people=1, posts=("teller",))
    rules = [law("duty_people", 1), law("hours_day", 480)]
    held = replace(at("S1", 0, 540, 780, "window", "C3"), locked=True)
    required = need((MONDAY,), 540, 1020, 1)
    problem = bare(
        (ANN, BEN), rules=rules, windows=WINDOWS, duties=(duty,), requirement=required, locked=(held,), **CASH
    )
    for seed in range(3):
        answer = solve(problem, seed=seed, moves=20_000)
        doing = {row.staff_no for row in answer.assignments if row.code == "loading" and row.business_date == MONDAY}
        assert doing == {"S2"}
        assert held in answer.assignments
        assert not [breach for breach in answer.breaches if breach.rule_class == "law_control"]
