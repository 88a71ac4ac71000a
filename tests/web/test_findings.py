"""Findings in words, with how often they came back; left with a reason by who plans the branch."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.findings.actions import Seen, see
from bankhall.apps.findings.models import Finding
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import answer, published, work
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
URL = "/findings/"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def look(kind: str, period: str, branch: str = "B01", code: str = "", **facts: object) -> None:
    subject = Subject("certificate" if code else "branch", code or branch, branch)
    rows = ({"branch_code": branch, "business_date": MONDAY.isoformat(), "slot_start": 540, "post_code": "teller",
             "people_short": 1},)  # fmt: skip
    see(Seen(kind, subject, period, MONDAY, MONDAY, rows, facts, "a test"), by=SYSTEM.actor, scope=SYSTEM)


def everything() -> None:
    for kind in ("promise_not_kept", "plan_not_kept"):
        look(kind, str(WEEK), half_hours=3, of=20, week=str(WEEK))
        look(kind, str(WEEK.plus(1)), half_hours=2, of=18, week=str(WEEK.plus(1)))
    look("cover_lost", MONDAY.isoformat(), day=MONDAY.isoformat(), half_hours=2, week=str(WEEK))
    look("unmet_need", str(WEEK), half_hours=5, week=str(WEEK))
    look("one_person_certificate", str(WEEK), code="B01/gold", certificate_code="gold", people="T101")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_reads_as_a_sentence_with_its_recurrence(language: str) -> None:
    everything()
    html = signed_in("branch_manager", language, node_code="B01").get(URL).text
    said = (
        ("B01支行：11 月 30 日 周一的班发布后少了人，缺 2 个半小时", "只有人11一人有效持有", "出现过 2 期",
         "09:00 柜员缺 1 人")
        if language == "zh-hans"
        else ("Branch B01: the published Mon 30 Nov has lost people since: 2 half hours are not covered again",
              "only 人11 holds a valid gold", "seen in 2 periods", "09:00 Teller: 1 short")
    )  # fmt: skip
    for words in said:
        assert words in html
    assert "{" not in html.partition('id="main"')[2].partition("<script")[0]
    assert "2026-W49" not in html


def test_a_real_plan_that_falls_short_stands_on_the_page() -> None:
    published(answer((work("T101"),)))
    html = signed_in("supervisor", node_code="B01").get(URL).text
    assert "the published plan is short in 2 half hours" in html


def test_one_is_left_with_a_reason_and_not_without() -> None:
    everything()
    number = Finding.objects.get(kind="cover_lost").pk
    client = signed_in("branch_manager", node_code="B01")
    form = {"next": URL, "reason": " "}
    client.post(f"{URL}{number}/leave/", form)
    assert Finding.objects.get(pk=number).state == "open"
    html = client.post(f"{URL}{number}/leave/", form | {"reason": "closed early"}, follow=True).text
    assert "closed early" in html
    assert Finding.objects.get(pk=number).state == "dismissed"


def test_readers_leave_nothing_and_other_branches_stay_out_of_sight() -> None:
    everything()
    look("unmet_need", str(WEEK), "B02", half_hours=7, week=str(WEEK))
    auditor = signed_in("auditor").get(URL).text
    assert "Branch B02" in auditor
    assert "/leave/" not in auditor
    assert "Branch B02" not in signed_in("branch_manager", node_code="B01").get(URL).text


def test_the_list_narrows_to_a_kind_and_says_when_nothing_was_found() -> None:
    client = signed_in("branch_manager", node_code="B01")
    assert "Nothing was found" in client.get(URL).text
    everything()
    html = client.get(f"{URL}?kind=cover_lost").text
    assert html.count('class="ask"') == 1


def test_what_is_gone_says_so() -> None:
    look("cover_lost", MONDAY.isoformat(), day=MONDAY.isoformat(), half_hours=2)
    subject = Subject("branch", "B01", "B01")
    see(Seen("cover_lost", subject, MONDAY.isoformat(), MONDAY, MONDAY, (), {}, "x"), by=SYSTEM.actor, scope=SYSTEM)
    html = signed_in("branch_manager", node_code="B01").get(URL).text
    assert "cover lost; gone at the last look" in html


def test_queries_do_not_depend_on_how_many_there_are() -> None:
    client = signed_in("branch_manager", node_code="B01")
    asked = []
    for n in (1, 3):
        for m in range(n):
            look("one_person_certificate", str(Week.of(date(2026, 11, 2) + timedelta(weeks=m))), code=f"B01/c{m}",
                 certificate_code=f"c{m}", people=f"T10{m + 1}")  # fmt: skip
        client.get(URL)
        with CaptureQueriesContext(connection) as seen:
            html = client.get(URL).text
        asked.append((html.count('class="ask"'), len(seen)))
    assert [lines for lines, _ in asked] == [1, 3]
    assert asked[0][1] == asked[1][1]
