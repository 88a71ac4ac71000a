"""The panel "What if", the page of a question, the list, and the comparison of versions."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from bankhall.apps.audit import actions as audit
from bankhall.apps.identity.models import User
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import Roster, WhatIf
from bankhall.apps.runs.models import Run
from bankhall.config.clock import RealClock
from bankhall.kernel.bank.people import Post
from bankhall.kernel.bilingual import Bilingual
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.notices import TEST
from tests.factories.rosters import MANAGER, draft, published
from tests.factories.what_if import answered, answered_for_good
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, again, signed_in

pytestmark = pytest.mark.django_db
URL = f"/plan/B01/{WEEK}/"
DAY = MONDAY.isoformat()
FIELDS = {"windows": "0", "ill": "0", "demand": "20", "moved": "", "promise": "", "for_good": "0", "day": DAY}
UNSAID = re.compile(r"\[[a-z_]+\.[a-z_.]+\]")


class ThreeInTheAfternoon(RealClock):
    """The demo's own time, which is not the machine's."""

    def now(self) -> datetime:
        return datetime(2026, 11, 27, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def asked(client: Client, **fields: str) -> str:
    row = Roster.objects.get()
    form = FIELDS | {"version": str(row.version), "edit": str(row.edit)} | fields
    return str(client.post(f"{URL}what-if/", form).headers["Location"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_asked_answered_and_put_into_the_plan(language: str) -> None:
    draft()
    client = signed_in("branch_manager", language, node_code="B01")
    there = asked(client)
    assert 'class="sheet progress"' in client.get(there).text
    answered()
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


def test_windows_of_a_post_that_has_none_are_refused_with_words_beside_the_form() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    back = asked(client, windows="1", **{"from": "10:00", "until": "12:00", "post": "lobby_manager"})
    assert back.endswith("#what-if")
    assert "lobby manager has no windows at this branch" in client.get(back).text
    assert not WhatIf.objects.exists()


def test_the_form_begins_with_the_post_that_has_the_most_windows() -> None:
    small = small_bank()
    at_desk = Post("relationship_manager", Bilingual("客户经理", "RM"), window_kinds=("adviser",))
    desk = replace(small.windows[0], window_code="R1", kind="adviser")
    second = replace(small.windows[0], window_code="W2")
    load_bank(replace(small, posts=(at_desk, *small.posts), windows=(desk, *small.windows, second)))
    draft()
    page = signed_in("branch_manager", node_code="B01").get(f"{URL}?day={DAY}").text
    offered = page.partition('<select class="field" name="post"')[2].partition("</select>")[0]
    assert re.findall(r'value="(\w+)"', offered) == ["teller", "relationship_manager"]


def test_a_question_is_kept_with_the_time_of_the_houses_clock(settings: Settings) -> None:
    settings.CLOCK = ThreeInTheAfternoon("Asia/Shanghai")
    draft()
    asked(signed_in("branch_manager", node_code="B01"))
    assert WhatIf.objects.get().at == ThreeInTheAfternoon("Asia/Shanghai").now()


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
    answered()
    assert "Put into plan" not in client.get(there).text
    assert client.post(f"/what-if/{WhatIf.objects.get().pk}/put/").status_code == 403


def test_the_answer_for_good_tells_its_range_what_is_sure_and_that_wages_are_not_in_it() -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    asked(client, demand="0", for_good="1", good_post="teller")
    answered_for_good()
    html = client.get(f"/what-if/{WhatIf.objects.get().pk}/").text
    assert "−2 to +1" in html
    assert '<b class="u-help">−0.5</b>' in html
    assert "7 of them could be planned both ways" in html
    assert "not the wages of who comes or goes" in html


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "王敏"), ("en", "Wang Min")])
def test_who_asked_reads_in_the_readers_letters(language: str, name: str) -> None:
    draft()
    client = signed_in("branch_manager", language, node_code="B01")
    asked(client)
    row = WhatIf.objects.get()
    with audit.act(TEST, by=SYSTEM.actor, scope=SYSTEM):
        User.objects.filter(username=row.by_code).update(name_en="Wang Min")
        WhatIf.objects.filter(pk=row.pk).update(by_name="王敏")
    assert f">{name}</td>" in client.get(f"{URL}what-if/").text


@pytest.mark.parametrize(("state", "words"), [("cancelled", "cancelled"), ("failed", "failed")])
def test_a_question_whose_run_ended_without_an_answer_says_so_and_is_asked_again(state: str, words: str) -> None:
    draft()
    client = signed_in("branch_manager", node_code="B01")
    asked(client)
    assert "being computed" in client.get(f"{URL}what-if/").text
    Run.objects.filter(kind="what_if").update(state=state)
    listed = client.get(f"{URL}what-if/").text
    assert "being computed" not in listed
    assert f'{words}</span>: <a href="{URL}?day={DAY}#what-if">ask again' in listed
    assert "Ask again on the plan" in client.get(f"/what-if/{WhatIf.objects.get().pk}/").text
    asked(client)
    assert "being computed" in client.get(f"{URL}what-if/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_versions_are_compared(language: str) -> None:
    published()
    client = signed_in("branch_manager", language, node_code="B01")
    asked(client)
    answered()
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
        answered(*people)
        counts.append(queries_of(client, f"/what-if/{WhatIf.objects.latest('pk').pk}/"))
    assert counts[0] == counts[1]


def test_the_comparison_asks_as_often_for_two_versions_as_for_one() -> None:
    published()
    client = signed_in("branch_manager", node_code="B01")
    one = queries_of(client, f"{URL}compare/?from=1&to=1")
    asked(client)
    answered()
    actions.put_into_plan(WhatIf.objects.get().pk, by=MANAGER.actor, scope=MANAGER)
    assert queries_of(client, f"{URL}compare/") == one


def test_windows_are_asked_about_where_there_are_windows() -> None:
    draft()
    html = signed_in("branch_manager", node_code="B01").get(URL).text
    offered = html.split('<select class="field" name="post"')[1].split("</select>")[0]
    assert re.findall(r'value="(\w+)"', offered) == ["teller"]
