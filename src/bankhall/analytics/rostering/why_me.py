"""Why somebody works a date, asked by that person: the quarter's counts, what binds, who else could at what price.

Another person is tried for the whole day, and where they are at work on a date on which the asker is off, the two days
are swapped as well: the better of both is told. The week is priced as if it were planned now, so that an alternative
does not pay for telling people of a change.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from bankhall.analytics.rostering.changes import hand_over
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.checks.fairness import (
    counts_of,
    fairness_people,
    is_late_closing,
    is_lunch_cover,
    is_saturday,
    quarter_of,
)
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import Timesheet, WorkDay
from bankhall.analytics.rostering.why import Fact, Value, new_breaches
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

COUNTED: Mapping[str, Callable[[Situation, WorkDay], bool]] = {
    "saturdays": is_saturday, "lunches": is_lunch_cover, "late_closings": is_late_closing,
}  # fmt: skip


def explain_day(
    problem: RosterProblem, assignments: Iterable[Assignment], *, staff_no: str, day: date
) -> tuple[Fact, ...]:
    """The facts about one person's work of one date, in the order in which they are best read; none when they are off.

    Codes: `share` (one count of the quarter beside the branch's), `by_hand`, `lent_out`, `wished_otherwise`, `rests_on`
    (a rule that breaks without them), `left_short`, `instead` (who could lawfully have it, the best first), `kept_away`
    (a rule with everybody whom it keeps from it), `at_work` (who works that date anyway), `only_you`.
    """
    rows = tuple(assignments)
    if not any(_is_work(row, staff_no, day) for row in rows):
        return ()
    return tuple(_Day(problem, rows, staff_no, day).told())


def _is_work(row: Assignment, staff_no: str, day: date) -> bool:
    return row.staff_no == staff_no and row.business_date == day and row.kind != "break"


@dataclass(frozen=True, slots=True)
class _Other:
    """The week when somebody else has the day; with `back` the asker has that person's day of that date."""

    staff_no: str
    back: date | None
    extra_fen: int
    new: tuple[Breach, ...]
    mended: int

    def unlawful(self) -> tuple[Breach, ...]:
        return tuple(breach for breach in self.new if breach.rule_class == "law_control")

    def rank(self) -> tuple[int, int, int, str]:
        return len(self.unlawful()), len(self.new) - self.mended, self.extra_fen, self.staff_no


class _Day:
    """One question, with the week as it stands."""

    def __init__(self, problem: RosterProblem, rows: tuple[Assignment, ...], staff_no: str, day: date) -> None:
        before = tuple(row for row in problem.past if row.business_date < problem.week.first_day())
        self.situation = Situation(replace(problem, past=before))
        self.rows, self.staff_no, self.day = rows, staff_no, day
        self.mine = tuple(row for row in rows if row.staff_no == staff_no and row.business_date == day)
        self.breaches = breaches_of(self.situation, rows)
        self.cost = roster_cost(self.situation, rows)
        self.saturdays = self.counts(is_saturday) if is_saturday(self.situation, self.workday()) else {}

    def workday(self) -> WorkDay:
        return WorkDay(self.staff_no, self.day, self.mine)

    def told(self) -> Iterator[Fact]:
        """Everything in turn."""
        yield from self.shares()
        yield from self.set_by_people()
        yield from self.without()
        if not any(row.at_branch_code for row in self.mine):
            yield from self.others()

    def counts(self, counted: Callable[[Situation, WorkDay], bool]) -> dict[str, int]:
        """Everybody's days of one kind in the quarter, up to the end of the week."""
        return counts_of(self.situation, Timesheet(self.situation, self.rows), quarter_of(self.day), counted)

    def shares(self) -> Iterator[Fact]:
        """The asker's counts beside the branch's range."""
        for name, counted in COUNTED.items():
            counts = self.counts(counted)
            if self.staff_no in counts:
                told: dict[str, Value] = {"counted": name, "mine": counts[self.staff_no], "people": len(counts)}
                low, high = min(counts.values()), max(counts.values())
                yield Fact("share", {**told, "low": low, "middle": median(counts.values()), "high": high})

    def set_by_people(self) -> Iterator[Fact]:
        """What no search has decided: a locked stretch, a loan; and a wish that was not met."""
        if any(row.locked and not row.at_branch_code for row in self.mine):
            yield Fact("by_hand")
        lent = next((row.at_branch_code for row in self.mine if row.at_branch_code), "")
        if lent:
            yield Fact("lent_out", {"branch": lent}, (f"branch:{lent}",))
        for breach in self.breaches:
            if (breach.rule_code, breach.staff_no, breach.business_date) == ("wish", self.staff_no, self.day):
                yield Fact("wished_otherwise", {"kind": breach.facts["kind"]})

    def without(self) -> Iterator[Fact]:
        """What breaks, and what nobody covers, when the asker is simply off."""
        rest = tuple(row for row in self.rows if row not in self.mine)
        codes = Counter(breach.rule_code for breach in new_breaches(self.breaches, breaches_of(self.situation, rest)))
        for code, times in sorted(codes.items()):
            yield Fact("rests_on", {"rule_code": code, "times": times})
        after = roster_cost(self.situation, rest)
        more = after.unmet_half_hours - self.cost.unmet_half_hours
        if more > 0:
            yield Fact("left_short", {"half_hours": more, "extra_fen": after.cost_fen - self.cost.cost_fen})

    def others(self) -> Iterator[Fact]:
        """Who else could have it at what price, and what keeps the rest."""
        colleagues = [name for name in fairness_people(self.situation) if name != self.staff_no]
        busy = {row.staff_no for row in self.rows if row.business_date == self.day and row.kind != "break"}
        tried = sorted((self.best(name) for name in colleagues if name not in busy), key=_Other.rank)
        able = [one for one in tried if not one.unlawful()]
        if not able:
            yield Fact("only_you")
        yield from (self.instead(one) for one in able)
        kept = Counter(one.unlawful()[0].rule_code for one in tried if one.unlawful())
        for code, people in sorted(kept.items(), key=lambda item: (-item[1], item[0])):
            yield Fact("kept_away", {"rule_code": code, "people": people})
        if at_work := len(busy.intersection(colleagues)):
            yield Fact("at_work", {"people": at_work})

    def instead(self, one: _Other) -> Fact:
        """One who could."""
        told: dict[str, Value] = {"staff_no": one.staff_no, "extra_fen": one.extra_fen, "breaches": len(one.new)}
        told |= {"mended": one.mended, "back": one.back.isoformat() if one.back else ""}
        if one.new:
            told["rule_code"] = one.new[0].rule_code
        if self.saturdays:
            told["fewer"] = self.saturdays[self.staff_no] - self.saturdays.get(one.staff_no, 0)
        return Fact("instead", told, (f"staff:{one.staff_no}",))

    def best(self, name: str) -> _Other:
        """The day given away, or swapped against one of theirs on which the asker is off."""
        mine = {row.business_date for row in self.rows if row.staff_no == self.staff_no}
        theirs = {row.business_date for row in self.rows if row.staff_no == name and not row.at_branch_code}
        return min((self.tried(name, back) for back in (None, *sorted(theirs - mine))), key=_Other.rank)

    def tried(self, name: str, back: date | None) -> _Other:
        """The week with the day in other hands."""
        moved = (replace(row, locked=False) if row in self.mine else row for row in self.rows)
        rows = hand_over(moved, self.staff_no, name, self.day, back)
        after = breaches_of(self.situation, rows)
        extra = roster_cost(self.situation, rows).cost_fen - self.cost.cost_fen
        new, mended = new_breaches(self.breaches, after), new_breaches(after, self.breaches)
        return _Other(name, back, extra, tuple(new), len(mended))
