"""A published week mended from an instant on, after people are missing: cover restored with the fewest changed days.

What is past and whoever has begun stay word for word, but for those who said yes to staying longer. Among the rosters
that keep law and control and leave the least of the published cover unrestored, the one with the fewest changed
person-days, then the cheapest (agreements at their price). What was short when it was published moves nobody now. A
person-day is changed when its hours, posts, duties or break are; another window of the same post is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.rostering.around import seated
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.cover import unmet_rows
from bankhall.analytics.rostering.disruption import Disrupted, Disruption, disrupted, repair_of
from bankhall.analytics.rostering.problem import Cost, RosterProblem, Unmet
from bankhall.analytics.rostering.standing import PersonDay
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

MOVES = 200_000


@dataclass(frozen=True, slots=True)
class Replan:
    """The mended week. `uncovered` is what the missing leave open if nothing is done, `unmet` what stays open."""

    assignments: tuple[Assignment, ...]
    changed: tuple[PersonDay, ...]
    uncovered: tuple[Unmet, ...]
    unmet: tuple[Unmet, ...]
    breaches: tuple[Breach, ...]
    cost: Cost

    @property
    def lawful(self) -> bool:
        """No breach of law or control."""
        return all(breach.rule_class != "law_control" for breach in self.breaches)


def replan(
    problem: RosterProblem, standing: Iterable[Assignment], disruption: Disruption, *, seed: int, moves: int = MOVES
) -> Replan:
    """The week with the fewest changes that restores cover. `problem` is the week as it was published."""
    from bankhall.analytics.rostering.decode import stretches_of
    from bankhall.analytics.rostering.exact_days import refined
    from bankhall.analytics.rostering.repair import best_repair

    week = disrupted(problem, standing, disruption)
    situation, columns = week.question.situation, week.question.columns
    repair = repair_of(week)
    best = best_repair(repair, moves=moves, rng=stream(seed, "replan", problem.branch_code, str(problem.week)))
    repair, best = refined(week, repair, best)
    moved = np.argwhere(repair.changed(best)).tolist()
    changed = tuple((columns.people[p], situation.days[d]) for p, d in moved)
    fresh = stretches_of(situation, columns, best.template, best.tasks)
    return _told(week, changed, tuple(row for row in fresh if (row.staff_no, row.business_date) in set(changed)))


def _told(week: Disrupted, changed: tuple[PersonDay, ...], fresh: tuple[Assignment, ...]) -> Replan:
    """The answer with people at windows, and what the checks say of it."""
    situation, days = week.situation, {day for _, day in changed}
    here = {row for row in week.rows if row.staff_no in situation.people and row.business_date in days}
    old = tuple(row for row in week.rows if row in here)
    plain = tuple(row for row in week.plain if row.business_date in days)
    kept = tuple(row for row in plain if (row.staff_no, row.business_date) not in set(changed))
    locks = {replace(row, locked=False) for row in old if row.locked}
    new = seated(situation, old, plain, (*kept, *fresh)) if changed else ()
    rest = tuple(row for row in week.rows if row not in here)
    done = (*rest, *(replace(row, locked=replace(row, locked=False) in locks) for row in new))
    ordered = tuple(sorted(done, key=lambda row: (row.business_date, row.staff_no, row.start, row.end)))
    return Replan(
        assignments=ordered,
        changed=changed,
        uncovered=unmet_rows(situation, week.rows),
        unmet=unmet_rows(situation, ordered),
        breaches=tuple(breaches_of(situation, ordered)),
        cost=roster_cost(situation, ordered),
    )
