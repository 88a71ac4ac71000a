"""Who could fill which place, and what it would leave over: travel, system rights, posts, certificates, hours."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.lending.demands import part_of
from bankhall.analytics.lending.flow import Arc
from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.problem import Demand, LendingProblem, Loan
from bankhall.kernel.bank.lookup import price_of
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment, AssignmentKind, Price

MOST_SHAVED = 2
"""Slots of a place that a helper may miss at one end of it: an hour."""


@dataclass(frozen=True, slots=True)
class Lender:
    """One person on one date."""

    branch_code: str
    staff_no: str
    business_date: date


@dataclass(frozen=True, slots=True)
class Pair:
    """A lender at a place."""

    lender: Lender
    demand: Demand
    gain_fen: int


@dataclass(frozen=True, slots=True)
class Found:
    """Arcs between lenders and places, by their positions; beside each arc the part of the place that the lender can
    fill (who comes from work at home may arrive late or leave early)."""

    lenders: tuple[Lender, ...]
    arcs: tuple[Arc, ...]
    fills: tuple[Demand, ...]


class Network:
    """Travel and rights of the region, read once."""

    def __init__(self, problem: LendingProblem) -> None:
        self.problem = problem
        codes = {week.branch_code for week in problem.branches}
        self.minutes = travel_minutes(problem)
        self.near: dict[str, list[str]] = defaultdict(list)
        for start, end in sorted(self.minutes):
            if {start, end} <= codes:
                self.near[end].append(start)
        self.able: dict[tuple[str, str, str], list[Person]] = defaultdict(list)
        for person in sorted(problem.bank.staff, key=lambda p: p.staff_no):
            for place in {*person.system_rights} & codes:
                for post in person.posts:
                    self.able[(person.branch_code, place, post)].append(person)

    def pairs(
        self,
        homes: Mapping[str, Home],
        demands: Sequence[Demand],
        taken: Collection[tuple[str, date]],
        banned: Collection[tuple[Lender, Demand]],
    ) -> Found:
        """Every pair that gains something, places in their order, lenders by branch and number."""
        places: dict[Lender, int] = {}
        arcs: list[Arc] = []
        fills: list[Demand] = []
        for at, demand in enumerate(demands):
            for start in self.near.get(demand.branch_code, ()):
                for person in self.able.get((start, demand.branch_code, demand.post_code), ()):
                    lender = Lender(start, person.staff_no, demand.business_date)
                    if (person.staff_no, demand.business_date) in taken or (lender, demand) in banned:
                        continue
                    gain, fill = self._best(homes[start], person, demand)
                    if gain > 0:
                        arcs.append(Arc(places.setdefault(lender, len(places)), at, gain))
                        fills.append(fill)
        return Found(tuple(places), tuple(arcs), tuple(fills))

    def _best(self, home: Home, person: Person, demand: Demand) -> tuple[int, Demand]:
        """The part of the place that gains most with this person: the whole of it where they are free all the time."""
        whole = self._gain(home, person, demand)
        if whole > 0:
            return whole, demand
        tried = [(self._gain(home, person, part), part) for part in shaved(demand, self.problem.bank.slot_minutes)]
        return max(tried, key=lambda found: found[0], default=(0, demand))

    def _gain(self, home: Home, person: Person, demand: Demand) -> int:
        if len(demand.slots) < self.problem.least_slots:
            return 0
        way = self.minutes[(home.branch, demand.branch_code)]
        span = (demand.start, demand.end)
        if not home.may_go(person, demand.business_date, span, way):
            return 0
        extra = home.extra_minutes(person.staff_no, demand.business_date, span, way)
        cost = cost_of_loan(self.problem.bank.prices, person, demand.business_date, way, extra)
        return saving_of(self.problem, demand, len(demand.slots)) - cost


def shaved(demand: Demand, slot_minutes: int) -> list[Demand]:
    """The place without its first or last slots."""
    edges = range(1, min(MOST_SHAVED, len(demand.slots) - 1) + 1)
    late = [replace(demand, slots=demand.slots[n:], start=demand.slots[n]) for n in edges]
    ends = [(demand.slots[:-n], demand.slots[-n - 1] + slot_minutes) for n in edges]
    return [*late, *(replace(demand, slots=slots, end=end) for slots, end in ends)]


def travel_minutes(problem: LendingProblem) -> dict[tuple[str, str], int]:
    """Minutes between branches no further apart than the problem allows."""
    return {
        (t.from_branch, t.to_branch): t.minutes
        for t in problem.bank.travel
        if t.minutes <= problem.most_travel and t.from_branch != t.to_branch
    }


def saving_of(problem: LendingProblem, demand: Demand, slots: int) -> int:
    """So many missing slots of a place at their price."""
    price = price_of(problem.bank.prices, "missing_half_hour", demand.post_code, demand.business_date)
    return round(price * slots * problem.bank.slot_minutes / 30)


def cost_of_loan(prices: Iterable[Price], person: Person, day: date, way: int, extra: int) -> int:
    """A lent day, the way there and back as paid time, and hours beyond those at home."""
    usual = person.posts[0] if person.posts else ""
    hour = price_of(prices, "hour", usual, day)
    return round(price_of(prices, "lent_day", usual, day) + hour * (2 * way + extra) / 60)


def loan_of(problem: LendingProblem, giver: Home, taker: Home, pair: Pair, way: int) -> Loan | None:
    """The loan with its window and break, `way` minutes off; None where no window is free for the person."""
    person = giver.situation.people[pair.lender.staff_no]
    demand, day = pair.demand, pair.demand.business_date
    code = _place_of(giver, taker, person, demand)
    if code is None:
        return None
    extra = giver.extra_minutes(person.staff_no, day, (demand.start, demand.end), way)
    kind: AssignmentKind = "window" if taker.situation.windows_of(demand.post_code) else "post"
    stretches = tuple(
        Assignment(taker.branch, person.staff_no, day, start, end, kind, code, demand.post_code)
        if works
        else Assignment(taker.branch, person.staff_no, day, start, end, "break")
        for start, end, works in _with_break(taker, demand)
    )
    return Loan(
        giver.branch, taker.branch, person.staff_no, day, part_of(demand.start, demand.end), demand.start, demand.end,
        demand.post_code,
        code if kind == "window" else "", way, 0, cost_of_loan(problem.bank.prices, person, day, way, extra),
        saving_of(problem, demand, len(demand.slots)), stretches,
    )  # fmt: skip


def _place_of(giver: Home, taker: Home, person: Person, demand: Demand) -> str | None:
    """A window of the post that stands empty all the time and that the person may man; the post itself in the hall."""
    windows = taker.situation.windows_of(demand.post_code)
    if not windows:
        return demand.post_code
    day, span = demand.business_date, (demand.start, demand.end)
    busy = {
        s.code for s in taker.assignments
        if s.kind == "window" and s.business_date == day and s.start < span[1] and span[0] < s.end
        and taker.situation.is_here(s)
    }  # fmt: skip
    held = giver.situation.certificates(person.staff_no, day)
    for window in windows:
        needs = {c for s in taker.situation.services_at(window, day, span) for c in s.certificates}
        opened = any(a <= span[0] and span[1] <= b for a, b in taker.situation.window_open(window, day))
        if window.window_code not in busy and opened and needs <= held:
            return window.window_code
    return None


def _with_break(taker: Home, demand: Demand) -> list[tuple[int, int, bool]]:
    """The span as work, with a break where the rules ask for one and fewest slots are short."""
    situation, day = taker.situation, demand.business_date
    after, minutes = situation.value("break_after", day), situation.value("break_minutes", day)
    if after is None or not minutes or demand.end - demand.start <= after:
        return [(demand.start, demand.end, True)]
    step = situation.problem.bank.slot_minutes
    earliest = max(situation.value("break_earliest", day) or 0, demand.start + step)
    latest = min(situation.value("break_latest", day) or demand.end, demand.end - step) - minutes
    starts = range(-(-earliest // step) * step, latest + 1, step)
    short = set(demand.slots)
    start = min(starts, key=lambda s: (sum(x in short for x in range(s, s + minutes, step)), s), default=None)
    if start is None:
        return [(demand.start, demand.end, True)]
    return [(demand.start, start, True), (start, start + minutes, False), (start + minutes, demand.end, True)]
