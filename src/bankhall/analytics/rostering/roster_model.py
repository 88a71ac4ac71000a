"""The week's mixed integer model with the meaning of its variables, and how its rows are laid down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from bankhall.analytics.rostering.arrays import LAW, SPANNING_RULES, Arrays
from bankhall.analytics.rostering.linear import LinearModel
from bankhall.analytics.rostering.problem import ConflictMember

DATES = 7
Terms = list[tuple[int, int]]


@dataclass
class RosterModel:
    """The model with the meaning of its variables."""

    arrays: Arrays
    agreement_weight: int
    linear: LinearModel = field(default_factory=LinearModel)
    members: list[ConflictMember] = field(default_factory=list)
    x: dict[int, int] = field(default_factory=dict)
    y: dict[tuple[int, int, int, int], int] = field(default_factory=dict)
    overtime: dict[tuple[int, int], int] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    duty_codes: tuple[tuple[str, ...], ...] = ()

    def options(self, p: int, d: int) -> range:
        """The options of a person-day, the one without work too."""
        key = p * DATES + d
        return range(int(self.arrays.option_from[key]), int(self.arrays.option_from[key + 1]))

    def working(self, p: int, d: int) -> list[int]:
        """The options with work."""
        return [n for n in self.options(p, d) if self.arrays.option_template[n] > 0]

    def tag(self, rule: int | str, p: int = -1, d: int = -1, **facts: str) -> int:
        """The index of a member of conflicts."""
        code = rule if isinstance(rule, str) else SPANNING_RULES[rule]
        member = ConflictMember(
            code, self.people[p] if p >= 0 else "", self.days[d] if d >= 0 else None, tuple(sorted(facts.items()))
        )
        if member not in self.members:
            self.members.append(member)
        return self.members.index(member)

    def least(self, terms: Iterable[tuple[int, int]], low: int, rule: int, amount: int, **where: int) -> None:
        """A row of at least: hard for law, priced by the minutes `amount` of a unit short for agreement."""
        named = "duty" in where and bool(self.duty_codes)
        facts = {"duty_code": self.duty_codes[where["d"]][where["duty"]]} if named else {}
        channel = int(self.arrays.channel[rule])
        listed = list(terms)
        if channel == LAW:
            tag = self.tag(rule, where.get("p", -1), where.get("d", -1), **facts)
            self.linear.demand(listed, low=low, tag=tag)
        elif channel > 0:
            short = self.linear.add(0, 10**6, amount * self.agreement_weight)
            self.linear.demand([*listed, (short, 1)], low=low)

    def most(self, terms: Iterable[tuple[int, int]], high: int, rule: int, amount: int, **where: int) -> None:
        """A row of at most, likewise."""
        self.least([(v, -c) for v, c in terms], -high, rule, amount, **where)

    def duties(self, p: int, d: int) -> Iterator[tuple[int, int, int]]:
        """The duty tasks that a person may do on a date, by task and post held: (task, post, variable)."""
        for k in range(int(self.arrays.task_count[d])):
            for r in range(self.arrays.required.shape[2]):
                if (found := self.y.get((p, d, k, r))) is not None:
                    yield k, r, found

    def daily_overtime(self, n: int) -> int:
        """Minutes of an option beyond the hours of a day."""
        worked = int(self.arrays.work[self.arrays.option_template[n]])
        return max(0, worked - self.arrays.hours_day) if self.arrays.hours_day >= 0 else 0
