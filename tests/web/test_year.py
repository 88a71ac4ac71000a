"""The year at a glance: planned, fixed and released by clicks, seen by who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.imports import load_bank
from tests.factories.year import proposed_year, weeks, year_bank
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
URL = "/requests/B01/year/"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(year_bank())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unplanned_year_says_so_and_a_planned_one_names_who_is_when(language: str) -> None:
    client = signed_in("branch_manager", language, node_code="B01")
    assert ("还没有安排过全年" if language == "zh-hans" else "Nobody has planned the year yet") in client.get(URL).text
    html = client.post(f"{URL}plan/", follow=True).text
    assert ("提出了 4 个周次" if language == "zh-hans" else "4 weeks are proposed") in html
    assert "○ 人12" in html
    assert ("2026 年" if language == "zh-hans" else "Dec 2026") in html


def test_a_week_is_moved_fixed_and_released_by_clicks() -> None:
    client = signed_in("branch_manager", node_code="B01")
    row = proposed_year()["T102", "mandatory_leave"]
    taken = {one.week for one in weeks().values()}
    html = client.post(f"{URL}{row.pk}/", {"do": "move", "week": sorted(taken - {row.week})[0]}, follow=True).text
    assert "that week does not go: a stand-in or holder of the same post is away" in html
    assert "Fixed. The person is told" in client.post(f"{URL}{row.pk}/", {"do": "fix"}, follow=True).text
    html = client.post(f"{URL}{row.pk}/", {"do": "release", "reason": "exam"}, follow=True).text
    assert "Released. The person is due again." in html
    assert ("T102", "mandatory_leave") in weeks("released")


def test_nothing_unknown_is_done() -> None:
    client = signed_in("branch_manager", node_code="B01")
    row = proposed_year()["T102", "mandatory_leave"]
    for form in ({"do": "burn"}, {}, {"do": "move", "week": "x"}):
        assert client.post(f"{URL}{row.pk}/", form).status_code == 302
    assert client.post(f"{URL}999999/", {"do": "fix"}).status_code == 302
    assert weeks()["T102", "mandatory_leave"].week == row.week


def test_one_s_own_week_has_no_button() -> None:
    proposed_year()
    html = signed_in("branch_manager", node_code="B01", staff_no="T102").get(URL).text
    assert "Your own week is decided by somebody else." in html
    assert html.count('value="fix"') == 3


def test_the_supervisor_notes_what_is_fixed_and_decides_nothing() -> None:
    row = proposed_year()["T102", "mandatory_leave"]
    manager = signed_in("branch_manager", node_code="B01")
    manager.post(f"{URL}{row.pk}/", {"do": "fix"})
    client = signed_in("supervisor", node_code="B01")
    html = client.get(URL).text
    assert "I have seen what is fixed" in html
    assert 'value="fix"' not in html
    assert "Noted." in client.post(f"{URL}note/", follow=True).text
    assert "I have seen what is fixed" not in client.get(URL).text
    assert client.post(f"{URL}{row.pk}/", {"do": "release", "reason": "x"}).status_code == 403


def test_queries_do_not_depend_on_how_many_are_due() -> None:
    client = signed_in("regional", node_code="R01")
    asked = []
    for branch in ("B01", "B02"):
        client.post(f"/requests/{branch}/year/plan/")
        client.get(f"/requests/{branch}/year/")
        with CaptureQueriesContext(connection) as seen:
            html = client.get(f"/requests/{branch}/year/").text
        asked.append((html.count('value="fix"'), len(seen)))
    assert [people for people, _ in asked] == [4, 1]
    assert asked[0][1] == asked[1][1]
