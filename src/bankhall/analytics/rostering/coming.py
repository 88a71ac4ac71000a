"""Who could come in for somebody who is missing today: the hours, what they cost, and the rule that says no.

Each free person is given what is left of the missing person's day, from the earliest time at which they could begin;
the same checks judge it that judge a roster. Free is who is off or begins later, and is not away themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.rostering.changes import take_out
from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.costs import cost_lines
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.replan import CALL_IN_MINUTES, Disruption
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span
from bankhall.analytics.rostering.standing import of_days
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

SHORTEST_MINUTES = 60
"""Nobody is called in for less."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person for the hours of one who is missing. `against` is the rule that says no; None: they could come.

    `week_minutes` and `overtime_minutes` are those of the week with these hours and what they add to its overtime.
    """

    staff_no: str
    instead_of: str
    start: int
    end: int
    off: bool
    week_minutes: int
    overtime_minutes: int
    cost_fen: int
    against: Breach | None


@dataclass(frozen=True)
class _Gap:
    """What a missing person leaves undone today."""

    staff_no: str
    rows: tuple[Assignment, ...]


@dataclass(frozen=True)
class _Without:
    """The week without the missing, judged once."""

    problem: RosterProblem
    rows: tuple[Assignment, ...]
    known: frozenset[tuple[object, ...]]
    overtime: int
    cost: int


def who_can_come(
    problem: RosterProblem, standing: Iterable[Assignment], disruption: Disruption
) -> tuple[Candidate, ...]:
    """Everybody of the branch who is free today, for the first gap that no rule keeps them from; by number."""
    published, today = tuple(standing), disruption.now.date()
    soonest = disruption.now.hour * 60 + disruption.now.minute + CALL_IN_MINUTES
    week = _without(problem, published, disruption)
    gaps = [gap for gap in _gaps(published, week.rows, today) if gap.rows]
    free = _free(Situation(week.problem), week.rows, disruption)
    tried = ((person, [_for(week, person, mine, gap, soonest) for gap in gaps]) for person, mine in free)
    return tuple(best for _, found in tried if (best := _best(found)) is not None)


def _best(found: Sequence[Candidate | None]) -> Candidate | None:
    known = [one for one in found if one is not None]
    return next((one for one in known if one.against is None), known[0] if known else None)


def _without(problem: RosterProblem, published: tuple[Assignment, ...], disruption: Disruption) -> _Without:
    bank = replace(problem.bank, absences=(*problem.bank.absences, *disruption.missing))
    asked, rows = replace(problem, bank=bank), published
    for absence in disruption.missing:
        rows = take_out(rows, absence)
    known = frozenset(_key(breach) for breach in find_breaches(asked, rows))
    return _Without(asked, rows, known, *_price(asked, rows))


def _price(problem: RosterProblem, rows: tuple[Assignment, ...]) -> tuple[int, int]:
    """Minutes of overtime and the cost of the week, without what missing people are priced at."""
    lines = cost_lines(problem, rows)
    overtime = sum(line.minutes for line in lines if line.item.startswith("overtime_"))
    return overtime, sum(line.amount_fen for line in lines if line.item != "missing_half_hour")


def _gaps(published: tuple[Assignment, ...], left: tuple[Assignment, ...], today: date) -> list[_Gap]:
    """By when the missing would have begun."""
    kept = set(left)
    lost = of_days(row for row in published if row.business_date == today and row not in kept)
    return [_Gap(key[0], rows) for key, rows in sorted(lost.items(), key=lambda item: (item[1][0].start, item[0]))]


def _free(
    situation: Situation, rows: tuple[Assignment, ...], disruption: Disruption
) -> list[tuple[Person, tuple[Assignment, ...]]]:
    """The branch's own people who have not begun today, with what they do later."""
    today, minute = disruption.now.date(), disruption.now.hour * 60 + disruption.now.minute
    away = {absence.staff_no for absence in disruption.missing}
    by_day = of_days(rows)
    home = [p for p in situation.problem.bank.staff if p.branch_code == situation.problem.branch_code]
    here = [(p, by_day.get((p.staff_no, today), ())) for p in home if situation.employed(p, today)]
    return [
        (person, mine) for person, mine in here
        if person.staff_no not in away
        and not situation.absence_spans(person.staff_no, today)
        and not (mine and mine[0].start <= minute)
    ]  # fmt: skip


def _for(week: _Without, person: Person, mine: tuple[Assignment, ...], gap: _Gap, soonest: int) -> Candidate | None:
    until = min((row.start for row in mine), default=24 * 60)
    extra = _cut(gap.rows, (soonest, until), person.staff_no)
    if sum(row.end - row.start for row in extra if row.kind != "break") < SHORTEST_MINUTES:
        return None
    changed = (*week.rows, *extra)
    fresh = [b for b in find_breaches(week.problem, changed) if _key(b) not in week.known]
    against = [b for b in fresh if b.rule_class == "law_control"]
    overtime, cost = _price(week.problem, changed)
    worked = sum(r.end - r.start for r in changed if r.staff_no == person.staff_no and r.kind != "break")
    return Candidate(
        person.staff_no, gap.staff_no, min(row.start for row in extra), max(row.end for row in extra), not mine,
        worked, max(0, overtime - week.overtime), cost - week.cost, against[0] if against else None,
    )  # fmt: skip


def _cut(rows: Iterable[Assignment], span: Span, staff_no: str) -> tuple[Assignment, ...]:
    """What of a day lies in a span, as somebody else's; a duty only whole, a break only between work."""
    kept = [
        replace(row, staff_no=staff_no, start=max(row.start, span[0]), end=min(row.end, span[1]), locked=False)
        for row in rows
        if max(row.start, span[0]) < min(row.end, span[1])
        and (row.kind != "duty" or span[0] <= row.start <= row.end <= span[1])
    ]
    work = [row for row in kept if row.kind != "break"]
    first, last = min((r.start for r in work), default=0), max((r.end for r in work), default=0)
    return tuple(row for row in kept if first <= row.start and row.end <= last)


def _key(breach: Breach) -> tuple[object, ...]:
    """A breach of the branch at its place, whatever the figures; of a person as it stands."""
    facts = tuple(sorted((name, str(value)) for name, value in breach.facts.items())) if breach.staff_no else ()
    return breach.rule_code, breach.staff_no, breach.business_date, breach.start, facts
