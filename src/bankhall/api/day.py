"""The rest of a day from what has come, what would help, and who was there: attendance beside the plan."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import Body, BranchPath, CodeText, Count, Day, Done, Minute, Number, Queued, WeekText
from bankhall.api.shapes import plain, shape
from bankhall.apps.people import actions as people
from bankhall.apps.people.actions import Attending
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.attendance import AttendancePage
from bankhall.apps.rosters.queries.during_day import DayPage
from bankhall.kernel.week import Week

router = Router()
DAY, ATTENDANCE = "/branches/{branch_code}/day", "/branches/{branch_code}/attendance"


class Moment(Body):
    """Now, or (with a day) a minute of an earlier day."""

    day: Day | None = None
    minute: Minute | None = None


class Taken(Body):
    """A proposal of a look: the look's number, and the proposal's place in it from 0."""

    look_id: Number
    place: Count


class Attended(Body):
    """When somebody came, and left (null: still there, or not known)."""

    staff_no: CodeText
    day: Day
    came: Minute
    left: Minute | None = None


@router.get(DAY, response=shape(DayPage))
def during(request: HttpRequest, branch_code: BranchPath, day: Day | None = None, minute: Minute | None = None) -> Any:
    """The rest of today from what has come, or of an earlier day at a minute of it, with what would help."""
    who = caller_who_may(request, "see_plan", branch_code)
    return plain(rosters.day_page(who.scope, branch_code, day=day, minute=minute, now=settings.CLOCK.now()))


@router.post(f"{DAY}/look", response=Queued)
def look(request: HttpRequest, branch_code: BranchPath, body: Moment) -> Any:
    """Queues a look at the rest of the day."""
    caller_who_may(request, "see_plan", branch_code)
    return acting(request, lambda by, scope: {"run_id": actions.request_day_update(
        branch_code, day=body.day, minute=body.minute, by=by, scope=scope, now=settings.CLOCK.now()
    )})  # fmt: skip


@router.post(f"{DAY}/take", response=Done)
def take(request: HttpRequest, branch_code: BranchPath, body: Taken) -> Any:
    """Puts one proposal into today's plan, as a new version."""
    caller_who_may(request, "edit_roster", branch_code)
    return acting(
        request,
        lambda by, scope: actions.take_proposal(body.look_id, body.place, by=by, scope=scope, now=settings.CLOCK.now()),
    )


@router.get(ATTENDANCE, response=shape(AttendancePage))
def attendance(
    request: HttpRequest, branch_code: BranchPath, week: WeekText | None = None, day: Day | None = None
) -> Any:
    """A week as forecast, needed, planned, stood and come, with the three before it; people for who marks them."""
    who = caller_who_may(request, "see_metrics", branch_code)
    chosen = Week.parse(week) if week else None
    return plain(rosters.attendance_page(who.scope, branch_code, week=chosen, day=day, on=settings.CLOCK.today()))


@router.post(ATTENDANCE, response=Done)
def enter(request: HttpRequest, branch_code: BranchPath, body: Attended) -> Any:
    """Keeps when somebody came and left."""
    caller_who_may(request, "mark_attendance", branch_code)
    entry = Attending(body.staff_no, branch_code, body.day, body.came, body.left)
    return acting(
        request, lambda by, scope: people.mark_attendance(entry, by=by, scope=scope, now=settings.CLOCK.now())
    )
