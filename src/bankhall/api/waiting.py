"""What waits for oneself: notices, questions whether one can come, changed versions that one is to have seen."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import Body, Done, Number, NumberPath, PageNumber, PageSize
from bankhall.api.shapes import page_shape, paged, plain
from bankhall.apps.notices import actions as notice_actions
from bankhall.apps.notices import queries as notices
from bankhall.apps.notices.queries import NoticeLine
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.asks import AskLine, MyAck
from bankhall.apps.rosters.states import AskState

router = Router()


class NoticesOpened(Body):
    """Numbers of notices."""

    notice_ids: list[Number] = Field(max_length=200)


class Replied(Body):
    """Whether one can come."""

    accepted: bool


class AskAnswered(Schema):
    """What became of the question."""

    state: AskState


class Acknowledged(Schema):
    """It is kept. `still_waiting` is a later version of the week that waits for me too; null: none."""

    still_waiting: int | None


@router.get("/my/notices", response=page_shape(NoticeLine))
def told(request: HttpRequest, page: PageNumber = 1) -> Any:
    """What I was told, the newest first."""
    found = notices.my_notices(caller_who_may(request, "see_own_notices").scope, page=page)
    return {"items": plain(found.lines), "page": found.page, "pages": found.pages}


@router.post("/my/notices/open", response=Done)
def open_told(request: HttpRequest, body: NoticesOpened) -> Any:
    """Keeps that I read them; another's stay as they are."""
    caller_who_may(request, "see_own_notices")
    return acting(request, lambda by, scope: notice_actions.open_notices(body.notice_ids, by=by, scope=scope))


@router.get("/my/asks", response=page_shape(AskLine))
def asks(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What I am asked and have not answered, and what I said yes to that is not published yet."""
    scope = caller_who_may(request, "ask_for_oneself").scope
    return paged(rosters.my_asks(scope, settings.CLOCK.today()), page, size)


@router.post("/my/asks/{number}/answer", response=AskAnswered)
def reply(request: HttpRequest, number: NumberPath, body: Replied) -> Any:
    """Says whether I can come; a yes lets the proposal plan with me, and can be taken back until that is published."""
    caller_who_may(request, "ask_for_oneself")
    return acting(request, lambda by, scope: {
        "state": str(actions.answer_ask(number, body.accepted, now=settings.CLOCK.now(), by=by, scope=scope))
    })  # fmt: skip


@router.get("/my/acknowledgements", response=page_shape(MyAck))
def changes(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """What changed in my published days and I have not acknowledged."""
    return paged(rosters.my_acknowledgements(caller_who_may(request, "see_own_roster").scope), page, size)


@router.post("/my/acknowledgements/{number}", response=Acknowledged)
def acknowledge(request: HttpRequest, number: NumberPath) -> Any:
    """Says that I have seen it."""
    caller_who_may(request, "see_own_roster")
    return acting(request, lambda by, scope: {
        "still_waiting": actions.acknowledge_roster(number, now=settings.CLOCK.now(), by=by, scope=scope)
    })  # fmt: skip
