"""The same week three ways, and the world's answer to each: as the product left it, never touched, greedily filled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa

from bankhall.analytics.rostering.changes import take_out
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import cost_lines, roster_cost
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.data.queries.measured import measured
from bankhall.data.synthetic.past_rosters import Stretch
from bankhall.data.synthetic.world import World
from bankhall.kernel.bank.lookup import promise_for
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.week import Week
from benchmarks.studies.predicted_against_happened import WorldRecords, empty_tables
from benchmarks.studies.quarter.happenings import Mornings

ARMS = ("product", "untouched", "greedy")
Rows = tuple[Assignment, ...]
Plain = dict[str, Any]
Facts = dict[str, pa.Table]


def without_missing(rows: Rows, mornings: Mornings) -> Rows:
    """The published rows as they can be stood: who is ill or late is not there."""
    for absence in absences(rows, mornings):
        rows = take_out(rows, absence)
    return rows


def as_stood(rows: Rows, marked: Iterable[Absence], mornings: Mornings, home: frozenset[str]) -> Rows:
    """The product's rows without those who were missing, mended or not; a guest's absence is nobody's to mark."""
    for absence in (*marked, *absences([row for row in rows if row.staff_no not in home], mornings)):
        rows = take_out(rows, absence)
    return rows


def greedily_filled(rows: Rows, problem: RosterProblem, mornings: Mornings) -> Rows:
    """Whoever is ill is replaced by the next free colleague with the posts who comes, hour by hour, no rule asked."""
    left = list(without_missing(rows, mornings))
    for absence in absences(rows, mornings):
        day = absence.starts_at.date()
        if absence.ends_at.date() == day:
            continue  # only late: nobody is called
        gone = [row for row in rows if row.staff_no == absence.staff_no and row.business_date == day]
        taker = _next_free(gone, left, problem, mornings, day)
        left += [replace(row, staff_no=taker) for row in gone if taker]
    return tuple(left)


def _next_free(
    gone: Sequence[Assignment], left: Iterable[Assignment], problem: RosterProblem, mornings: Mornings, day: date
) -> str:
    busy = {row.staff_no for row in left if row.business_date == day}
    away = {
        a.staff_no
        for a in problem.bank.absences
        if a.state == "granted" and a.starts_at.date() <= day < a.ends_at.date()
    }
    posts = {row.post_code for row in gone if row.post_code}
    for person in sorted(problem.bank.staff, key=lambda p: p.staff_no):
        free = person.branch_code == problem.branch_code and person.staff_no not in busy | away
        fit = free and posts <= set(person.posts) and mornings.missing(person.staff_no, day) is None
        if fit and mornings.comes(person.staff_no, day):
            return person.staff_no
    return ""


def absences(rows: Iterable[Assignment], mornings: Mornings) -> list[Absence]:
    """Of the people who are due: who is missing, from when to when."""
    due: dict[tuple[str, date], int] = {}
    for row in rows:
        key = row.staff_no, row.business_date
        due[key] = min(row.start, due.get(key, row.start))
    found = []
    for (staff_no, day), start in sorted(due.items()):
        missing = mornings.missing(staff_no, day)
        if missing is not None:
            begins = datetime.combine(day, time())
            late = begins + timedelta(minutes=start + missing.late_by)
            ends = late if missing.late_by else begins + timedelta(days=1)
            found.append(Absence(staff_no, begins, ends, "sick", "granted"))
    return found


def live(world: World, code: str, rows: Rows) -> Facts:
    """What the world makes of the people who stand there."""
    here = [row for row in rows if row.at_branch_code in ("", code)]
    stretches = [Stretch(a.staff_no, a.business_date, a.start, a.end, a.kind, a.code, a.post_code) for a in here]
    return world.live(code, stretches, seed=world.outline.seed)


def figures(world: World, problem: RosterProblem, rows: Rows, facts: Mapping[str, pa.Table]) -> Plain:
    """What the customers met and what the roster is: sums of the week, waits by day."""
    code, week = problem.branch_code, problem.week
    situation = Situation(problem)
    lines = cost_lines(problem, rows)
    classes = Counter(breach.rule_class for breach in breaches_of(situation, rows))
    overtime = sum(line.minutes for line in lines if line.item.startswith("overtime"))
    cost = roster_cost(situation, rows)
    return _met(world, code, week, facts) | {
        "unmet_half_hours": cost.unmet_half_hours, "cost_fen": cost.cost_fen, "overtime_minutes": overtime,
        "law_breaches": classes["law_control"], "agreement_breaches": classes["agreement"],
        "saturdays": sorted({row.staff_no for row in rows if row.business_date.isoweekday() == 6}),
    }  # fmt: skip


def _met(world: World, code: str, week: Week, facts: Mapping[str, pa.Table]) -> Plain:
    source = WorldRecords({**empty_tables(world.bank), **facts})
    first, last = week.first_day(), week.days()[-1]
    found = measured(source, world.bank, first=first, last=last, branch_code=code).to_pylist()
    hall = [row for row in found if row["service_code"] == ""]
    promised = [row for row in found if row["service_code"] and row["judged"]]
    sums: dict[str, int] = defaultdict(int)
    for row in hall:
        for name in ("arrivals", "left", "absent", "judged", "kept"):
            sums[name] += row[name]
    held = sum(_held(world, code, row) for row in promised)
    return dict(sums) | {
        "promises": len(promised), "promises_kept": held, "wait_p90": [row["wait_p90"] for row in hall],
    }  # fmt: skip


def _held(world: World, code: str, row: Mapping[str, Any]) -> bool:
    service = next(one for one in world.bank.services if one.service_code == row["service_code"])
    promise = promise_for(world.bank.promises, code, service, row["business_date"])
    return promise is not None and row["kept_share"] >= promise.share


def changed_person_days(before: Rows, after: Rows, mornings: Mornings) -> int:
    """Days of people whose work is not what was published first, the missing themselves left out."""
    one, two = _by_day(before), _by_day(after)
    differing = [key for key in one.keys() | two.keys() if one.get(key) != two.get(key)]
    return sum(mornings.missing(*key) is None for key in differing)


def _by_day(rows: Rows) -> dict[tuple[str, date], set[tuple[object, ...]]]:
    found: dict[tuple[str, date], set[tuple[object, ...]]] = defaultdict(set)
    for row in rows:
        found[row.staff_no, row.business_date].add((row.start, row.end, row.kind, row.code, row.at_branch_code))
    return found
