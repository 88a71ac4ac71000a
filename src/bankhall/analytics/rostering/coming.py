"""Who could come, come earlier or stay longer today: the hours to ask for, what they restore, the rule that says no.

Everybody of the branch whose day is not over is given the hours of today that leave the mended week best, as the
re-plan weighs rosters; whoever has begun may only stay longer. What the others do is then arranged anew within the
hours that they have. The same checks judge it that judge a roster.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bankhall.analytics.rostering.arrays import LAW
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import cost_lines, overtime_of
from bankhall.analytics.rostering.cover import unmet_rows
from bankhall.analytics.rostering.day_changes import hours_of
from bankhall.analytics.rostering.disruption import (
    Disrupted,
    Disruption,
    disrupted,
    hours_of_day,
    repair_of,
    within_hours,
)
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.spans import Span, outside
from bankhall.analytics.rostering.standing import of_days, state_like, without_windows
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bankhall.analytics.rostering.arrays import I64, State

Rows = tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person and the hours to ask them for. `against` is the rule that says no; None: they could come.

    `how`: they are off today, come earlier or stay longer. `restores` counts the people-slots of today that are then
    no longer short; `mends` is how much less the search finds broken of law and control (a unit of its own, 0 is
    nothing). `week_minutes` and `overtime_minutes` are those of the week with these hours and what they add to its
    overtime. `rows` is what they would do today, `keeps` what breaks law or control today and would not with them.
    """

    staff_no: str
    start: int
    end: int
    how: str
    restores: int
    mends: int
    week_minutes: int
    overtime_minutes: int
    cost_fen: int
    against: Breach | None
    rows: Rows = ()
    keeps: tuple[Breach, ...] = ()


def who_can_come(
    problem: RosterProblem, standing: Iterable[Assignment], mended: Iterable[Assignment], disruption: Disruption
) -> tuple[Candidate, ...]:
    """Everybody of the branch with whom more of today would be restored than in the mended week; by number."""
    rows, today = tuple(mended), disruption.now.date()
    whoever = {person.staff_no: (0, 24 * 60) for person in problem.bank.staff}
    stood = (row for row in standing if row.business_date == today)
    others = (row for row in rows if row.business_date != today)
    week = disrupted(problem, (*stood, *others), replace(disruption, agreed=whoever), only={today})
    tries = _Tries(week, rows, disruption)
    return tuple(found for p in range(len(tries.people)) if (found := tries.candidate(p)) is not None)


class _Tries:
    """The mended week as a state of the search, in which one person after another is given more of today."""

    def __init__(self, week: Disrupted, mended: Rows, disruption: Disruption) -> None:
        self.situation, self.columns = week.situation, week.question.columns
        self.people, self.disruption = self.columns.people, disruption
        self.today = disruption.now.date()
        self.d = self.situation.days.index(self.today)
        here = [row for row in mended if row.staff_no in self.situation.people]
        self.rows = without_windows(self.situation, here)
        self.repair = repair_of(week)
        self.start = state_like(week.question, self.repair.arrays, self.rows)
        self.stood, self.now = of_days(week.plain), of_days(self.rows)
        self.given = self._given()
        self.before = self._judged(self.rows)

    def candidate(self, p: int) -> Candidate | None:
        """The best hours that one person might be given beyond theirs; None for whoever can be given none."""
        more = self._options(p, given=False)
        if not more.size:
            return None
        state = self._with_one_of(p, more)
        mends = int(self.start.cost[LAW] - state.cost[LAW])
        found = self._told(self.people[p], self._rows(state), max(0, mends))
        return found if found.restores or found.mends else None

    def _with_one_of(self, p: int, more: "I64") -> "State":
        """The state in which the person has the best of these options, and everybody else what suits that best."""
        from bankhall.analytics.rostering.anneal import rebuild
        from bankhall.analytics.rostering.repair import descend, scores_of, take

        state = rebuild(self.repair.arrays, self.start.option, self.start.tasks)
        scores, duties = scores_of(self.repair, state)
        best = int(more[scores[more].min(axis=1).argmin()])
        take(self.repair, state, best, int(duties[best, scores[best].argmin()]))
        allowed = self.given.copy()
        allowed[self._options(p, given=True)] = False
        allowed[more] = True
        return descend(self.repair, state, allowed)

    def _given(self) -> "NDArray[np.bool_]":
        """[n] whether an option lies in hours that its person has or has agreed to."""
        options = self.repair.plain.option_template
        given = np.ones(options.size, bool)
        for p, name in enumerate(self.people):
            hours = hours_of_day(name, self.stood.get((name, self.today), ()), self.disruption)
            for n in self._mine(p):
                given[n] = options[n] == 0 or within_hours(self.columns, int(options[n]) - 1, hours)
        return given

    def _mine(self, p: int) -> "I64":
        at = p * len(self.situation.days) + self.d
        first, until = self.repair.plain.option_from[at : at + 2]
        return np.arange(first, until)

    def _options(self, p: int, *, given: bool) -> "I64":
        """A person's options of today; none where nothing may be chosen."""
        mine = self._mine(p)
        return mine[:0] if self.repair.plain.frozen[p, self.d] else mine[self.given[mine] == given]

    def _rows(self, state: "State") -> Rows:
        """The week with today as the state has it, without windows."""
        from bankhall.analytics.rostering.decode import stretches_of

        moved = (state.option != self.start.option) | (state.tasks != self.start.tasks)
        people = {self.people[p] for p in np.flatnonzero(moved[:, self.d])}
        fresh = stretches_of(self.situation, self.columns, state.template, state.tasks)
        kept = (row for row in self.rows if row.business_date != self.today or row.staff_no not in people)
        return (*kept, *(row for row in fresh if row.business_date == self.today and row.staff_no in people))

    def _asked(self, name: str, rows: Rows) -> tuple[Span, str]:
        """What of the person's hours would have to be asked for, and how they would come by it."""
        mine = hours_of(of_days(rows)[(name, self.today)])
        stood = self.now.get((name, self.today), ())
        if not stood:
            return mine, "off"
        more = outside(mine, [hours_of(stood)]) or (mine,)
        return (more[0][0], more[-1][1]), "earlier" if mine[0] < hours_of(stood)[0] else "longer"

    def _told(self, name: str, rows: Rows, mends: int) -> Candidate:
        (start, end), how = self._asked(name, rows)
        after = self._judged(rows)
        against = next((breach for key, breach in after.law.items() if key not in self.before.law), None)
        worked = sum(row.end - row.start for row in rows if row.staff_no == name and row.kind != "break")
        mine = tuple(row for row in rows if (row.staff_no, row.business_date) == (name, self.today))
        return Candidate(
            name, start, end, how, max(0, self.before.short - after.short), mends, worked,
            max(0, after.overtime - self.before.overtime), after.cost - self.before.cost, against,
            tuple(sorted(mine, key=lambda row: row.start)),
            tuple(b for key, b in self.before.law.items() if key not in after.law and b.business_date == self.today),
        )  # fmt: skip

    def _judged(self, rows: Rows) -> "_Judged":
        lines = cost_lines(self.situation.problem, rows)
        return _Judged(
            sum(unmet.people_short for unmet in unmet_rows(self.situation, rows) if unmet.business_date == self.today),
            {_key(b): b for b in breaches_of(self.situation, rows) if b.rule_class == "law_control"},
            overtime_of(lines)[0],
            sum(line.amount_fen for line in lines if line.item != "missing_half_hour"),
        )


@dataclass(frozen=True)
class _Judged:
    """A week: people-slots short today, breaches of law and control, minutes of overtime, and what it costs."""

    short: int
    law: dict[tuple[object, ...], Breach]
    overtime: int
    cost: int


def _key(breach: Breach) -> tuple[object, ...]:
    """A breach of the branch at its place, whatever the figures; of a person as it stands."""
    facts = tuple(sorted((name, str(value)) for name, value in breach.facts.items())) if breach.staff_no else ()
    return breach.rule_code, breach.staff_no, breach.business_date, breach.start, facts
