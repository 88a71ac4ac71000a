"""Paper as Chromium prints it: as many sheets as the sheets say, filled to the foot, in both languages."""

import dataclasses
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from tests.browser.visits import Visit
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import answer, draft, work
from tests.web.people import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MANY = 17
PRINTED = {"a3": (1512, 1047), "a4": (1047, 718)}
"""A landscape sheet within its margins of 10 mm, in pixels."""


@pytest.fixture(autouse=True)
def _branch(_site: None) -> None:
    bank = small_bank()
    more = tuple(Person(f"T{200 + n}", f"人{n}", "B01", posts=("teller",)) for n in range(MANY))
    load_bank(dataclasses.replace(bank, staff=(*bank.staff, *more)))
    open_account("branch_manager", node_code="B01")
    draft(answer(tuple(stretch for n in range(MANY) for stretch in a_week(f"T{200 + n}", n))))


def a_week(staff_no: str, number: int) -> list[Assignment]:
    """Five days of stretches, of some people more than of others."""
    hours = range(9, 12 + number % 4)
    return [
        work(staff_no, MONDAY + timedelta(days=day), 60 * hour, 60 * hour + 60, kind="post", code="teller")
        for day in range(5)
        for hour in hours
    ]


def filled(page: Page) -> list[float]:
    """How much of each sheet lies above the end of its table."""
    bottoms: list[float] = page.locator(".paper").evaluate_all(
        "all => all.map(one => one.querySelector('table').getBoundingClientRect().bottom"
        " - one.getBoundingClientRect().top)"
    )
    return bottoms


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("size", sorted(PRINTED))
def test_the_wall_sheets_are_full_and_as_many_as_they_say(visit: Visit, size: str, language: str) -> None:
    page = visit.signed_in("branch_manager", language)
    page.goto(f"{visit.url}/plan/B01/{WEEK}/print/?size={size}")
    sheets = page.locator(".paper").count()
    assert sheets == page.locator(".paper footer .signature").count()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == sheets
    width, height = PRINTED[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    assert all(0.85 * height < bottom < height for bottom in filled(page)), filled(page)


def test_slips_share_sheets_and_none_is_cut(visit: Visit) -> None:
    page = visit.signed_in("branch_manager")
    page.goto(f"{visit.url}/plan/B01/{WEEK}/slips/")
    assert page.locator(".slip").count() == MANY
    assert "slip 1 of 17" in page.locator(".slip footer").first.inner_text()
    printed = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    assert MANY / 4 <= printed <= MANY / 2
