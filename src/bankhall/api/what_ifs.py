"""What-if questions about a week: asked, answered, named, put into the plan."""

import functools
import operator
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from bankhall.analytics.planning.what_if.changes import KINDS
from bankhall.api.caller import acting, caller, caller_who_may
from bankhall.api.inputs import (
    Body,
    BranchPath,
    Day,
    Done,
    Edition,
    NumberPath,
    PageNumber,
    PageSize,
    WeekPath,
    Words,
    ref_of,
)
from bankhall.api.shapes import asked_shape, page_shape, paged, plain, shape
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.what_ifs import WhatIfLine, WhatIfPage
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

router = Router()


if TYPE_CHECKING:
    AnyChange = Any
else:
    AnyChange = Annotated[
        functools.reduce(operator.or_, (asked_shape(kind, tag) for tag, kind in KINDS.items())),
        Field(discriminator="kind"),
    ]


class WhatIfAsked(Edition):
    """One or several changes at once; one for good is asked by itself."""

    day: Day
    name: Words = ""
    changes: list[AnyChange]

    def plain(self) -> list[dict[str, Any]]:
        """As the actions read them."""
        return [one.model_dump(mode="json") for one in self.changes]


class WhatIfNumber(Schema):
    """The question's number; its answer comes when its run is done."""

    number: int


class Naming(Body):
    """What a question is called; empty takes the name away."""

    name: Words


@router.get("/branches/{branch_code}/weeks/{week}/what-ifs", response=page_shape(WhatIfLine))
def listed(
    request: HttpRequest, branch_code: BranchPath, week: WeekPath, page: PageNumber = 1, size: PageSize = 50
) -> Any:
    """The newest questions about the week."""
    who = caller_who_may(request, "see_plan", branch_code)
    return paged(rosters.what_ifs(who.scope, branch_code, Week.parse(week)), page, size)


@router.post("/branches/{branch_code}/weeks/{week}/what-ifs", response=WhatIfNumber)
def ask(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: WhatIfAsked) -> Any:
    """Asks one."""
    caller_who_may(request, "see_plan", branch_code)
    ref = ref_of(branch_code, week, body)

    def do(by: Actor, scope: Scope) -> object:
        return {"number": actions.ask_what_if(
            ref, body.plain(), day=body.day, by=by, scope=scope, now=settings.CLOCK.now(), name=body.name
        )}  # fmt: skip

    return acting(request, do)


@router.get("/what-ifs/{number}", response=shape(WhatIfPage))
def answer(request: HttpRequest, number: NumberPath) -> Any:
    """One question with its answer; null while it is computed."""
    return plain(rosters.what_if(caller(request).scope, number))


@router.post("/what-ifs/{number}/name", response=Done)
def name(request: HttpRequest, number: NumberPath, body: Naming) -> Any:
    """Names it: whoever asked, or who may plan the week."""

    def do(by: Actor, scope: Scope) -> None:
        actions.name_what_if(number, body.name, by=by, scope=scope)

    return acting(request, do)


@router.post("/what-ifs/{number}/put", response=shape(RosterRef))
def put(request: HttpRequest, number: NumberPath) -> Any:
    """Puts the answer's roster into the draft, or makes a new version of it."""
    return acting(request, lambda by, scope: actions.put_into_plan(number, by=by, scope=scope))
