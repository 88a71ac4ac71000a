"""How many people of a post stand in a slot, and what of the requirement is not met.

A person covers a slot when they hold the post, at a window or in the hall, for the whole of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from bankhall.analytics.rostering.problem import Unmet
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, union
from bankhall.kernel.bank.roster import Assignment, Requirement

Place = tuple[date, int, str]
"""Date, start of the slot in minutes, post."""


def cover_of(situation: Situation, assignments: Iterable[Assignment]) -> Counter[Place]:
    """People by date, slot and post."""
    standing: dict[tuple[str, date, str], list[Span]] = defaultdict(list)
    for stretch in assignments:
        if stretch.kind in ("window", "post") and situation.is_here(stretch):
            standing[(stretch.staff_no, stretch.business_date, stretch.post_code)].append((stretch.start, stretch.end))
    cover: Counter[Place] = Counter()
    for (_, day, post), spans in standing.items():
        cover.update((day, slot, post) for span in union(spans) for slot in whole_slots(situation, span))
    return cover


def whole_slots(situation: Situation, span: Span) -> range:
    """Starts of the slots that lie wholly in a span."""
    step = situation.problem.bank.slot_minutes
    return range(-(-span[0] // step) * step, span[1] - step + 1, step)


def week_requirement(situation: Situation) -> tuple[Requirement, ...]:
    """The rows of this branch and week, by date, slot and post."""
    days = set(situation.days)
    rows = (r for r in situation.problem.requirement if r.branch_code == situation.branch and r.business_date in days)
    return tuple(sorted(rows, key=lambda r: (r.business_date, r.slot_start, r.post_code)))


def unmet_rows(situation: Situation, assignments: Iterable[Assignment]) -> tuple[Unmet, ...]:
    """People short, by date, slot and post."""
    cover = cover_of(situation, assignments)
    return tuple(
        Unmet(row.branch_code, row.business_date, row.slot_start, row.post_code, short)
        for row in week_requirement(situation)
        if (short := row.people - cover[(row.business_date, row.slot_start, row.post_code)]) > 0
    )
