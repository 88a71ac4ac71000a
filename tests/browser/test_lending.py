"""A region lends: from the board to the person's phone, and the pages at both widths in both languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Visit, serious
from tests.factories.bank import MONDAY, WEEK
from tests.factories.loans import TAKING, agree, rostered, suggested, two_weeks
from tests.web.people import open_account
from tests.web.test_season import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD = f"/lending/?week={WEEK}"


@pytest.fixture(autouse=True)
def _people(_site: None) -> None:
    two_weeks()
    open_account("regional", node_code="R01")
    open_account("branch_manager", node_code="B02")
    open_account("teller", node_code="B02", staff_no="T203")


def narrow_enough(page: Page) -> bool:
    """Nothing of the page lies beyond its right edge."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_region_lends_and_the_person_acknowledges_on_the_phone(visit: Visit) -> None:
    code = suggested()
    region = visit.signed_in("regional")
    region.goto(f"{visit.url}/network/?week={WEEK}")
    region.get_by_role("link", name="Lending").click()
    expect(region.locator("#suggested")).to_contain_text("人23")
    region.locator("#suggested").get_by_role("button", name="Offer").focus()
    region.keyboard.press("Enter")
    expect(region.locator("#loans")).to_contain_text("offered")
    giving = visit.signed_in("branch_manager")
    giving.goto(visit.url + BOARD)
    giving.get_by_role("button", name="Agree").click()
    expect(giving.locator("#loans")).to_contain_text("giving branch agreed")
    agree(code, TAKING)
    person = visit.signed_in("teller", "zh-hans", phone=True)
    person.goto(f"{visit.url}/my/roster/?week={WEEK}")
    person.get_by_role("button", name="我已知悉，按时到岗").click()
    expect(person.locator(".mine")).to_contain_text("B01支行 · 2 号窗".replace("2 号窗", "W2 号窗"))
    region.goto(f"{visit.url}/plan/B01/{WEEK}/?day={MONDAY}")
    expect(region.locator(".only-wide .d-lent")).to_have_count(1)
    region.goto(visit.url + BOARD)
    expect(region.locator("#loans")).to_contain_text("in both rosters")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_stand_at_both_widths_without_a_serious_finding(visit: Visit, language: str, phone: bool) -> None:
    rostered()
    look("B01")
    look("B02", 3.0)
    page = visit.signed_in("regional", language, phone=phone)
    for url in (BOARD, "/season/", "/season/B01/"):
        page.goto(visit.url + url)
        assert narrow_enough(page), url
        assert serious(page) == [], url
