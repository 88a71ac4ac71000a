"""A week as it stands, and as a request would leave it: the same rules, asked twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bankhall.analytics.rostering.changes import Judged, judge, take_out
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.problems.questions import problem_of
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.week import Week


def published_of(branch_code: str, week: Week) -> Roster | None:
    """The version that is in force."""
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week), state=RosterState.PUBLISHED)
    return rows.select_related("plan").first()


def judge_change(
    roster: Roster, changed: Sequence[Assignment], absence: Absence | None = None, asked: RosterProblem | None = None
) -> Judged:
    """What the rules say of a version's other assignments, in its own week and in the published one after it.

    `absence` is granted besides; `asked` is the version's question where it was built already.
    """
    before = asked or problem_of(roster)
    bank = before.bank if absence is None else replace(before.bank, absences=(*before.bank.absences, absence))
    found = judge(before, assignments_of(roster), replace(before, bank=bank), changed)
    later = _next_week(roster, changed)
    return found if later is None else replace(found, law=found.law + later.law)


def judge_absence(roster: Roster, absence: Absence, asked: RosterProblem | None = None) -> Judged:
    """The week without the person's work in the absence, with the absence granted."""
    granted = replace(absence, state="granted")
    return judge_change(roster, take_out(assignments_of(roster), granted), granted, asked)


def _next_week(roster: Roster, changed: Sequence[Assignment]) -> Judged | None:
    """Rest and days in a row reach over Sunday: the next week's roster, with this week as it would be."""
    week = Week.parse(roster.week)
    following = published_of(roster.branch_code, week.plus(1))
    if following is None:
        return None
    before = problem_of(following)
    monday, until = week.first_day(), week.days()[-1] + timedelta(days=1)
    kept = tuple(row for row in before.past if not monday <= row.business_date < until)
    now = replace(before, past=kept + tuple(assignments_of(roster)))
    rows = assignments_of(following)
    return judge(now, rows, replace(before, past=kept + tuple(changed)), rows)
