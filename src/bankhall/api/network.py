"""Who I am; the branches in my scope; whether next week is ready everywhere."""

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from bankhall.api.caller import caller, caller_who_may
from bankhall.api.inputs import BranchPath, MaybeCode, PageNumber, PageSize, WeekText
from bankhall.api.shapes import page_shape, paged, plain, shape
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import NetworkFilters, NetworkPage
from bankhall.kernel.bank.branch import Node, Service
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.week import Week

router = Router()


class Me(Schema):
    """The owner of the token: their roles today, and the branches that each reaches."""

    username: str
    name: shape(Bilingual)  # type: ignore[valid-type]
    staff_no: str
    roles: dict[str, list[str]]


@router.get("/me", response=Me)
def me(request: HttpRequest) -> Any:
    """Who the token speaks for."""
    who = caller(request)
    roles = {str(role): sorted(codes) for role, codes in who.scope.branches.items()}
    person = who.person
    return {"username": person.username, "name": plain(person.name), "staff_no": person.staff_no, "roles": roles}


@router.get("/branches", response=page_shape(Node))
def branches(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """The branches with a hall, by code."""
    return paged(network.branches(caller_who_may(request, "see_network").scope), page, size)


@router.get("/branches/{branch_code}", response=shape(Node))
def branch(request: HttpRequest, branch_code: BranchPath) -> Any:
    """One branch."""
    return plain(network.branch(caller_who_may(request, "see_network", branch_code).scope, branch_code))


@router.get("/services", response=page_shape(Service))
def services(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """The catalogue of services."""
    return paged(network.services(caller_who_may(request, "see_network").scope), page, size)


@router.get("/network/{week}", response=shape(NetworkPage))
def readiness(
    request: HttpRequest,
    *,
    week: WeekText,
    region_code: MaybeCode = "",
    state: MaybeCode = "",
    gap: Literal["", "short", "none"] = "",
    search: MaybeCode = "",
    page: PageNumber = 1,
) -> Any:
    """Every branch's week: expected visits, state of its plan, what is short, the forecast's error. Worst first."""
    who = caller_who_may(request, "see_network")
    filters = NetworkFilters(region_code, state, gap, search)
    return plain(
        rosters.network_page(who.scope, Week.parse(week), filters=filters, page=page, on=settings.CLOCK.today())
    )
