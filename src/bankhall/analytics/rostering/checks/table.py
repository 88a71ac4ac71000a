"""The one table in which every check is registered, and the two ways to ask it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from bankhall.analytics.rostering.checks import (
    absences,
    breaks,
    certificates,
    duties,
    fairness,
    hours,
    posts,
    presence,
    records,
    rest,
    rotation,
    wishes,
)
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import Timesheet, WorkDay, workdays
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

PersonDayCheck = Callable[[Situation, WorkDay], Iterator[Breach]]
PersonWeekCheck = Callable[[Situation, Timesheet, str], Iterator[Breach]]
BranchDayCheck = Callable[[Situation, date, Sequence[Assignment]], Iterator[Breach]]
BranchWeekCheck = Callable[[Situation, Timesheet], Iterator[Breach]]

PERSON_TIMES: tuple[PersonDayCheck, ...] = (
    records.not_employed,
    records.person_overlap,
    absences.absence,
    absences.system_rights,
    hours.overtime_day,
    hours.nursing_minutes,
    hours.no_overtime_protected,
    breaks.break_after,
    breaks.break_outside,
    breaks.split_shift,
    rotation.mandatory_leave_due,
)
"""What looks at the times of one person's date, whatever the posts."""

PERSON_POSTS: tuple[PersonDayCheck, ...] = (
    records.unknown_record,
    records.post_not_held,
    posts.incompatible_posts,
    rotation.rotation_due,
)
"""What looks at the posts of one person's date, whatever the times."""

PERSON_PLACES: tuple[PersonDayCheck, ...] = (
    records.window_shut,
    certificates.at_windows,
    certificates.at_duties,
    posts.incompatible_duties,
)
"""What looks at the windows and duties of one person's date."""

PERSON_DAY = (*PERSON_TIMES, *PERSON_POSTS, *PERSON_PLACES)
"""What binds one person on one date: the search's columns are those that pass these."""

PERSON_WEEK: tuple[PersonWeekCheck, ...] = (
    hours.overtime_day_by_week,
    hours.overtime_month,
    hours.hours_week_average,
    hours.no_overtime_protected_by_week,
    rest.rest_days_in_seven,
    rest.consecutive_days,
    rest.rest_between_shifts,
)
"""What binds one person over several dates."""

BRANCH_DAY: tuple[BranchDayCheck, ...] = (
    records.window_shared,
    presence.two_person_presence,
    presence.dual_control,
    presence.hall_presence,
    presence.opening_pair,
    presence.closing_pair,
    presence.probation_not_alone,
    duties.duty_people,
)
"""What binds the people of one date together."""

BRANCH_WEEK: tuple[BranchWeekCheck, ...] = (
    fairness.saturdays_quarter,
    fairness.lunches_quarter,
    wishes.wish,
)
"""What compares people with one another, or with what they asked for."""


def find_breaches(problem: RosterProblem, assignments: Iterable[Assignment]) -> list[Breach]:
    """Every breach of a week's roster, by rule, date, person and time.

    `assignments` are the week's own rows of the branch; `problem.past` gives what went before.
    """
    return breaches_of(Situation(problem), assignments)


def breaches_of(situation: Situation, assignments: Iterable[Assignment]) -> list[Breach]:
    """`find_breaches` on a situation that is already built."""
    sheet = Timesheet(situation, assignments)
    found = [breach for workday in sheet.now.values() for breach in person_day_breaches(situation, workday)]
    found += [b for name in sheet.people() for check in PERSON_WEEK for b in check(situation, sheet, name)]
    for day in situation.days:
        here = [s for (_, when), wd in sheet.now.items() if when == day for s in wd.stretches if situation.is_here(s)]
        found += [breach for check_day in BRANCH_DAY for breach in check_day(situation, day, here)]
    found += [breach for check_week in BRANCH_WEEK for breach in check_week(situation, sheet)]
    return sorted(found, key=_order)


def check_person_day(problem: RosterProblem, staff_no: str, day: date, stretches: Iterable[Assignment]) -> list[Breach]:
    """The breaches that one person's stretches of one date make by themselves."""
    own = workdays(s for s in stretches if s.staff_no == staff_no and s.business_date == day)
    situation = Situation(problem)
    return sorted((b for workday in own.values() for b in person_day_breaches(situation, workday)), key=_order)


def person_day_breaches(situation: Situation, workday: WorkDay) -> list[Breach]:
    """`check_person_day` on a situation that is already built."""
    return [breach for check in PERSON_DAY for breach in check(situation, workday)]


def _order(breach: Breach) -> tuple[str, date, str, int, int, str]:
    when = breach.business_date or date.min
    return (
        breach.rule_code,
        when,
        breach.staff_no,
        breach.start or 0,
        breach.end or 0,
        str(sorted(breach.facts.items())),
    )
