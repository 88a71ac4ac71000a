"""A branch's weeks: the plan with its figures, its versions, two of them side by side, and why."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema

from bankhall.api.caller import caller_who_may
from bankhall.api.inputs import (
    BranchPath,
    Count,
    Day,
    MaybeCode,
    Minute,
    Number,
    NumberPath,
    PageNumber,
    PageSize,
    WeekPath,
)
from bankhall.api.shapes import page_shape, paged, plain, shape
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import PlanPage, PrintSheet, RosterRef, WhyFact
from bankhall.apps.rosters.queries.versions_beside import VersionsBeside
from bankhall.apps.rosters.queries.versions_made import VersionLine, versions_made
from bankhall.kernel.week import Week

router = Router()
WEEK = "/branches/{branch_code}/weeks/{week}"


class Why(Schema):
    """The facts that bind there, most important first."""

    facts: list[shape(WhyFact)]  # type: ignore[valid-type]


@router.get("/branches/{branch_code}/weeks", response=page_shape(VersionLine))
def versions(request: HttpRequest, branch_code: BranchPath, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """Every version of the branch's weeks, newest week first."""
    return paged(versions_made(caller_who_may(request, "see_plan", branch_code).scope, branch_code), page, size)


@router.get(WEEK, response=shape(PlanPage))
def plan(request: HttpRequest, branch_code: BranchPath, week: WeekPath, day: Day | None = None) -> Any:
    """The week as it stands, on one of its days: forecast, need, people, simulated waits, breaches, what is short."""
    who = caller_who_may(request, "see_plan", branch_code)
    found = rosters.branch_plan(who.scope, branch_code, Week.parse(week), day=day, on=settings.CLOCK.today())
    return plain(found)


@router.get(f"{WEEK}/versions/{{version}}", response=shape(PrintSheet))
def version(request: HttpRequest, branch_code: BranchPath, week: WeekPath, version: NumberPath) -> Any:
    """One version: everybody's days, what is short, who signed, and its rows in the form of the table `rosters`."""
    who = caller_who_may(request, "see_plan", branch_code)
    return plain(rosters.print_sheet(who.scope, branch_code, Week.parse(week), version=version))


@router.get(f"{WEEK}/compare", response=shape(VersionsBeside))
def compare(
    request: HttpRequest,
    branch_code: BranchPath,
    week: WeekPath,
    before: Annotated[Number, Query(alias="from")],
    after: Annotated[Number, Query(alias="to")],
) -> Any:
    """From one version to another: person by person, half hour by half hour, in rules and in money."""
    who = caller_who_may(request, "see_plan", branch_code)
    return plain(rosters.versions_beside(who.scope, branch_code, Week.parse(week), before, after))


@router.get(f"{WEEK}/why", response=Why)
def why(
    request: HttpRequest,
    *,
    branch_code: BranchPath,
    week: WeekPath,
    version: Number,
    edit: Count,
    day: Day,
    minute: Minute,
    staff_no: MaybeCode = "",
    post_code: MaybeCode = "",
) -> Any:
    """Why somebody stands there; without a staff number, why the half hour has the people it has."""
    who = caller_who_may(request, "see_plan", branch_code)
    ref = RosterRef(branch_code, Week.parse(week), version, edit)
    if staff_no:
        return {"facts": plain(actions.why(who.scope, ref, staff_no=staff_no, day=day, minute=minute))}
    return {"facts": plain(actions.why_slot(who.scope, ref, day=day, minute=minute, post_code=post_code))}
