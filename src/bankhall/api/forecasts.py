"""Forecasts as issued beside what came, with their errors beside the baselines."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import caller_who_may
from bankhall.api.inputs import BranchPath, Day, MaybeCode
from bankhall.api.shapes import plain, shape
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import ForecastPage

router = Router()


@router.get("/branches/{branch_code}/forecast", response=shape(ForecastPage))
def forecast(
    request: HttpRequest, branch_code: BranchPath, service_code: MaybeCode = "", day: Day | None = None
) -> Any:
    """Four weeks back and what was issued ahead, of one service or all; the slots of one day; errors and effects."""
    who = caller_who_may(request, "see_forecast", branch_code)
    return plain(
        rosters.forecast_page(who.scope, branch_code, service_code=service_code, day=day, on=settings.CLOCK.today())
    )
