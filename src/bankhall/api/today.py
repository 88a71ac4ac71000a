"""The day itself: who is there and who is missing, the rest of the day from what has come; what one was told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import caller_who_may
from bankhall.api.inputs import BranchPath, Day, Minute, PageNumber
from bankhall.api.shapes import page_shape, plain, shape
from bankhall.apps.notices import queries as notices
from bankhall.apps.notices.queries import NoticeLine
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.during_day import DayPage
from bankhall.apps.rosters.queries.today import TodayPage

router = Router()


@router.get("/branches/{branch_code}/today", response=shape(TodayPage))
def today(request: HttpRequest, branch_code: BranchPath) -> Any:
    """Who is there and who is missing, the proposal that stands, who was asked, who has seen it."""
    who = caller_who_may(request, "see_plan", branch_code)
    return plain(rosters.today_page(who.scope, branch_code, settings.CLOCK.now()))


@router.get("/branches/{branch_code}/day", response=shape(DayPage))
def during(request: HttpRequest, branch_code: BranchPath, day: Day | None = None, minute: Minute | None = None) -> Any:
    """The rest of today from what has come, or of an earlier day at a minute of it, with what would help."""
    who = caller_who_may(request, "see_plan", branch_code)
    return plain(rosters.day_page(who.scope, branch_code, day=day, minute=minute, now=settings.CLOCK.now()))


@router.get("/my/notices", response=page_shape(NoticeLine))
def told(request: HttpRequest, page: PageNumber = 1) -> Any:
    """What I was told, the newest first."""
    found = notices.my_notices(caller_who_may(request, "see_own_notices").scope, page=page)
    return {"items": plain(found.lines), "page": found.page, "pages": found.pages}
