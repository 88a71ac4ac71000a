"""Lending for 3,000 branches and seven days: reading the rosters, finding the arcs, and the min-cost flow.

The network is made up (eight tellers a branch, ten neighbours, a third of the branch-days short, a third with people to
spare); the flow's answer is set beside scipy's linear programme over the same arcs.
"""

import time

import numpy as np

from bankhall.analytics.lending.demands import demands_of
from bankhall.analytics.lending.flow import Arc, best_pairs
from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.pairs import Network
from bankhall.analytics.lending.problem import BranchWeek, LendingProblem
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Service, Travel, Window
from bankhall.kernel.bank.people import Person, Post
from bankhall.kernel.bank.roster import Assignment, Price, Requirement
from bankhall.kernel.week import Week

BRANCHES, TELLERS, NEIGHBOURS = 3_000, 8, 10
WEEK = Week(2026, 49)
SLOTS = range(540, 1020, 30)


def main() -> None:
    """Prints the seconds of each part and how the two answers compare."""
    problem = made_up()
    began = time.perf_counter()
    homes = {week.branch_code: Home(week) for week in problem.branches}
    read = time.perf_counter()
    demands = [d for home in homes.values() for d in demands_of(home.branch, home.balances(), 30, ("whole",))]
    found = Network(problem).pairs(homes, demands, set(), set())
    paired = time.perf_counter()
    chosen = best_pairs(found.arcs, len(found.lenders), len(demands))
    flowed = time.perf_counter()
    peer = _by_linear_programme(found.arcs, len(found.lenders), len(demands))
    ended = time.perf_counter()
    print(f"lending: {BRANCHES} branches, 7 days, {len(demands)} places, {len(found.arcs)} arcs")
    print(f"  reading {read - began:.1f} s, arcs {paired - read:.1f} s, flow {flowed - paired:.2f} s")
    ours = sum(arc.gain_fen for arc in chosen)
    ratio = (ended - flowed) / (flowed - paired)
    print(f"  scipy linprog (HiGHS) {ended - flowed:.2f} s, {ratio:.1f} times the flow; gains {ours} and {peer:.0f}")


def made_up() -> LendingProblem:
    """Branches in a row, each a quarter of an hour from the next, from a seed."""
    rng = np.random.default_rng(1)
    codes = [f"B{n:04d}" for n in range(BRANCHES)]
    whole = Bank(
        travel=tuple(_road(codes, n, n + step) for n in range(BRANCHES) for step in _steps(n)),
        staff=tuple(_person(codes, n, k) for n in range(BRANCHES) for k in range(TELLERS)),
        prices=(Price("hour", 4500), Price("missing_half_hour", 12000), Price("lent_day", 12000)),
    )
    staff = {code: whole.staff[n * TELLERS : (n + 1) * TELLERS] for n, code in enumerate(codes)}
    weeks = tuple(_week(code, staff[code], rng) for code in codes)
    return LendingProblem(WEEK, whole, weeks)


def _steps(n: int) -> list[int]:
    half = NEIGHBOURS // 2
    return [s for s in range(-half, half + 1) if s and 0 <= n + s < BRANCHES]


def _road(codes: list[str], start: int, end: int) -> Travel:
    return Travel(codes[start], codes[end], 10 + 4 * abs(end - start))


def _person(codes: list[str], n: int, k: int) -> Person:
    rights = tuple(codes[n + step] for step in _steps(n)) if k < 2 else ()
    return Person(f"{codes[n]}{k}", "", codes[n], posts=("teller",), system_rights=rights)


def _week(code: str, staff: tuple[Person, ...], rng: np.random.Generator) -> BranchWeek:
    bank = Bank(
        nodes=(Node(code, "branch"),),
        opening_hours=tuple(OpeningSpan("", "personal", day, opens=540, closes=1020) for day in range(1, 8)),
        services=(Service("cash"),),
        windows=tuple(Window(code, f"{n}", "cash", ("cash",)) for n in range(TELLERS)),
        posts=(Post("teller", window_kinds=("cash",), counts_for_presence=True),),
        staff=staff,
    )
    rows, needed = [], []
    for day in WEEK.days():
        standing = TELLERS - 2
        people = standing + int(rng.integers(-1, 2))
        needed += [Requirement(code, day, slot, "teller", people) for slot in SLOTS]
        rows += [
            Assignment(code, p.staff_no, day, 540, 1020, "window", f"{n}", "teller")
            for n, p in enumerate(staff[:standing])
        ]
    return BranchWeek(RosterProblem(code, WEEK, bank, tuple(needed)), tuple(rows))


def _by_linear_programme(arcs: tuple[Arc, ...], lenders: int, demands: int) -> float:
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    at = np.arange(len(arcs))
    rows = np.concatenate([[a.lender for a in arcs], [lenders + a.demand for a in arcs]])
    once = csr_matrix((np.ones(2 * len(arcs)), (rows, np.concatenate([at, at]))), shape=(lenders + demands, len(arcs)))
    answer = linprog(-np.array([a.gain_fen for a in arcs], dtype=float), A_ub=once, b_ub=np.ones(lenders + demands))
    return float(-answer.fun)


if __name__ == "__main__":
    main()
