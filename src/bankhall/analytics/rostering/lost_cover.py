"""What a published week has lost of its cover since it was first published: by changes, and by people who are away."""

from collections import Counter
from collections.abc import Iterable

from bankhall.analytics.rostering.changes import take_out
from bankhall.analytics.rostering.cover import Place, unmet_rows
from bankhall.analytics.rostering.problem import Unmet
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.roster import Assignment


def lost_cover(situation: Situation, first: Iterable[Assignment], now: Iterable[Assignment]) -> tuple[Unmet, ...]:
    """People short beyond those of the first version, by date, slot and post; who is granted to be away covers
    nothing, whatever the roster says."""
    there = tuple(now)
    for name in {row.staff_no for row in there}:
        for absence in situation.granted_absences(name):
            there = take_out(there, absence)
    before: Counter[Place] = Counter()
    for row in unmet_rows(situation, first):
        before[row.business_date, row.slot_start, row.post_code] = row.people_short
    return tuple(
        Unmet(row.branch_code, row.business_date, row.slot_start, row.post_code, lost)
        for row in unmet_rows(situation, there)
        if (lost := row.people_short - before[row.business_date, row.slot_start, row.post_code]) > 0
    )
