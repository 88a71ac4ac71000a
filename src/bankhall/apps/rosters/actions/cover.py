"""A published day that lost cover, by a change or an absence, is a finding until somebody covers it."""

from datetime import date

from bankhall.analytics.rostering.lost_cover import lost_cover
from bankhall.analytics.rostering.problem import RosterProblem, Unmet
from bankhall.analytics.rostering.situation import Situation
from bankhall.apps.findings import actions as findings
from bankhall.apps.findings.queries import periods_seen
from bankhall.apps.rosters.actions.versions import ref_of
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.records import assignments_of, bank_of, requirement_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

LOST = "cover_lost"


def see_cover(branch_code: str, week: Week, *, by: Actor, scope: Scope) -> None:
    """Looks at each day of a published week beside its first version; a day that is covered again is no longer seen."""
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week)).select_related("plan")
    published = rows.filter(state=RosterState.PUBLISHED).first()
    if published is None:
        return
    first = rows.filter(state__in=[RosterState.PUBLISHED, RosterState.SUPERSEDED]).order_by("version")[0]
    requirement = requirement_of(published.plan.requirement)
    situation = Situation(RosterProblem(branch_code, week, bank_of(branch_code, week), requirement))
    lost = lost_cover(situation, assignments_of(first), assignments_of(published))
    subject = Subject("branch", branch_code, branch_code)
    days = {day.isoformat() for day in week.days()}
    earlier = periods_seen(scope, LOST, subject) & days
    for day in sorted({row.business_date.isoformat() for row in lost} | earlier):
        here = tuple(row for row in lost if row.business_date.isoformat() == day)
        findings.see(_look(published, subject, date.fromisoformat(day), here), by=by, scope=scope)


def _look(roster: Roster, subject: Subject, day: date, lost: tuple[Unmet, ...]) -> findings.Seen:
    facts = {"day": day.isoformat(), "half_hours": sum(row.people_short for row in lost), "week": roster.week}
    return findings.Seen(
        kind=LOST, subject=subject, period=day.isoformat(), first=day, last=day,
        rows=tuple(to_plain(row) for row in lost), facts=facts, source=ref_of(roster).code,
    )  # fmt: skip
