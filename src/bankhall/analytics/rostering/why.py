"""Why somebody stands where they stand: the rules that bind, what would break, who else could, at what price."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median

from bankhall.analytics.rostering.checks import breaches_of, person_day_breaches
from bankhall.analytics.rostering.checks.fairness import counts_of, is_lunch_cover, is_saturday, quarter_of
from bankhall.analytics.rostering.columns import plain_stretches
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.cover import cover_of, week_requirement
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.shapes import shapes_on
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import outside
from bankhall.analytics.rostering.timesheet import Timesheet, WorkDay, week_overtime
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

Value = str | int | float
OTHERS = 3
"""How many other people are named."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One reason: a code with its facts, and the records that take part. Sentences are made at the face."""

    code: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()


def explain(
    problem: RosterProblem, assignments: Iterable[Assignment], *, staff_no: str, day: date, minute: int
) -> tuple[Fact, ...]:
    """The facts about one person at one minute of one date, in the order in which they are best read.

    Codes: `stands`, `cover`, `binds` (a rule that breaks when she is off that date), `uncovered` (half hours that she
    alone covers), `blocked` (a rule that keeps her from work), `next_best`, `week`, `quarter`.
    """
    case = _Case(Situation(problem), tuple(assignments), staff_no, day, minute)
    facts = [case.stands(), *case.cover()]
    facts += [*case.binds(), *case.next_best()] if case.here else case.blocked()
    return (*facts, case.week(), case.quarter())


class _Case:
    """One question, with the roster as it stands."""

    def __init__(
        self, situation: Situation, rows: tuple[Assignment, ...], staff_no: str, day: date, minute: int
    ) -> None:  # fmt: skip
        self.situation, self.rows, self.staff_no, self.day, self.minute = situation, rows, staff_no, day, minute
        mine = [row for row in rows if row.staff_no == staff_no and row.business_date == day]
        self.here = next((row for row in mine if row.start <= minute < row.end), None)
        self.sheet = Timesheet(situation, rows)

    def stands(self) -> Fact:
        """What the person does at that minute."""
        if self.here is None:
            return Fact("stands", {"kind": "off", "staff_no": self.staff_no}, (f"staff:{self.staff_no}",))
        row = self.here
        told: dict[str, Value] = {"kind": row.kind, "code": row.code, "post_code": row.post_code, "start": row.start}
        told |= {"end": row.end, "locked": int(row.locked), "staff_no": self.staff_no}
        return Fact("stands", told, (f"staff:{self.staff_no}",))

    def cover(self) -> Iterator[Fact]:
        """People against need in that slot: of the person's post there, or of every post when she stands off."""
        slot = self.minute // self.situation.problem.bank.slot_minutes * self.situation.problem.bank.slot_minutes
        cover = cover_of(self.situation, self.rows)
        for need in week_requirement(self.situation):
            same = (need.business_date, need.slot_start) == (self.day, slot)
            if same and (self.here is None or need.post_code == self.here.post_code):
                people = cover[(self.day, slot, need.post_code)]
                told: dict[str, Value] = {"post_code": need.post_code, "people": people, "required": need.people}
                yield Fact("cover", {**told, "least": need.least, "driven_by": need.driven_by})

    def binds(self) -> Iterator[Fact]:
        """What breaks when she is off that date, and what nobody covers then."""
        rest = tuple(row for row in self.rows if (row.staff_no, row.business_date) != (self.staff_no, self.day))
        for breach in new_breaches(breaches_of(self.situation, self.rows), breaches_of(self.situation, rest)):
            yield _told("binds", breach)
        before, after = roster_cost(self.situation, self.rows), roster_cost(self.situation, rest)
        if after.unmet_half_hours > before.unmet_half_hours:
            more = after.unmet_half_hours - before.unmet_half_hours
            yield Fact("uncovered", {"half_hours": more, "extra_fen": after.cost_fen - before.cost_fen})

    def blocked(self) -> Iterator[Fact]:
        """The rules that would be broken by the mildest shift of that date over that minute."""
        person = self.situation.people.get(self.staff_no)
        if person is None or not person.posts:
            return
        tried = [
            self._with_shift(
                plain_stretches(self.situation.branch, self.staff_no, self.day, shape, person.posts[:1] * 2)
            )
            for shape in shapes_on(self.situation, self.day)
            if any(start <= self.minute < end for start, end in shape.work())
        ]
        for breach in min(tried, key=len, default=[]):
            yield _told("blocked", breach)

    def _with_shift(self, shift: tuple[Assignment, ...]) -> list[Breach]:
        return person_day_breaches(self.situation, WorkDay(self.staff_no, self.day, shift))

    def next_best(self) -> list[Fact]:
        """Who else could do this stretch without a new breach of law: the cheapest first."""
        others = [name for name in self.situation.people if name != self.staff_no]
        found = [told for name in others if (told := self._instead(name)) is not None]
        ranked = sorted(found, key=lambda fact: (int(fact.facts["breaches"]), int(fact.facts["extra_fen"])))
        return ranked[:OTHERS]

    def _instead(self, name: str) -> Fact | None:
        """What it costs when another person does the stretch; None = may not, or stands in the same post there."""
        if self.here is None or self.here.kind == "break":
            return None
        person, row = self.situation.people[name], self.here
        if row.post_code not in person.posts or not self.situation.employed(person, self.day):
            return None
        rows: list[Assignment] = []
        for other in self.rows:
            mine = other.staff_no == name and other.business_date == self.day
            if mine and other.start < row.end and row.start < other.end and other.post_code == row.post_code:
                return None
            cut = outside((other.start, other.end), [(row.start, row.end)]) if mine else ((other.start, other.end),)
            rows += [replace(other, start=start, end=end) for start, end in cut if other != row]
        rows.append(replace(row, staff_no=name, locked=False))
        new = new_breaches(breaches_of(self.situation, self.rows), breaches_of(self.situation, rows))
        if any(breach.rule_class == "law_control" for breach in new):
            return None
        extra = roster_cost(self.situation, tuple(rows)).cost_fen - roster_cost(self.situation, self.rows).cost_fen
        return Fact("next_best", {"staff_no": name, "extra_fen": extra, "breaches": len(new)}, (f"staff:{name}",))

    def week(self) -> Fact:
        """The person's week in minutes and days."""
        days = self.situation.days
        worked = [self.sheet.minutes(self.staff_no, day) for day in days]
        over = sum(spent.minutes for spent in week_overtime(self.situation, self.sheet, self.staff_no, days))
        count = sum(minutes > 0 for minutes in worked)
        told: dict[str, Value] = {"work_minutes": sum(worked), "overtime_minutes": over, "days": count}
        return Fact("week", {**told, "rest_days": len(days) - count})

    def quarter(self) -> Fact:
        """Saturdays and lunches of the quarter, beside the branch's median."""
        told: dict[str, Value] = {}
        for name, counted in (("saturdays", is_saturday), ("lunches", is_lunch_cover)):
            counts = counts_of(self.situation, self.sheet, quarter_of(self.day), counted)
            told |= {name: counts.get(self.staff_no, 0), f"{name}_median": median(counts.values()) if counts else 0}
        return Fact("quarter", told)


def _told(code: str, breach: Breach) -> Fact:
    told: dict[str, Value] = {"rule_code": breach.rule_code, "rule_class": breach.rule_class, **breach.facts}
    if breach.start is not None and breach.end is not None:
        told |= {"start": breach.start, "end": breach.end}
    return Fact(code, told, breach.subjects)


def new_breaches(before: Iterable[Breach], after: Iterable[Breach]) -> list[Breach]:
    """Breaches after a change that were not there before: of a rule, person and date that were clean."""
    old = Counter((b.rule_code, b.staff_no, b.business_date) for b in before)
    return [breach for breach in after if not old[(breach.rule_code, breach.staff_no, breach.business_date)]]
