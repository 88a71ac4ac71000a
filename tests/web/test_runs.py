"""The page of runs: what runs by the clock and by request, stopped and set by those who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run, SetHour
from bankhall.apps.runs.queries import timetable
from bankhall.kernel.scope import Actor
from bankhall.web.runs.views import local_now
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.web.people import again, signed_in

pytestmark = pytest.mark.django_db
HOUR = {"at": "04:15", "weekday": ["1", "2"], "catch_up_days": "3", "is_on": "1"}


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def ask(number: int = 0, branch_code: str = "B01") -> int:
    return runs.submit("plan_branch", {"n": number}, by=Actor("li", "李敏"), branch_code=branch_code)


def test_the_timetable_stands_there_in_the_order_of_the_day() -> None:
    html = signed_in("head_office").get("/runs/").text
    said = ["Look into the inbox", "Issue forecasts", "Measure a branch", "Tidy the files of the history", "Publish at"]
    places = [html.index(words) for words in said]
    assert places == sorted(places)
    assert "every day at 01:00" in html


def test_an_hour_is_set_by_head_office_and_the_page_says_by_whom() -> None:
    office = signed_in("head_office")
    assert 'name="at"' in office.get("/runs/?edit=measure_branch").text
    assert office.post("/runs/hour/measure_branch/", HOUR).status_code == 302
    html = office.get("/runs/?edit=measure_branch").text
    assert "Mon, Tue at 04:15" in html
    assert "catches up 3 days" in html
    assert "set by 王敏" in html


@pytest.mark.parametrize("wrong", [{"at": "soon"}, {"weekday": []}, {"catch_up_days": "99"}])
def test_an_hour_that_cannot_be_is_told_and_changes_nothing(wrong: dict[str, object]) -> None:
    answer = signed_in("head_office").post("/runs/hour/measure_branch/", HOUR | wrong)
    assert answer.status_code == 422
    assert not SetHour.objects.exists()


def test_the_hour_of_publishing_is_offered_to_nobody() -> None:
    office = signed_in("head_office")
    assert 'name="at"' not in office.get("/runs/?edit=publish_due").text
    assert office.post("/runs/hour/publish_due/", HOUR).status_code == 409


def test_a_branch_sees_the_timetable_and_may_not_set_it() -> None:
    manager = signed_in("branch_manager", node_code="B01")
    assert "?edit=" not in manager.get("/runs/").text
    assert manager.post("/runs/hour/measure_branch/", HOUR).status_code == 403


def test_a_run_is_stopped_from_the_list_and_one_that_has_ended_is_no_mishap() -> None:
    run_id = ask()
    manager = signed_in("branch_manager", node_code="B01")
    assert f"/runs/{run_id}/stop/" in manager.get("/runs/").text
    for words in ("It is being stopped.", "has ended"):
        answer = manager.post(f"/runs/{run_id}/stop/", follow=True)
        assert answer.status_code == 200
        assert words in answer.text
    assert Run.objects.get().state == "cancelled"
    assert f"/runs/{run_id}/stop/" not in manager.get("/runs/").text


def test_a_reader_sees_runs_and_is_offered_no_stop() -> None:
    run_id = ask()
    html = signed_in("auditor").get("/runs/").text
    assert "Plan a week" in html
    assert f"/runs/{run_id}/stop/" not in html


def test_runs_of_other_branches_are_not_there() -> None:
    ask(branch_code="B02")
    html = signed_in("branch_manager", node_code="B01").get("/runs/").text
    assert "Nothing was computed yet" in html


def test_the_list_is_filtered_and_a_failure_says_why_in_words() -> None:
    failed = ask(1)
    ask(2)
    Run.objects.filter(pk=failed).update(state="failed", reason="answer_stale: {'count': 1}")
    office = signed_in("head_office")
    html = office.get("/runs/?state=failed").text
    assert html.partition('id="runs"')[2].count('<th scope="row">Plan a week') == 1
    assert "answer_stale" not in html
    assert "Nothing fits these filters" in office.get("/runs/?kind=import").text


def test_the_page_takes_as_many_queries_for_three_runs_as_for_one() -> None:
    signed_in("head_office")
    taken = []
    for many in (1, 3):
        for number in range(many):
            ask(number)
        client = again("head_office")
        client.get("/runs/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/runs/")
        taken.append(len(captured))
    assert taken[0] == taken[1]


def test_every_entry_is_due_some_time() -> None:
    assert all(line.next_at for line in timetable(local_now()))
