"""The panel "What if", the page of a question, the list, and the comparison of versions."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.what_if import KIND, accept_run
from bankhall.apps.rosters.models import Roster, WhatIf
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run
from bankhall.kernel.plain import to_plain
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import MANAGER, NOW, USUAL, draft, published
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, again, signed_in

pytestmark = pytest.mark.django_db
URL = f"/plan/B01/{WEEK}/"
DAY = MONDAY.isoformat()
MOVED = (USUAL[0], replace(USUAL[1], end=960))
FIELDS = {"windows": "0", "ill": "0", "demand": "20", "moved": "", "promise": "", "for_good": "0", "day": DAY}
UNSAID = re.compile(r"\[[a-z_]+\.[a-z_.]+\]")


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def asked(client: Client, **fields: str) -> str:
    row = Roster.objects.get()
    form = FIELDS | {"version": str(row.version), "edit": str(row.edit)} | fields
    return str(client.post(f"{URL}what-if/", form).headers["Location"])


def answer(*staff_nos: str) -> None:
    """The worker's part for the newest question, with figures of every kind."""
    run = Run.objects.filter(kind=KIND).latest("pk")
    figures = {"cost_fen": 100_000, "unmet_half_hours": 2, "work_minutes": 960}
    now = figures | {"law_breaches": 0, "agreement_breaches": 0}
    differences = [
        {
            "measure": measure,
            "service_code": service,
            "now": 0.9,
            "then": 0.8,
            "change": -0.1,
            "low": -0.2,
            "high": -0.05,
        }
        for service in ("", "cash")
        for measure in ("wait_p50", "wait_p90", "kept_share", "left_share")
    ]
    stretch = to_plain(MOVED[1])
    day = {
        "business_date": DAY,
        "before": [to_plain(USUAL[1])],
        "after": [stretch],
        "moved": [stretch],
    }
    days = [{"staff_no": one, **day} for one in staff_nos or ("T102",)]
    notes = [
        {"code": "ill_chosen", "facts": {"staff_nos": "T101", "people": 1}},
        {"code": "extra_people", "facts": {"minutes": 90}},
        {"code": "hours_assumed", "facts": {}},
        {"code": "windows_shut", "facts": {"windows": "W1", "count": 1}},
    ]
    said = {
        "kind": "week", "assignments": to_plain(MOVED), "roster": {"person_days": days}, "now": now,
        "then": now | {"work_minutes": 900, "law_breaches": 1}, "notes": notes, "differences": differences,
        "replications": 400, "unmoved": differences,
    }  # fmt: skip
    accept_run(runs.RunAnswer(run.pk, KIND, run.question, said, "B01", run.business_date, MANAGER.actor, NOW))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_asked_answered_and_put_into_the_plan(language: str) -> None:
    draft()
    client = signed_in("branch_manager", language, node_code="B01")
    there = asked(client)
    assert 'class="sheet progress"' in client.get(there).text
    answer()
    html = client.get(there).text
    assert ("放进计划" if language == "zh-hans" else "Put into plan") in html
    assert "400" in html
    assert not UNSAID.search(html)
    page = client.get(f"/what-if/{WhatIf.objects.get().pk}/").text
    assert not UNSAID.search(page)
    assert "<ins>" in page
    done = client.post(f"/what-if/{WhatIf.objects.get().pk}/put/", follow=True).text
    assert ("已放进草稿" if language == "zh-hans" else "It is in the draft") in done
    assert {s.end for s in Roster.objects.get().stretches.filter(staff_no="T102")} == {960}


def test_every_field_of_the_panel_becomes_a_question() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    told = {
        "windows": "1", "from": "10:00", "until": "12:00", "post": "teller", "ill": "1", "opens": "08:30",
        "promise": "10", "promise_service": "cash", "moved": "30", "moved_service": "cash",
    }  # fmt: skip
    asked(client, **told)
    kinds = [change["kind"] for change in WhatIf.objects.get().changes]
    assert kinds == ["windows", "ill", "hours", "promise", "demand", "moved"]
    html = client.get(f"{URL}what-if/").text
    assert "teller windows +1" in html.lower()
    assert "opening at 08:30" in html


def test_an_empty_question_says_what_to_do() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    assert "change at least one thing" in client.get(asked(client, demand="0")).text


def test_a_name_is_kept_and_shown_in_the_list() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    asked(client)
    client.post(f"/what-if/{WhatIf.objects.get().pk}/name/", {"name": "pension day"})
    assert "pension day" in client.get(f"{URL}what-if/").text


def test_a_reader_asks_but_does_not_put_in() -> None:
    draft()
    client = signed_in("auditor", node_code="B01")
    there = asked(client)
    answer()
    assert "Put into plan" not in client.get(there).text
    assert client.post(f"/what-if/{WhatIf.objects.get().pk}/put/").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_versions_are_compared(language: str) -> None:
    published()
    client = signed_in("branch_manager", language, node_code="B01")
    asked(client)
    answer()
    actions.put_into_plan(WhatIf.objects.get().pk, by=MANAGER.actor, scope=MANAGER)
    plan = again("branch_manager", language).get(URL).text
    assert f"{URL}compare/?from=1&amp;to=2" in plan
    html = client.get(f"{URL}compare/?from=1&to=2").text
    assert not UNSAID.search(html)
    assert "<del>" in html
    assert ("逐半小时" if language == "zh-hans" else "Half hour by half hour") in html


def test_a_version_beside_itself_says_that_nothing_differs() -> None:
    published()
    html = signed_in("auditor", node_code="B01").get(f"{URL}compare/?from=1&to=1").text
    assert "Nobody stands anywhere else" in html


def test_the_list_and_the_plan_ask_as_often_for_three_questions_as_for_one() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    asked(client)
    pages = (f"{URL}what-if/", URL)
    one = [queries_of(client, page) for page in pages]
    for more in ("30", "40"):
        asked(client, demand=more)
    assert client.get(f"{URL}what-if/").text.count("/what-if/") >= 3
    assert [queries_of(client, page) for page in pages] == one


def test_the_page_of_a_question_asks_as_often_however_many_people_move() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    counts = []
    for more, people in (("20", ("T102",)), ("30", ("T101", "T102", "T103"))):
        asked(client, demand=more)
        answer(*people)
        counts.append(queries_of(client, f"/what-if/{WhatIf.objects.latest('pk').pk}/"))
    assert counts[0] == counts[1]


def test_the_comparison_asks_as_often_for_two_versions_as_for_one() -> None:
    published()
    client = signed_in("branch_manager", node_code="B01")
    one = queries_of(client, f"{URL}compare/?from=1&to=1")
    asked(client)
    answer()
    actions.put_into_plan(WhatIf.objects.get().pk, by=MANAGER.actor, scope=MANAGER)
    assert queries_of(client, f"{URL}compare/") == one


def test_windows_are_asked_about_where_there_are_windows() -> None:
    draft()
    html = signed_in("branch_manager", node_code="B01").get(URL).text
    offered = html.split('<select class="field" name="post"')[1].split("</select>")[0]
    assert re.findall(r'value="(\w+)"', offered) == ["teller"]
