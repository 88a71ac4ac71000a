"""Every page: who may see it, in both languages, under the strict content policy, with a constant number of queries."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bankhall.apps.access.queries import MAY, Action
from bankhall.kernel.scope import ROLES, Role
from tests.factories.bank import WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import answer, draft, published, work
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db

PAGES: dict[str, tuple[str, Action]] = {
    "network": ("/network/", "see_network"),
    "branch plan": (f"/plan/B01/{WEEK}/", "see_plan"),
    "what ifs": (f"/plan/B01/{WEEK}/what-if/", "see_plan"),
    "compare": (f"/plan/B01/{WEEK}/compare/?from=1&to=1", "see_plan"),
    "print": (f"/plan/B01/{WEEK}/print/", "see_plan"),
    "slips": (f"/plan/B01/{WEEK}/slips/", "see_plan"),
    "imports": ("/records/", "see_records"),
    "forecast": ("/forecast/B01/", "see_forecast"),
    "my roster": ("/my/roster/?week=2026-W49", "see_own_roster"),
    "calendar": ("/calendar/?year=2026", "see_network"),
    "rules": ("/rules/", "see_network"),
    "season of a branch": ("/season/B01/", "see_plan"),
    "lending": (f"/lending/?week={WEEK}", "see_lending"),
    "today": ("/today/B01/", "see_plan"),
    "day": ("/day/B01/", "see_plan"),
    "attendance": ("/attendance/B01/", "see_metrics"),
    "trail": ("/trail/", "see_audit"),
    "runs": ("/runs/", "see_runs"),
    "notices": ("/my/notices/", "see_own_notices"),
    "notices by mail": ("/my/notices/settings/", "see_own_notices"),
    "ask": ("/my/ask/", "ask_for_oneself"),
    "my requests": ("/my/requests/", "ask_for_oneself"),
    "offers": ("/my/offers/", "ask_for_oneself"),
    "balance": ("/my/balance/", "ask_for_oneself"),
    "my pace": ("/my/pace/", "see_own_speed"),
    "pace of a branch": ("/pace/B01/", "see_speeds"),
    "requests": ("/requests/B01/", "see_requests"),
    "findings": ("/findings/", "see_findings"),
    "year": ("/requests/B01/year/", "see_year"),
    "leave calendar": ("/requests/B01/calendar/", "see_leave_calendar"),
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:|<style", re.IGNORECASE)
UNSAID = re.compile(r"\[[a-z_]+\.[a-z_.]+\]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _planned() -> None:
    load_bank(small_bank())
    published()


def whole_head(html: str) -> str:
    """A page's title."""
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_the_pages_that_the_table_names(role: Role) -> None:
    client = signed_in(role, staff_no="T101")
    for name, (url, action) in PAGES.items():
        assert client.get(url).status_code == (200 if role in MAY[action] else 403), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(PAGES))
def test_each_page_speaks_one_language_and_keeps_the_policy(name: str, language: str) -> None:
    url, action = PAGES[name]
    role: Role = next(role for role in ("branch_manager", "auditor", "risk") if role in MAY[action])
    answer = signed_in(role, language, staff_no="T101").get(url)
    assert answer.status_code == 200
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in answer.text
    assert not INLINE.search(answer.text)
    assert not UNSAID.search(answer.text)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    title = re.search(r"<title>(.*?)</title>", answer.text)
    assert title
    assert ("厅堂" if language == "zh-hans" else "Bankhall") in title[1]
    assert bool(CHINESE.search(whole_head(answer.text))) == (language == "zh-hans") or name in ("my roster", "print")


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_say_that_data_are_synthetic(language: str) -> None:
    client = signed_in("branch_manager", language)
    mark = "合成数据" if language == "zh-hans" else "Synthetic data"
    for url in (f"/plan/B01/{WEEK}/", f"/plan/B01/{WEEK}/print/", "/network/"):
        assert mark in client.get(url).text


def test_a_station_without_a_page_is_plain_text() -> None:
    html = signed_in("branch_manager").get("/network/").text
    assert "<span>Effect</span>" in html
    assert 'aria-current="page">Plan</a>' in html
    assert re.search(r'<a href="/records/"[^>]*>Records</a>', html)


def test_a_station_out_of_reach_is_plain_text_too() -> None:
    html = signed_in("teller", staff_no="T102").get("/my/roster/").text
    assert "<span>Plan</span>" in html


@pytest.mark.parametrize(
    ("role", "page"), [("branch_manager", "network"), ("teller", "my-roster"), ("administrator", "people")]
)
def test_the_first_page_follows_the_role(role: Role, page: str) -> None:
    assert signed_in(role).get("/")["Location"] == reverse(page)


def test_the_language_is_chosen_and_kept() -> None:
    client = Client()
    assert "登录" in client.get("/sign-in/").text
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert "Sign in" in client.get("/sign-in/").text


def test_nobody_is_sent_to_another_house() -> None:
    client = Client()
    for away in ("https://elsewhere.example/", "//elsewhere.example/"):
        assert client.post("/language/", {"language": "en", "next": away})["Location"] == "/"


def test_large_type_is_remembered_on_the_device() -> None:
    client = signed_in("teller", staff_no="T102")
    client.post("/type/", {"type": "large", "next": "/my/roster/"})
    assert 'data-type="large"' in client.get("/my/roster/").text


def test_the_network_asks_as_often_for_three_branches_as_for_one() -> None:
    client = signed_in("head_office")
    one = queries_of(client, f"/network/?week={WEEK}")
    load_bank(small_bank(3))
    for code, staff_no in (("B02", "T201"), ("B03", "T301")):
        draft(answer((work(staff_no, branch_code=code),), branch_code=code), branch_code=code)
    assert queries_of(client, f"/network/?week={WEEK}") == one


def test_filters_stand_in_the_address() -> None:
    load_bank(small_bank(3))
    client = signed_in("head_office")
    html = client.get(f"/network/?week={WEEK}&state=published").text
    assert "Branch B01" in html
    assert "Branch B02" not in html
    assert "Branch B02" in client.get(f"/network/?week={WEEK}&q=B02").text
    assert "No branch fits" in client.get(f"/network/?week={WEEK}&q=nobody").text


def test_nonsense_in_the_address_is_no_fault() -> None:
    client = signed_in("branch_manager", staff_no="T101")
    for url in (
        "/network/?week=x&page=-3&gap=y", f"/plan/B01/{WEEK}/?day=x", "/my/roster/?week=%00",
        "/calendar/?year=99999999",
        "/forecast/B01/?day=x",
    ):  # fmt: skip
        assert client.get(url).status_code == 200, url
