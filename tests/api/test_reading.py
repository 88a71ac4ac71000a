"""What is read by token is what the pages show, page by page, with as many queries for many as for few."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.rosters import queries as rosters
from tests.api.callers import Caller, caller, document, see_a_gap, small_world
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import REGION, TODAY, answer, draft

pytestmark = pytest.mark.django_db


def test_the_week_is_the_one_of_the_page() -> None:
    small_world()
    page = rosters.branch_plan(REGION, "B01", WEEK, day=MONDAY, on=TODAY)
    told = caller("head_office").get(f"/branches/B01/weeks/{WEEK}?day={MONDAY}").json()
    assert told["week"] == str(WEEK)
    assert (told["ref"]["version"], told["state"], told["status"]) == (1, "draft", "feasible")
    assert page.day is not None
    assert [row["staff_no"] for row in told["day"]["rows"]] == [row.staff_no for row in page.day.rows]
    assert told["day"]["waits"][0]["day_p90"]["middle"] == 17.0


def test_chinese_reads_as_chinese() -> None:
    small_world()
    assert "王敏" in caller("head_office").get("/me").text


def test_versions_are_listed_and_laid_side_by_side() -> None:
    small_world()
    asking = caller("head_office")
    (line,) = asking.get("/branches/B01/weeks").json()["items"]
    assert (line["week"], line["version"], line["state"]) == (str(WEEK), 1, "draft")
    sheet = asking.get(f"/branches/B01/weeks/{WEEK}/versions/1").json()
    assert {row["staff_no"] for row in sheet["rows"]} == {"T101", "T102"}
    assert asking.get(f"/branches/B01/weeks/{WEEK}/versions/2").status_code == 404
    assert asking.get(f"/branches/B01/weeks/{WEEK}/compare?from=1&to=1").json()["comparison"]["person_days"] == []


def test_why_answers_for_a_person_and_for_a_half_hour() -> None:
    small_world()
    asking = caller("head_office")
    there = f"/branches/B01/weeks/{WEEK}/why?version=1&edit=1&day=2026-11-30&minute=540"
    assert asking.get(f"{there}&staff_no=T101").json()["facts"]
    assert asking.get(f"{there}&post_code=teller").json()["facts"]


def test_lists_come_in_pages_and_beyond_the_last_is_nothing() -> None:
    load_bank(small_bank(branches=5))
    asking = caller("head_office")
    first, last, beyond = (asking.get(f"/branches?size=2&page={n}").json() for n in (1, 3, 4))
    assert ([one["node_code"] for one in first["items"]], first["pages"]) == (["B01", "B02"], 3)
    assert [one["node_code"] for one in last["items"]] == ["B05"]
    assert beyond["items"] == []


def test_the_trail_goes_back_slice_by_slice() -> None:
    small_world()
    asking = caller("auditor")
    seen: list[int] = []
    before = 0
    while True:
        told = asking.get(f"/audit?size=2&before={before}").json()
        seen += [line["line_id"] for line in told["items"]]
        before = told["before"]
        if not before:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) > 5


def test_reference_records_are_told() -> None:
    small_world()
    asking = caller("head_office")
    assert asking.get("/rules").json()["items"][0]["rule_code"] == "hours_day"
    assert asking.get("/prices").json()["items"]
    assert asking.get("/calendar/2026").json()["known"] is True
    assert asking.get("/services").json()["items"][0]["service_code"] == "cash"
    assert asking.get("/metrics").json()["items"]
    assert asking.get("/timetable").json()["items"][0]["hour"]["at"].count(":") == 2
    assert asking.get("/findings?branch_code=B01").json()["items"][0]["facts"]["half_hours"] == 3


ADDRESSES = ("/branches", f"/network/{WEEK}", "/branches/B01/weeks", "/findings", "/runs", "/audit", "/season",
             f"/lending/{WEEK}", "/rules", f"/branches/B01/weeks/{WEEK}/what-ifs")  # fmt: skip


def queries_of(asking: Caller, address: str) -> int:
    assert asking.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        asking.get(address)
    return len(captured)


def several() -> None:
    for n in (2, 3):
        draft(answer((), branch_code=f"B0{n}"), branch_code=f"B0{n}")
        see_a_gap(f"B0{n}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_list_takes_as_many_queries_for_three_as_for_one(address: str) -> None:
    small_world(branches=3)
    asking = caller("head_office")
    few = queries_of(asking, address)
    more: Callable[[], None] = several
    more()
    assert queries_of(asking, address) == few


def test_the_document_is_open_whole_and_from_nowhere_else() -> None:
    from django.test import Client

    told = Client().get("/api/v1/openapi.json")
    assert told.json()["openapi"] == "3.1.0"
    assert "://" not in told.text
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            assert {"401", "403", "404", "409", "422", "429"} <= set(map(str, operation["responses"])), path
            assert operation["security"], path
            assert operation["summary"], path
            keyed = any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
            assert keyed == (method != "get"), path
