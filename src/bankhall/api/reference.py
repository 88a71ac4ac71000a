"""Reference records: the business calendar, the rule pack, prices and duties, the timetable."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Router

from bankhall.api.caller import caller_who_may
from bankhall.api.inputs import MaybeCode, PageNumber, PageSize
from bankhall.api.shapes import page_shape, paged, plain, shape
from bankhall.apps.network import queries as network
from bankhall.apps.network.queries import CalendarYear
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.queries import Planned
from bankhall.data.exchange.codec import read_record
from bankhall.kernel.bank.roster import Duty, Price, Rule
from bankhall.kernel.scope import Scope

router = Router()


@router.get("/calendar/{year}", response=shape(CalendarYear))
def calendar(request: HttpRequest, year: Annotated[int, Path(ge=2000, le=2099)]) -> Any:
    """Every known day of a year, with its source."""
    return plain(network.calendar_year(caller_who_may(request, "see_network").scope, year))


@router.get("/rules", response=page_shape(Rule))
def rules(request: HttpRequest, branch_code: MaybeCode = "", page: PageNumber = 1, size: PageSize = 50) -> Any:
    """The rule pack: of one branch with everybody's, or of all in scope."""
    return _records(request, "rules", branch_code, page, size)


@router.get("/prices", response=page_shape(Price))
def prices(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """The price list, in fen."""
    return _records(request, "prices", "", page, size)


@router.get("/duties", response=page_shape(Duty))
def duties(request: HttpRequest, branch_code: MaybeCode = "", page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What must be manned and is not a customer."""
    return _records(request, "duties", branch_code, page, size)


@router.get("/timetable", response=page_shape(Planned))
def timetable(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What runs by the clock, what became of it last, when it is due next."""
    caller_who_may(request, "see_runs")
    return paged(runs.timetable(settings.CLOCK.now().astimezone(ZoneInfo(settings.TIME_ZONE))), page, size)


def _records(request: HttpRequest, table: str, branch_code: str, page: int, size: int) -> dict[str, Any]:
    scope: Scope = caller_who_may(request, "see_plan", branch_code).scope
    rows = rosters.tables(scope, branch_code)[table]
    return paged([read_record(table, row) for row in rows], page, size)
