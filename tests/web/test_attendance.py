"""The page of attendance: counts for readers, people for who enters them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.config.clock import FixedClock
from bankhall.data.lake import Lake
from tests.apps.rosters.test_attendance import load_reference
from tests.data.test_attendance_jobs import DAY, WEEK, tables
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.web.people import LANGUAGES, again, signed_in

pytestmark = pytest.mark.django_db
PAGE = f"/attendance/B01/?week={WEEK}"


@pytest.fixture(autouse=True)
def _records(settings: object) -> None:
    load_bank(small_bank(2))
    Lake(settings.LAKE).publish(tables())  # type: ignore[attr-defined]
    load_reference()
    settings.CLOCK = FixedClock(WEEK.days()[-1], "Asia/Shanghai")  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weeks_are_counted_and_the_day_is_drawn(language: str) -> None:
    text = signed_in("supervisor", language, node_code="B01").get(PAGE).text
    zh = language == "zh-hans"
    assert ("记录太少，还说不准" if zh else "Too few records to say") in text
    assert "3 / 5" in text
    assert ("太少，说不准" if zh else "too few to say") in text
    assert ("需要、排班、实有、到岗" if zh else "needed, planned, stood, came") in text


def test_only_the_branch_manager_sees_who_was_late() -> None:
    assert "15 min late" in signed_in("branch_manager", node_code="B01").get(PAGE).text
    assert "15 min late" not in signed_in("regional", node_code="R01").get(PAGE).text
    assert "15 min late" not in signed_in("lobby_manager", node_code="B01").get(PAGE).text


def test_what_is_entered_is_shown() -> None:
    client = signed_in("branch_manager", node_code="B01")
    form = {"staff_no": "T102", "day": DAY.isoformat(), "came": "09:40", "left": "17:00"}
    answer = client.post("/attendance/B01/enter/", form, follow=True)
    assert "Kept." in answer.text
    assert "40 min late" in answer.text


def test_a_wrong_record_is_removed_and_the_second_who_removes_it_is_told() -> None:
    client = signed_in("branch_manager", node_code="B01")
    form = {"staff_no": "T102", "day": DAY.isoformat()}
    assert "Remove the record" in client.get(PAGE).text
    assert "Removed." in client.post("/attendance/B01/remove/", form, follow=True).text
    assert "somebody may have removed it already" in client.post("/attendance/B01/remove/", form, follow=True).text
    assert client.post("/attendance/B01/remove/", {"staff_no": "T102"}).status_code == 422


def test_what_cannot_be_is_refused_in_words() -> None:
    client = signed_in("branch_manager", node_code="B01")
    form = {"staff_no": "T102", "day": DAY.isoformat(), "came": "09:40", "left": "09:00"}
    assert "who leaves has come before" in client.post("/attendance/B01/enter/", form, follow=True).text


def test_nobody_else_enters_attendance() -> None:
    form = {"staff_no": "T102", "day": DAY.isoformat(), "came": "09:40"}
    for role, node in (("lobby_manager", "B01"), ("supervisor", "B01"), ("regional", "R01")):
        for step in ("enter", "remove"):
            client = again(role) if step == "remove" else signed_in(role, node_code=node)  # type: ignore[arg-type]
            assert client.post(f"/attendance/B01/{step}/", form).status_code == 403


def test_an_empty_week_offers_the_newest_recorded_one() -> None:
    text = signed_in("branch_manager", node_code="B01").get(f"/attendance/B01/?week={WEEK.plus(1)}").text
    assert "nothing was recorded" in text
    assert f"?week={WEEK}" in text


def test_another_branch_is_not_shown() -> None:
    assert signed_in("branch_manager", node_code="B02").get(PAGE).status_code == 403


def test_the_number_of_queries_does_not_depend_on_what_there_is() -> None:
    signed_in("branch_manager", node_code="B01")
    client, counted = again("branch_manager"), []
    for address in (PAGE, f"/attendance/B01/?week={WEEK.plus(1)}"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
