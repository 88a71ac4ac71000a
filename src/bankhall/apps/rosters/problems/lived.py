"""One day of a branch as it is lived: the plan in force on it, and the question of its rest."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.problems.questions import where_to_read
from bankhall.apps.rosters.problems.weeks import published_of
from bankhall.apps.rosters.queries.records import assignments_of, bank_of, past_of
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class InForce:
    """The week's published plan; `roster` None where it was published elsewhere and only its records are here."""

    roster: Roster | None
    assignments: tuple[Assignment, ...]


def in_force(branch_code: str, week: Week) -> InForce:
    """The published version, else what the records hold of a published one; empty when there is neither."""
    roster = published_of(branch_code, week)
    if roster is not None:
        return InForce(roster, assignments_of(roster))
    days = set(week.days())
    return InForce(None, tuple(row for row in past_of(branch_code, week) if row.business_date in days))


def attendance_question(branch_code: str, *, on: date) -> dict[str, Any]:
    """What the job is asked that keeps a branch's account: the week of the day before, and the three before it."""
    week = Week.of(on - timedelta(days=1))
    return where_to_read() | {
        "branch_code": branch_code,
        "week": str(week),
        "as_of": on.isoformat(),
        "bank": to_plain(bank_of(branch_code, week)),
    }


def day_question(branch_code: str, day: date, minute: int, *, replay: bool) -> dict[str, Any]:
    """What the job is asked about the rest of a day."""
    week = Week.of(day)
    plan = in_force(branch_code, week)
    return where_to_read() | {
        "branch_code": branch_code,
        "week": str(week),
        "as_of": day.isoformat(),
        "day": day.isoformat(),
        "minute": minute,
        "replay": replay,
        "seed": 7,
        "bank": to_plain(bank_of(branch_code, week)),
        "past": to_plain(past_of(branch_code, week)),
        "assignments": to_plain(plan.assignments),
        "requirement": plan.roster.plan.requirement if plan.roster else [],
        "version": {"number": plan.roster.version, "edit": plan.roster.edit} if plan.roster else None,
    }
