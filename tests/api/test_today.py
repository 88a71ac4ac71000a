"""A Monday at eight by token: marked missing, proposed, asked, answered, published, acknowledged, confirmed."""

from datetime import date
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.notices.models import Opening
from bankhall.apps.people.models import Missing
from bankhall.apps.rosters.models import Acknowledgement, Ask, Roster
from bankhall.apps.runs.models import Run
from bankhall.config.clock import FixedClock
from tests.api.callers import Caller, caller
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.today import computed, monday

pytestmark = pytest.mark.django_db
TODAY = "/branches/B01/today"


@pytest.fixture(autouse=True)
def _monday(settings: Settings) -> None:
    settings.CLOCK = FixedClock(date(2026, 11, 30), "Asia/Shanghai")
    load_bank(small_bank(2))
    monday()


@pytest.fixture
def manager() -> Caller:
    return caller("branch_manager", node_code="B01")


@pytest.fixture
def teller() -> Caller:
    return caller("teller", node_code="B01", staff_no="T103")


def done(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content
    return answer.json()


def asked(manager: Caller) -> int:
    """T101 is missing, T103 is asked."""
    done(manager.post(f"{TODAY}/missing", {"staff_no": "T101", "kind": "sick"}))
    computed()
    return int(done(manager.post(f"{TODAY}/asks", {"staff_no": "T103"}))["number"])


def test_an_illness_is_lived_through_by_token(manager: Caller, teller: Caller) -> None:
    number = asked(manager)
    (waits,) = done(teller.get("/my/asks"))["items"]
    assert (waits["number"], waits["day"]) == (number, MONDAY.isoformat())
    assert done(teller.post(f"/my/asks/{number}/answer", {"accepted": True})) == {"state": "accepted"}
    computed()
    page = done(manager.get(TODAY))
    assert [one["state"] for one in page["asks"]] == ["accepted"]
    proposal = page["proposal"]["number"]
    published = done(manager.post(f"{TODAY}/proposals/{proposal}/publish", {"reason": "short of people"}))
    assert published == {"version": 2}
    (seen,) = done(teller.get("/my/acknowledgements"))["items"]
    assert done(teller.post(f"/my/acknowledgements/{seen['number']}")) == {"still_waiting": None}
    assert Acknowledgement.objects.get(staff_no="T103").at is not None
    supervisor = caller("supervisor", node_code="B01", staff_no="T102")
    body = {"week": "2026-W49", "version": 2}
    assert done(supervisor.post(f"{TODAY}/review", body)) == {"done": True}
    assert supervisor.post(f"{TODAY}/review", body).json()["code"] == "reviewed_already"


def test_a_mark_and_a_question_are_taken_back(manager: Caller, teller: Caller) -> None:
    number = asked(manager)
    assert done(manager.post(f"{TODAY}/asks/{number}/withdraw")) == {"done": True}
    late = teller.post(f"/my/asks/{number}/answer", {"accepted": True})
    assert (late.status_code, late.json()["code"]) == (409, "ask_not_now")
    assert done(manager.post(f"{TODAY}/propose"))["number"] > 0
    (mark,) = [one for one in done(manager.get(TODAY))["people"] if one["state"] == "missing"]
    assert done(manager.post(f"{TODAY}/missing/{mark['number']}/take-back")) == {"done": True}
    assert done(manager.post(f"{TODAY}/propose")) == {"number": None}
    assert Missing.objects.get().state == "taken_back"
    assert Ask.objects.get().state == "withdrawn"


def test_nobody_answers_or_acknowledges_for_another(manager: Caller) -> None:
    number = asked(manager)
    other = caller("teller", node_code="B01", staff_no="T102")
    assert other.post(f"/my/asks/{number}/answer", {"accepted": True}).status_code == 403
    assert Ask.objects.get().state == "asked"


def test_a_mark_of_another_branch_is_not_taken_back(manager: Caller) -> None:
    asked(manager)
    stranger = caller("regional", node_code="B02")
    number = Missing.objects.get().pk
    assert stranger.post(f"{TODAY}/missing/{number}/take-back").status_code == 403
    assert Roster.objects.count() == 1


def test_a_look_at_the_rest_of_the_day_is_queued(manager: Caller) -> None:
    run_id = done(manager.post("/branches/B01/day/look", {}))["run_id"]
    assert Run.objects.get(pk=run_id).kind == "during_day"
    nothing = manager.post("/branches/B01/day/take", {"look_id": 1, "place": 0})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "proposal")


def test_who_came_is_entered_and_stands_beside_the_plan(manager: Caller) -> None:
    body = {"staff_no": "T102", "day": MONDAY.isoformat(), "came": 470}
    assert done(manager.post("/branches/B01/attendance", body)) == {"done": True}
    page = done(manager.get(f"/branches/B01/attendance?day={MONDAY.isoformat()}"))
    assert {one["staff_no"]: one["attended"] for one in page["people"]}["T102"] == [[470, None]]
    late = manager.post("/branches/B01/attendance", body | {"came": 600})
    assert late.status_code == 422


def test_notices_are_read_and_kept_as_read(manager: Caller, teller: Caller) -> None:
    asked(manager)
    (line,) = done(teller.get("/my/notices"))["items"]
    assert (line["kind"], line["opened_at"]) == ("shift_asked", None)
    assert done(manager.post("/my/notices/open", {"notice_ids": [line["notice_id"]]})) == {"done": True}
    assert not Opening.objects.exists()
    assert done(teller.post("/my/notices/open", {"notice_ids": [line["notice_id"]]})) == {"done": True}
    assert done(teller.get("/my/notices"))["items"][0]["opened_at"] is not None
