"""Two rosters of one week side by side: person by person, half hour by half hour, in rules and in money.

Both are held against the same requirement, rules and prices, so that only the rosters differ, unless told otherwise.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import fen, itemise, roster_cost
from bankhall.analytics.rostering.cover import cover_of, week_requirement
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach


@dataclass(frozen=True, slots=True)
class PersonDay:
    """A person's date that differs: the whole of it on both sides, by start. `moved` are the stretches (of both sides)
    that the other side does not have."""

    staff_no: str
    business_date: date
    before: tuple[Assignment, ...]
    after: tuple[Assignment, ...]
    moved: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class CoverChange:
    """People of a post in a slot, where their number differs. `required` None: nobody was required there."""

    business_date: date
    slot_start: int
    post_code: str
    required: int | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CostChange:
    """One item of the price list on both sides, in fen."""

    item: str
    before_fen: int
    after_fen: int


@dataclass(frozen=True, slots=True)
class RosterFigures:
    """What one side comes to."""

    cost_fen: int
    unmet_half_hours: int
    work_minutes: int
    law_breaches: int
    agreement_breaches: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, by date and person. `gained` breaches are those of the second roster alone, `lost` of the first."""

    person_days: tuple[PersonDay, ...]
    cover: tuple[CoverChange, ...]
    gained: tuple[Breach, ...]
    lost: tuple[Breach, ...]
    costs: tuple[CostChange, ...]
    before: RosterFigures
    after: RosterFigures

    @property
    def same(self) -> bool:
        """Whether nobody stands anywhere else."""
        return not self.person_days


def compare(
    problem: RosterProblem,
    before: Iterable[Assignment],
    after: Iterable[Assignment],
    *,
    was: RosterProblem | None = None,
) -> Comparison:
    """The differences from the first roster to the second. `was` is what the first is held against when the world
    itself differs (other hours, other people); what was required is then that of the second."""
    here = Situation(problem)
    there = Situation(was) if was else here
    first, second = _of_week(here, before), _of_week(here, after)
    old, new = breaches_of(there, first), breaches_of(here, second)
    return Comparison(
        tuple(_person_days(first, second)),
        tuple(_cover(here, first, second)),
        gained=_without(new, old),
        lost=_without(old, new),
        costs=tuple(_costs(itemise(there, first)[0], itemise(here, second)[0])),
        before=_figures(there, first, old),
        after=_figures(here, second, new),
    )


def _of_week(situation: Situation, rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """The week's rows in order. A lock says how a plan is edited, not who stands where."""
    days = set(situation.days)
    mine = (replace(row, locked=False) for row in rows if row.business_date in days)
    return tuple(sorted(mine, key=lambda a: (a.business_date, a.staff_no, a.start, a.end, a.kind, a.code)))


def _person_days(first: tuple[Assignment, ...], second: tuple[Assignment, ...]) -> Iterator[PersonDay]:
    old, new = Counter(first), Counter(second)
    moved = sorted([*(old - new).elements(), *(new - old).elements()], key=lambda a: (a.start, a.end))
    for day, name in sorted({(row.business_date, row.staff_no) for row in moved}):
        before, after, mine = (
            tuple(row for row in rows if (row.business_date, row.staff_no) == (day, name))
            for rows in (first, second, moved)
        )
        yield PersonDay(name, day, before, after, mine)


def _cover(
    situation: Situation, first: tuple[Assignment, ...], second: tuple[Assignment, ...]
) -> Iterator[CoverChange]:
    old, new = cover_of(situation, first), cover_of(situation, second)
    needed = {(r.business_date, r.slot_start, r.post_code): r.people for r in week_requirement(situation)}
    for place in sorted({*old, *new}):
        if old[place] != new[place]:
            yield CoverChange(*place, needed.get(place), old[place], new[place])


def _without(some: Iterable[Breach], others: Iterable[Breach]) -> tuple[Breach, ...]:
    """Breaches that have no like on the other side: of the same rule, person and date."""
    rest = Counter(_mark(breach) for breach in others)
    found = []
    for breach in some:
        if rest[_mark(breach)]:
            rest[_mark(breach)] -= 1
        else:
            found.append(breach)
    return tuple(found)


def _mark(breach: Breach) -> tuple[str, str, date | None]:
    return breach.rule_code, breach.staff_no, breach.business_date


def _costs(old: Counter[str], new: Counter[str]) -> Iterator[CostChange]:
    for item in sorted({*old, *new}):
        if old[item] != new[item]:
            yield CostChange(item, fen(old[item]), fen(new[item]))


def _figures(situation: Situation, rows: tuple[Assignment, ...], breaches: Iterable[Breach]) -> RosterFigures:
    cost, classes = roster_cost(situation, rows), Counter(breach.rule_class for breach in breaches)
    worked = sum(row.end - row.start for row in rows if row.kind != "break")
    return RosterFigures(cost.cost_fen, cost.unmet_half_hours, worked, classes["law_control"], classes["agreement"])
