"""Why a half hour has the people it has: what it needs and why, who could still stand there, and what keeps the others.

The question is of a slot, with or without a post; the answer names each person who holds a post that is short.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.columns import plain_stretches
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.cover import cover_of, week_requirement
from bankhall.analytics.rostering.prices import GRAINS, missing_grains
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.shapes import Shape, shapes_on
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import outside
from bankhall.analytics.rostering.why import OTHERS, Fact, Value, new_breaches
from bankhall.kernel.bank.branch import Window
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.breach import Breach


def explain_slot(
    problem: RosterProblem, assignments: Iterable[Assignment], *, day: date, minute: int, post_code: str = ""
) -> tuple[Fact, ...]:
    """The facts about one slot of one date, post by post.

    Codes: `cover` (people against need, and what drives it); of a post that has its people `one_fewer` (what the half
    hour without one of them would cost or save, and the rule that would break); of a post that is short `missing` (its
    price), `windows_full` (no window is left), `could` (who may stand there at what price, the cheapest first),
    `cannot` (a rule with everybody whom it keeps away), `cannot_here` (nobody else holds the post).
    """
    case = _Slot(Situation(problem), tuple(assignments), day, minute)
    needs = [need for need in case.needs() if post_code in ("", need.post_code)]
    return tuple(fact for need in needs for fact in case.told(need))


@dataclass(frozen=True, slots=True)
class _Try:
    """One person put there: what it would cost more, and what would break."""

    person: Person
    extra_fen: int
    breaches: tuple[Breach, ...]

    def unlawful(self) -> tuple[Breach, ...]:
        return tuple(breach for breach in self.breaches if breach.rule_class == "law_control")


class _Slot:
    """One slot, with the roster as it stands."""

    def __init__(self, situation: Situation, rows: tuple[Assignment, ...], day: date, minute: int) -> None:
        step = situation.problem.bank.slot_minutes
        self.situation, self.rows, self.day = situation, rows, day
        self.start = minute // step * step
        self.end = self.start + step
        self.cover = cover_of(situation, rows)
        self.before = breaches_of(situation, rows)
        self.cost = roster_cost(situation, rows).cost_fen

    def needs(self) -> list[Requirement]:
        """What is required in the slot, by post."""
        rows = week_requirement(self.situation)
        return [row for row in rows if (row.business_date, row.slot_start) == (self.day, self.start)]

    def told(self, need: Requirement) -> Iterator[Fact]:
        """One post's facts; those of a shortage only when there is one."""
        people = self.cover[(self.day, self.start, need.post_code)]
        told: dict[str, Value] = {"post_code": need.post_code, "people": people, "required": need.people}
        yield Fact("cover", {**told, "least": need.least, "driven_by": need.driven_by})
        if people < need.people:
            price = missing_grains(self.situation, need.post_code, self.day) // GRAINS
            yield Fact("missing", {"post_code": need.post_code, "short": need.people - people, "price_fen": price})
            yield from self.windows(need.post_code, people)
            yield from self.others(need.post_code)
        else:
            yield from self.one_fewer(need.post_code)

    def one_fewer(self, post_code: str) -> Iterator[Fact]:
        """The half hour without the person of the post whom it could best do without."""
        here = [row for row in self.rows if row.business_date == self.day and row.start <= self.start < row.end]
        standing = [row for row in here if row.post_code == post_code and row.kind in ("window", "post")]
        tries = [self._judged(self.situation.people[row.staff_no], self._without(row)) for row in standing
                 if row.staff_no in self.situation.people]  # fmt: skip
        best = min(tries, key=lambda t: (len(t.unlawful()), len(t.breaches), t.extra_fen), default=None)
        if best is not None:
            broken = (*best.unlawful(), *best.breaches)
            told: dict[str, Value] = {"post_code": post_code, "extra_fen": best.extra_fen}
            yield Fact("one_fewer", {**told, "rule_code": broken[0].rule_code if broken else ""})

    def _without(self, gone: Assignment) -> tuple[Assignment, ...]:
        span = [(self.start, self.end)]
        cut = tuple(replace(gone, start=a, end=b) for a, b in outside((gone.start, gone.end), span))
        return (*(row for row in self.rows if row != gone), *cut)

    def windows(self, post_code: str, people: int) -> Iterator[Fact]:
        """Says when every window of the post is manned."""
        windows = self.situation.windows_of(post_code)
        usable = [w for w in windows if self.usable(w)]
        if usable and people >= len(usable):
            yield Fact("windows_full", {"post_code": post_code, "windows": len(usable)})

    def usable(self, window: Window) -> bool:
        """Whether a window is open for anything in the slot."""
        return any(a < self.end and self.start < b for a, b in self.situation.window_open(window, self.day))

    def others(self, post_code: str) -> Iterator[Fact]:
        """Everybody who holds the post and does not stand in it there."""
        tries = [self.tried(person, post_code) for person in self.candidates(post_code)]
        if not tries:
            yield Fact("cannot_here", {"post_code": post_code})
        able = sorted((t for t in tries if not t.unlawful()), key=lambda t: (len(t.breaches), t.extra_fen))
        for one in able[:OTHERS]:
            yield self._could(one)
        kept: dict[str, list[str]] = defaultdict(list)
        for one in tries:
            if one.unlawful():
                kept[one.unlawful()[0].rule_code].append(one.person.staff_no)
        for rule_code, names in sorted(kept.items(), key=lambda item: (-len(item[1]), item[0])):
            facts: dict[str, Value] = {"rule_code": rule_code, "people": len(names), "staff_nos": "|".join(names)}
            yield Fact("cannot", facts, tuple(f"staff:{name}" for name in names))

    def _could(self, one: _Try) -> Fact:
        doing = self.doing(one.person.staff_no)
        told: dict[str, Value] = {"staff_no": one.person.staff_no, "extra_fen": one.extra_fen}
        told |= {"breaches": len(one.breaches), "kind": doing.kind if doing else "off"}
        if doing:
            told |= {"code": doing.code, "post_code": doing.post_code}
        if one.breaches:
            told["rule_code"] = one.breaches[0].rule_code
        return Fact("could", told, (f"staff:{one.person.staff_no}",))

    def candidates(self, post_code: str) -> list[Person]:
        """Holders of the post who are employed and stand elsewhere or nowhere."""
        return [
            person
            for person in self.situation.people.values()
            if post_code in person.posts and self.situation.employed(person, self.day)
            if (row := self.doing(person.staff_no)) is None or row.kind == "break" or row.post_code != post_code
        ]

    def doing(self, staff_no: str) -> Assignment | None:
        """What somebody does at the start of the slot."""
        mine = (r for r in self.rows if r.staff_no == staff_no and r.business_date == self.day)
        return next((row for row in mine if row.start <= self.start < row.end), None)

    def tried(self, person: Person, post_code: str) -> _Try:
        """The roster with the person there: their own work cut around the slot, or a short shift when they are off."""
        mine = [r for r in self.rows if r.staff_no == person.staff_no and r.business_date == self.day]
        rest = [r for r in self.rows if not (r.staff_no == person.staff_no and r.business_date == self.day)]
        new = self._around(mine, person, post_code) if mine else self._shift(person, post_code)
        return self._judged(person, (*rest, *new))

    def _judged(self, person: Person, rows: tuple[Assignment, ...]) -> _Try:
        """Other rows for the week: what they cost more, and what newly breaks."""
        broken = new_breaches(self.before, breaches_of(self.situation, rows))
        return _Try(person, roster_cost(self.situation, rows).cost_fen - self.cost, tuple(broken))

    def _around(self, mine: list[Assignment], person: Person, post_code: str) -> list[Assignment]:
        span = (self.start, self.end)
        cut = [replace(r, start=a, end=b) for r in mine for a, b in outside((r.start, r.end), [span])]
        return [*cut, self._stretch(person, *span, post_code)]

    def _stretch(self, person: Person, start: int, end: int, post_code: str) -> Assignment:
        branch = self.situation.branch
        return Assignment(branch, person.staff_no, self.day, start, end, "post", post_code, post_code)

    def _shift(self, person: Person, post_code: str) -> list[Assignment]:
        """The shortest shift of the date that holds the slot."""
        shapes = [s for s in shapes_on(self.situation, self.day) if self._holds(s)]
        if not shapes:
            return [self._stretch(person, self.start, self.end, post_code)]
        shape = min(shapes, key=lambda s: (sum(b - a for a, b in s.work()), s.start))
        posts = (post_code,) * 2
        return list(plain_stretches(self.situation.branch, person.staff_no, self.day, shape, posts))

    def _holds(self, shape: Shape) -> bool:
        return any(a <= self.start and self.end <= b for a, b in shape.work())
