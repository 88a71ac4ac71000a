"""Wishes: a day off, an early or a late shift. A wish not met is priced, never forbidden."""

from collections.abc import Iterator

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span
from bankhall.analytics.rostering.timesheet import Timesheet
from bankhall.kernel.bank.roster import Wish
from bankhall.kernel.breach import Breach


def wish(situation: Situation, sheet: Timesheet) -> Iterator[Breach]:
    """A wish not met, where the rule pack names wishes. Facts: kind, weight."""
    for asked in week_wishes(situation):
        if situation.value("wish", asked.business_date) is None or is_met(situation, sheet, asked):
            continue
        yield situation.breach(
            "wish", day=asked.business_date, staff_no=asked.staff_no, kind=asked.kind, weight=asked.weight
        )


def week_wishes(situation: Situation) -> tuple[Wish, ...]:
    """The wishes for dates of the week, of people who are known here."""
    days = set(situation.days)
    return tuple(w for w in situation.problem.bank.wishes if w.business_date in days and w.staff_no in situation.people)


def is_met(situation: Situation, sheet: Timesheet, asked: Wish) -> bool:
    """Whether the date's work is what was asked for."""
    workday = sheet.at(asked.staff_no, asked.business_date)
    return fits(situation, asked, (workday.start, workday.end) if workday else None)


def fits(situation: Situation, asked: Wish, work: Span | None) -> bool:
    """Off = no work; early = the work ends by closing; late = it starts no earlier than opening. No work meets all."""
    opening = situation.open_spans(asked.business_date)
    if work is None:
        return True
    if asked.kind == "off" or not opening:
        return False
    return work[1] <= opening[-1][1] if asked.kind == "early" else work[0] >= opening[0][0]
