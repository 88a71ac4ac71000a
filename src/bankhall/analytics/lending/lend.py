"""Loans of a week: pairs by min-cost flow, each then held against every rule at both branches.

Whole days and halves compete: the flow is run in both orders and the one that leaves more money over is kept. A pair
that would break a rule at either end is put aside and the flow asked again without it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bankhall.analytics.lending.demands import demands_of
from bankhall.analytics.lending.flow import best_pairs
from bankhall.analytics.lending.guests import guest_of, spans_of, with_guests
from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.pairs import Lender, Network, Pair, loan_of, saving_of
from bankhall.analytics.lending.problem import Demand, LendingAnswer, LendingProblem, Loan, Part
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment

ORDERS: tuple[tuple[tuple[Part, ...], ...], ...] = (
    (("whole",), ("morning", "afternoon")),
    (("morning", "afternoon"), ("whole",)),
)
ROUNDS = 8


def lend(problem: LendingProblem) -> LendingAnswer:
    """The loans that save more than they cost, without a new breach of law, control or agreement anywhere."""
    tried = [_Search(problem).run(order) for order in ORDERS]
    return max(tried, key=lambda answer: sum(loan.saved_fen - loan.cost_fen for loan in answer.loans))


class _Search:
    """The rosters as they stand after the loans found so far."""

    def __init__(self, problem: LendingProblem) -> None:
        self.problem = problem
        self.network = Network(problem)
        self.homes = {week.branch_code: Home(week) for week in problem.branches}
        self.loans: list[Loan] = []
        self.taken = {key for home in self.homes.values() for key in home.lent()}
        self.banned: set[tuple[Lender, Demand]] = set()

    def run(self, order: Sequence[tuple[Part, ...]]) -> LendingAnswer:
        for parts in order:
            for _ in range(ROUNDS):
                if not self._round(parts):
                    break
        rosters = {code: home.assignments for code, home in self.homes.items()}
        return LendingAnswer(tuple(self.loans), rosters, len(self.banned))

    def _round(self, parts: tuple[Part, ...]) -> bool:
        """One flow and its loans; whether another could find more."""
        step = self.problem.bank.slot_minutes
        demands = [
            demand for home in self.homes.values() for demand in demands_of(home.branch, home.balances(), step, parts)
        ]
        found = self.network.pairs(self.homes, demands, self.taken, self.banned)
        fills = dict(zip(found.arcs, found.fills, strict=True))
        chosen = best_pairs(found.arcs, len(found.lenders), len(demands))
        for arc in sorted(chosen, key=lambda arc: (-arc.gain_fen, arc.demand, arc.lender)):
            pair = Pair(found.lenders[arc.lender], fills[arc], arc.gain_fen)
            if not self._take(pair):
                self.banned.add((pair.lender, demands[arc.demand]))
        return bool(chosen)

    def _take(self, pair: Pair) -> bool:
        giver, taker = self.homes[pair.lender.branch_code], self.homes[pair.demand.branch_code]
        way = self.network.minutes[(giver.branch, taker.branch)]
        person, span = giver.situation.people[pair.lender.staff_no], (pair.demand.start, pair.demand.end)
        if not giver.may_go(person, pair.lender.business_date, span, way):
            return False  # another loan of this round has used up what was to spare
        loan = loan_of(self.problem, giver, taker, pair, way)
        if loan is None:
            return False
        after = homes_with(self.problem.bank, giver, taker, loan)
        if (
            not keeps_rules(giver, after[0], loan)
            or not keeps_rules(taker, after[1], loan)
            or after[0].unmet() > giver.unmet()
        ):
            return False
        slots = taker.unmet() - after[1].unmet()
        saved = saving_of(self.problem, pair.demand, slots)
        if saved <= loan.cost_fen:
            return False
        self.homes[giver.branch], self.homes[taker.branch] = after
        half_hours = slots * self.problem.bank.slot_minutes // 30
        self.taken.add(loan.key)
        self.loans.append(replace(loan, half_hours_saved=half_hours, saved_fen=saved))
        return True


def homes_with(bank: Bank, giver: Home, taker: Home, loan: Loan) -> tuple[Home, Home]:
    """Both branches after a loan: the giver's rows say where the person is, the taker's what they do there."""
    return giver.with_rows(_ordered(giver.lending(loan))), _with_guest(bank, taker, loan)


def _with_guest(bank: Bank, taker: Home, loan: Loan) -> Home:
    after = _ordered([*taker.assignments, *(replace(s, locked=True) for s in loan.stretches)])
    problem, guest = taker.problem, guest_of(bank, loan.staff_no, spans_of(after, loan.staff_no))
    return taker.with_rows(after, replace(problem, bank=with_guests(problem.bank, [guest], problem.week)))


def keeps_rules(before: Home, after: Home, loan: Loan) -> bool:
    """Whether a loan makes no new breach of law or control, and none of an agreement with the lent person."""
    fresh = after.breaches() - before.breaches()
    return not any(rule_class == "law_control" or who == loan.staff_no for rule_class, _, who, *_ in fresh)


def _ordered(rows: Sequence[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(rows, key=lambda a: (a.staff_no, a.business_date, a.start, a.end, a.code)))
