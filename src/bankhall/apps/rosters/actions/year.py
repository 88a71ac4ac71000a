"""The year's mandatory leave and rotation: planned, moved, fixed by who runs the branch, noted by the supervisor.

Nobody fixes or moves their own week. A fixed week of leave is a granted absence: every plan after it sees it.
"""

from datetime import date, datetime

from bankhall.analytics.rostering.year_plan import Unplaced, hindrance_of, plan_year
from bankhall.analytics.rostering.year_problem import Due
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_on
from bankhall.apps.audit.states import action_name
from bankhall.apps.people import actions as people
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.models import YearLook, YearWeek
from bankhall.apps.rosters.problems.year import year_problem
from bankhall.apps.rosters.states import STANDING_WEEKS, YEAR_WEEK_MOVES, YearWeekState
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

PLAN = action_name("rosters.plan_year")
MOVE = action_name("rosters.move_year_week")
FIX = action_name("rosters.fix_year_week")
RELEASE = action_name("rosters.release_year_week")
NOTE = action_name("rosters.note_year")


def propose_year(branch_code: str, *, on: date, now: datetime, by: Actor, scope: Scope) -> int:
    """Plans afresh around what is fixed; answers how many weeks are proposed. What was only proposed is overtaken."""
    check_may(scope, "plan_year", branch_code)
    rows = YearWeek.objects.filter(branch_code=branch_code)
    problem = year_problem(branch_code, on, rows.filter(state=YearWeekState.FIXED))
    plan = plan_year(problem)
    dues = {(due.staff_no, due.kind): due for due in problem.dues}
    with audit.act(PLAN, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        rows.filter(state=YearWeekState.PROPOSED).update(state=YearWeekState.OVERTAKEN)
        made = [_row(branch_code, dues[one.staff_no, one.kind], one.week) for one in plan.placed]
        YearWeek.objects.bulk_create(made)
        told = {str(week): why for week, why in sorted(problem.barred.items()) if week in problem.weeks}
        look = {
            "as_of": on, "first_week": str(problem.weeks[0]), "barred": told, "at": now,
            "by_code": by.code, "by_name": by.name or by.code, "unplaced": [_told(one) for one in plan.unplaced],
        }  # fmt: skip
        YearLook.objects.update_or_create(branch_code=branch_code, defaults=look)
        act.note(after={"placed": len(made), "unplaced": len(plan.unplaced)})
    return len(made)


def _row(branch_code: str, due: Due, week: Week) -> YearWeek:
    return YearWeek(
        branch_code=branch_code, staff_no=due.staff_no, kind=due.kind, post_code=due.post_code, week=str(week),
        since=due.since, due=due.due,
    )  # fmt: skip


def _told(one: Unplaced) -> dict[str, object]:
    told: dict[str, object] = to_plain(one.due)
    return told | {"weeks": dict(one.weeks), "because_of": list(one.because_of)}


def move_year_week(number: int, week: Week, *, on: date, by: Actor, scope: Scope) -> str:
    """Puts a proposed week elsewhere, where nothing stands in the way; answers the branch."""
    row = _mine_to_decide(number, by, scope)
    if row.state != YearWeekState.PROPOSED:
        raise Refused("year_week_not_now", state=f"state.year_week.{row.state}", last=last_on(_subject(row)))
    _check_free(row, week, on)
    with audit.act(MOVE, by=by, scope=scope, subject=_subject(row)) as act:
        same = YearWeek.objects.filter(pk=row.pk, state=row.state, week=row.week)
        if not same.update(week=str(week)):
            raise Refused("request_changed_meanwhile", last=last_on(_subject(row)))
        act.note(before={"week": row.week}, after={"week": str(week)})
    return row.branch_code


def fix_year_week(number: int, *, on: date, now: datetime, by: Actor, scope: Scope) -> str:
    """Fixes a proposed week, judged again on today's rows; leave becomes a granted absence. Answers the branch."""
    row = _mine_to_decide(number, by, scope)
    _check_move(row, YearWeekState.FIXED)
    _check_free(row, Week.parse(row.week), on)
    with audit.act(FIX, by=by, scope=scope, subject=_subject(row)) as act:
        _move(row, YearWeekState.FIXED)
        row.fixed_by, row.fixed_name, row.fixed_staff_no, row.fixed_at = by.code, by.name or by.code, by.staff_no, now
        row.save()
        _bind(row, granted=True)
        act.note(after={"staff_no": row.staff_no, "kind": row.kind, "week": row.week})
        telling.year_week("year_fixed", row, by=by, scope=scope)
    return row.branch_code


def release_year_week(number: int, reason: str, *, on: date, by: Actor, scope: Scope) -> str:
    """Gives a fixed week free before it begins, with a reason: the person is due again. Answers the branch."""
    row = _mine_to_decide(number, by, scope)
    _check_move(row, YearWeekState.RELEASED)
    rules.check_told(reason)
    if Week.parse(row.week).first_day() <= on:
        raise Refused("year_week_begun")
    with audit.act(RELEASE, by=by, scope=scope, subject=_subject(row), reason=reason) as act:
        _move(row, YearWeekState.RELEASED)
        _bind(row, granted=False)
        act.note(after={"staff_no": row.staff_no, "kind": row.kind, "week": row.week})
        telling.year_week("year_released", row, by=by, scope=scope)
    return row.branch_code


def note_year(branch_code: str, *, now: datetime, by: Actor, scope: Scope) -> int:
    """The supervisor has seen what was fixed since: never what they fixed themselves. Answers how many."""
    check_may(scope, "note_year", branch_code)
    fresh = YearWeek.objects.filter(branch_code=branch_code, state=YearWeekState.FIXED, seen_at=None)
    rows = fresh.exclude(fixed_by=by.code)
    if by.staff_no:
        rows = rows.exclude(fixed_staff_no=by.staff_no)
    with audit.act(NOTE, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        seen = rows.update(seen_by=by.code, seen_name=by.name or by.code, seen_at=now)
        act.note(after={"seen": seen})
    return seen


def _mine_to_decide(number: int, by: Actor, scope: Scope) -> YearWeek:
    """The row, for whoever may plan the year there and is not the person."""
    row = YearWeek.objects.filter(pk=number).first()
    if row is None:
        raise NotFound("year_week")
    check_may(scope, "plan_year", row.branch_code)
    rules.check_year_of_another(row, by)
    return row


def _check_free(row: YearWeek, week: Week, on: date) -> None:
    """What stands in the way today: other weeks that stand, leave granted since, rosters made since."""
    others = YearWeek.objects.filter(branch_code=row.branch_code, state__in=STANDING_WEEKS).exclude(pk=row.pk)
    problem = year_problem(row.branch_code, on, others)
    if week not in problem.weeks:
        raise Refused("year_week_outside")
    if found := hindrance_of(problem, row.staff_no, week):
        raise Refused("year_week_hindered", why=f"year.{found}")


def _check_move(row: YearWeek, target: YearWeekState) -> None:
    if target not in YEAR_WEEK_MOVES[YearWeekState(row.state)]:
        raise Refused("year_week_not_now", state=f"state.year_week.{row.state}", last=last_on(_subject(row)))


def _move(row: YearWeek, target: YearWeekState) -> None:
    """One conditional update: of two at once, the second is told."""
    if not YearWeek.objects.filter(pk=row.pk, state=row.state, week=row.week).update(state=target):
        raise Refused("request_changed_meanwhile", last=last_on(_subject(row)))
    row.state = target


def _bind(row: YearWeek, *, granted: bool) -> None:
    if row.kind == "mandatory_leave":
        days = Week.parse(row.week).days()
        people.bind_mandatory_leave(row.staff_no, days[0], days[-1], granted=granted, batch=f"year {row.pk}")


def _subject(row: YearWeek) -> Subject:
    return Subject("year_week", str(row.pk), row.branch_code)
