"""Twelve weeks ahead: which weeks cannot be staffed, and what would help."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import BranchPath, PageNumber, PageSize, Queued
from bankhall.api.shapes import page_shape, paged, plain, shape
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.season import SeasonLine, SeasonPage
from bankhall.kernel.scope import Actor, Scope

router = Router()


@router.get("/season", response=page_shape(SeasonLine))
def listed(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """Every branch's weeks, the shortest first."""
    who = caller_who_may(request, "see_plan")
    return paged(rosters.season_list(who.scope, on=settings.CLOCK.today()).lines, page, size)


@router.get("/branches/{branch_code}/season", response=shape(SeasonPage))
def branch(request: HttpRequest, branch_code: BranchPath) -> Any:
    """One branch's weeks, its gaps in certificates and posts."""
    return plain(rosters.season_page(caller_who_may(request, "see_plan", branch_code).scope, branch_code))


@router.post("/branches/{branch_code}/season", response=Queued)
def look(request: HttpRequest, branch_code: BranchPath) -> Any:
    """Queues a new look ahead."""
    caller_who_may(request, "plan_week", branch_code)

    def do(by: Actor, scope: Scope) -> object:
        return {"run_id": actions.request_season(branch_code, by=by, scope=scope, now=settings.CLOCK.now())}

    return acting(request, do)
