"""Notices on a phone and at a desk: counted, read, opened; a link for a calendar made and withdrawn."""

from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.notices.states import Channels, MailServer
from tests.browser.visits import Visit, seen
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.factories.notices import tell
from tests.factories.requests import TWO_ON_MONDAY
from tests.factories.rosters import answer, published
from tests.web.people import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _bank(_site: None, settings: Settings) -> None:
    mail = MailServer("127.0.0.1", 25, "none", "hall@bank.example", address="{username}@bank.example")
    settings.NOTICE_CHANNELS = Channels(replace(mail, domains=frozenset({"bank.example"})))
    load_bank(small_bank())
    open_account("teller", node_code="B01", staff_no="T101")
    published(answer(TWO_ON_MONDAY))
    tell("T101", kind="leave_answered", key="leave")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [True, False])
def test_a_notice_is_counted_read_and_leads_to_what_it_is_about(visit: Visit, language: str, phone: bool) -> None:
    mark = f"{'phone' if phone else 'desk'}.{language[:2]}"
    page = visit.signed_in("teller", language, phone=phone)
    assert page.inner_text(".unread").startswith("2")
    page.click(".bell")
    page.wait_for_url("**/my/notices/")
    assert page.locator(".notice.new").count() == 2
    seen(page, f"notices.{mark}")
    page.locator(".notice.new").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/roster/?week=2026-W49")
    assert page.inner_text(".unread").startswith("1")
    page.goto(f"{visit.url}/my/notices/settings/")
    seen(page, f"notice-settings.{mark}")


def test_a_calendar_link_is_made_on_the_phone_and_withdrawn(visit: Visit) -> None:
    page = visit.signed_in("teller", phone=True)
    page.goto(f"{visit.url}/my/roster/?week=2026-W49")
    page.click("button[value=make]")
    link = page.input_value("#feed")
    seen(page, "feed.phone.en")
    assert "BEGIN:VEVENT" in visit.page().request.get(link).text()
    page.click("[data-copy]")
    page.wait_for_selector("[data-copy] >> text=Copied")
    page.click(".form a[href='/my/roster/']")
    page.click("button[value=withdraw]")
    page.wait_for_selector(".toasts >> text=opens nothing")
    assert visit.page().request.get(link).status == 404
