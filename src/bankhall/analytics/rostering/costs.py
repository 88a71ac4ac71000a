"""What a roster costs, in money of the price list, line by line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bankhall.analytics.rostering.checks.wishes import is_met, week_wishes
from bankhall.analytics.rostering.cover import unmet_rows, week_requirement
from bankhall.analytics.rostering.prices import (
    GRAINS,
    changed_grains,
    lent_grains,
    minute_grains,
    missing_grains,
    overtime_kind,
    premium_grains,
    wish_grains,
)
from bankhall.analytics.rostering.problem import Cost, RosterProblem, Unmet
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span
from bankhall.analytics.rostering.timesheet import Timesheet, week_overtime, workdays
from bankhall.kernel.bank.roster import Assignment


@dataclass(frozen=True, slots=True)
class CostLine:
    """Money of one item of the price list; `minutes` where it is time. Overtime lines hold the premium alone."""

    item: str
    amount_fen: int
    minutes: int = 0


def unmet_of(problem: RosterProblem, assignments: Iterable[Assignment]) -> tuple[Unmet, ...]:
    """People short, by date, slot and post."""
    return unmet_rows(Situation(problem), assignments)


def cost_of(problem: RosterProblem, assignments: Iterable[Assignment]) -> Cost:
    """Cost, avoidable cost and unmet half hours of a week's roster."""
    return roster_cost(Situation(problem), tuple(assignments))


def cost_lines(problem: RosterProblem, assignments: Iterable[Assignment]) -> tuple[CostLine, ...]:
    """The cost by item, rounded to fen, by name."""
    grains, minutes = itemise(Situation(problem), tuple(assignments))
    return tuple(CostLine(item, fen(grains[item]), minutes[item]) for item in sorted(grains))


def overtime_of(lines: Iterable[CostLine]) -> tuple[int, int]:
    """Minutes of overtime among the lines of a week, and its premium in fen."""
    over = [line for line in lines if line.item.startswith("overtime_")]
    return sum(line.minutes for line in over), sum(line.amount_fen for line in over)


def roster_cost(situation: Situation, assignments: tuple[Assignment, ...]) -> Cost:
    """`cost_of` on a situation that is already built."""
    grains, _ = itemise(situation, assignments)
    cost = fen(sum(grains.values()))
    short = sum(row.people_short for row in unmet_rows(situation, assignments))
    half_hours = -(-short * situation.problem.bank.slot_minutes // 30)
    return Cost(cost, cost - fen(exact_grains(situation)), half_hours)


def exact_grains(situation: Situation) -> int:
    """The cost of exactly covering the requirement: nobody too many, nobody too few, no overtime."""
    slot = situation.problem.bank.slot_minutes
    rows = week_requirement(situation)
    return sum(r.people * slot * minute_grains(situation, r.post_code, r.business_date) for r in rows)


def itemise(situation: Situation, assignments: tuple[Assignment, ...]) -> tuple[Counter[str], Counter[str]]:
    """Grains and minutes by item."""
    grains: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    sheet = Timesheet(situation, assignments)
    _add_hours(situation, assignments, grains, minutes)
    _add_overtime(situation, sheet, grains, minutes)
    for row in unmet_rows(situation, assignments):
        grains["missing_half_hour"] += row.people_short * missing_grains(situation, row.post_code, row.business_date)
        minutes["missing_half_hour"] += row.people_short * situation.problem.bank.slot_minutes
    for (staff_no, day), workday in sheet.now.items():
        if workday.minutes:
            grains["lent_day"] += lent_grains(situation, staff_no, day)
    for asked in week_wishes(situation):
        if not is_met(situation, sheet, asked):
            grains["unmet_wish"] += wish_grains(situation, asked.weight, asked.business_date)
    for staff_no, day in changed_days(situation, sheet):
        grains["changed_shift"] += changed_grains(situation, day) if staff_no in situation.people else 0
    return grains, minutes


def fen(grains: int) -> int:
    """Grains rounded to whole fen, half up."""
    return (2 * grains + GRAINS) // (2 * GRAINS)


def published_spans(situation: Situation) -> dict[tuple[str, date], Span]:
    """First and last minute of work in the version of this week that was published before; empty without one."""
    monday, sunday = situation.days[0], situation.days[-1]
    rows = [a for a in situation.problem.past if monday <= a.business_date <= sunday]
    return {key: (day.start, day.end) for key, day in workdays(rows).items() if day.minutes}


def changed_days(situation: Situation, sheet: Timesheet) -> list[tuple[str, date]]:
    """Whose shift of which date differs from the version published before."""
    before = published_spans(situation)
    now = {key: (day.start, day.end) for key, day in sheet.now.items() if day.minutes}
    return [key for key in sorted({*before, *now}) if before.get(key) != now.get(key)] if before else []


def _add_hours(
    situation: Situation, assignments: tuple[Assignment, ...], grains: Counter[str], minutes: Counter[str]
) -> None:
    for stretch in assignments:
        if stretch.kind != "break":
            length = stretch.end - stretch.start
            price = minute_grains(situation, situation.post_held(stretch), stretch.business_date)
            grains["hour"] += length * price
            minutes["hour"] += length


def _add_overtime(situation: Situation, sheet: Timesheet, grains: Counter[str], minutes: Counter[str]) -> None:
    for staff_no in sheet.people():
        for day, spent in zip(situation.days, week_overtime(situation, sheet, staff_no, situation.days), strict=True):
            item = f"overtime_{overtime_kind(situation, day)}"
            grains[item] += spent.minutes * premium_grains(situation, staff_no, day)
            minutes[item] += spent.minutes
