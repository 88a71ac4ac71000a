"""What the compiled search counts is what the checks find and what the price list says, on random rosters."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bankhall.analytics.rostering.anneal import anneal, doable, first_state
from bankhall.analytics.rostering.arrays import LAW, MONEY, SPANNING_RULES, Arrays, State
from bankhall.analytics.rostering.checks import breaches_of, check_person_day
from bankhall.analytics.rostering.costs import fen, roster_cost
from bankhall.analytics.rostering.decode import decode, stretches_of
from bankhall.analytics.rostering.encode import encode
from bankhall.analytics.rostering.kernels import place, recount
from bankhall.analytics.rostering.packing import pack
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.question import Question, ask
from bankhall.kernel.bank.people import Protection
from bankhall.kernel.bank.roster import Assignment
from tests.analytics.rostering.problems import MONDAY, RULES, at, law, realistic

EXTRA = (law("hall_presence", 1), law("dual_control", 1))
TIGHT = {
    "hours_week": 1500,
    "overtime_day": 120,
    "overtime_month": 400,
    "hours_week_average": 1700,
    "rest_days_in_seven": 3,
    "consecutive_days": 3,
    "rest_between_shifts": 950,
    "saturdays_quarter": 0,
    "lunches_quarter": 1,
}
EASY = 4
"""The case with enough people and mild rules."""
NEVER_FEWER = ("dual_control",)
"""The search asks for the second person all the time that such a service is open, the check only while it is given."""


def past(staff: list[str], rng: np.random.Generator) -> tuple[Assignment, ...]:
    """Three weeks before, with Saturdays, lunches and late Sundays."""
    return tuple(
        at(name, day, 540 + 30 * int(rng.integers(4)), 900 + 60 * int(rng.integers(8)))
        for name in staff
        for day in range(-21, 0)
        if rng.random() < 0.6
    )


@cache
def case(number: int) -> tuple[RosterProblem, Question, Arrays]:
    """A branch with every rule, tight enough that random rosters break each one now and then."""
    if number == EASY:
        problem = realistic(11, seed=number)
        problem = replace(problem, bank=replace(problem.bank, rules=(*RULES, law("hall_presence", 1))))
        question = ask(problem)
        return problem, question, encode(question.situation, question.columns, question.grids)
    rng = np.random.default_rng(number)
    problem = realistic(7, seed=number)
    rules = tuple(replace(rule, value=TIGHT.get(rule.rule_code, rule.value)) for rule in (*RULES, *EXTRA))
    names = [person.staff_no for person in problem.bank.staff]
    staff = tuple(
        replace(p, probation_until=MONDAY if n % 2 else None, overtime_minutes_month=60 * n)
        for n, p in enumerate(problem.bank.staff)
    )
    services = tuple(replace(s, dual_control=s.service_code == "corporate") for s in problem.bank.services)
    protections = (Protection(names[0], "late_pregnancy"),)
    bank = replace(problem.bank, rules=rules, staff=staff, services=services, protections=protections)
    problem = replace(problem, bank=bank, past=past(names, rng))
    question = ask(problem)
    return problem, question, encode(question.situation, question.columns, question.grids)


def random_state(arrays: Arrays, seed: int, busy: float) -> State:
    """Options and duties drawn at random, put in one by one; with `busy` 0 what a short search finds instead."""
    if busy == 0:
        return anneal(arrays, first_state(arrays), moves=4000, rng=np.random.default_rng(seed))
    rng, state, packed = np.random.default_rng(seed), first_state(arrays), pack(arrays)
    people, dates = arrays.frozen.shape
    for _ in range(2):
        for p in range(people):
            for d in range(dates):
                low, high = int(arrays.option_from[p * dates + d]), int(arrays.option_from[p * dates + d + 1])
                n = int(rng.integers(low, high)) if rng.random() < busy else low
                tasks = random_tasks(arrays, d, rng)
                place(packed, state, p, d, n, int(doable(packed, p, d, n, tasks)))
    return state


def random_tasks(arrays: Arrays, d: int, rng: np.random.Generator) -> int:
    """A set of duties without clashes."""
    tasks = 0
    for k in rng.permutation(int(arrays.task_count[d])):
        if rng.random() < 0.5 and not tasks & int(arrays.task_clash[d, k]):
            tasks |= 1 << int(k)
    return tasks


def counted(arrays: Arrays, state: State, rule: int) -> bool:
    """Whether the search counts a breach of one rule."""
    channel = np.full_like(arrays.channel, -1)
    channel[rule] = LAW if arrays.channel[rule] > 0 else -1
    alone = arrays._replace(channel=channel, option_law=np.zeros_like(arrays.option_law))
    cost = np.zeros(4, np.int64)
    recount(pack(alone), state, cost)
    return bool(cost[LAW] > 0)


random_rosters = given(
    number=st.integers(1, EASY), seed=st.integers(0, 2**31), busy=st.sampled_from([0.0, 0.25, 0.6, 0.85, 1.0])
)
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@few
@random_rosters
def test_search_and_checks_agree_on_every_rule_that_spans_days_or_people(number: int, seed: int, busy: float) -> None:
    _, question, arrays = case(number)
    state = random_state(arrays, seed, busy)
    rows = stretches_of(question.situation, question.columns, state.template, state.tasks)
    found = {breach.rule_code for breach in breaches_of(question.situation, rows)}
    for index, rule in enumerate(SPANNING_RULES):
        if rule not in NEVER_FEWER:
            assert counted(arrays, state, index) == (rule in found), rule


def test_the_random_rosters_break_and_keep_nearly_every_rule() -> None:
    seen: dict[str, set[bool]] = {rule: set() for rule in SPANNING_RULES}
    for seed in range(20):
        arrays = case(EASY if seed % 4 == 0 else 1 + seed % 3)[2]
        state = random_state(arrays, seed, (0.0, 0.25, 0.6, 0.85)[seed % 4])
        for index, rule in enumerate(SPANNING_RULES):
            seen[rule].add(counted(arrays, state, index))
    assert [rule for rule, both in seen.items() if len(both) < 2] == []


@few
@random_rosters
def test_the_search_never_overlooks_a_missing_second_person(number: int, seed: int, busy: float) -> None:
    _, question, arrays = case(number)
    state = random_state(arrays, seed, busy)
    rows = decode(question.situation, question.columns, state)
    found = {breach.rule_code for breach in breaches_of(question.situation, rows)}
    assert "dual_control" not in found or counted(arrays, state, SPANNING_RULES.index("dual_control"))


@few
@random_rosters
def test_the_search_counts_money_to_the_fen(number: int, seed: int, busy: float) -> None:
    _, question, arrays = case(number)
    state = random_state(arrays, seed, busy)
    rows = stretches_of(question.situation, question.columns, state.template, state.tasks)
    assert fen(int(state.cost[MONEY])) == roster_cost(question.situation, rows).cost_fen


@few
@random_rosters
def test_costs_kept_move_by_move_equal_costs_counted_afresh(number: int, seed: int, busy: float) -> None:
    _, _, arrays = case(number)
    state = random_state(arrays, seed, busy)
    fresh = np.zeros(4, np.int64)
    recount(pack(arrays), state, fresh)
    assert fresh.tolist() == state.cost.tolist()


@pytest.mark.parametrize("number", [1, 2])
def test_every_column_passes_the_checks_of_its_person_and_day(number: int) -> None:
    problem, question, arrays = case(number)
    rng = np.random.default_rng(number)
    for p, d in ((p, d) for p in range(len(question.columns.people)) for d in range(7)):
        options = question.columns.options[(p, d)]
        for place_no in rng.integers(0, len(options), 3) if options else ():
            template, tasks = np.zeros(arrays.frozen.shape, np.int64), np.zeros(arrays.frozen.shape, np.int64)
            template[p, d] = options[place_no].template + 1
            rows = decode_rows(question, template, tasks)
            name, day = question.columns.people[p], question.situation.days[d]
            assert not [b for b in check_person_day(problem, name, day, rows) if b.rule_class == "law_control"]


def decode_rows(question: Question, template: np.ndarray, tasks: np.ndarray) -> tuple[Assignment, ...]:
    """The stretches of a few templates."""
    return stretches_of(question.situation, question.columns, template, tasks)
