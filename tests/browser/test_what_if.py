"""A what-if beside the plan: its progress is seen, its answer comes of itself, and it becomes the plan."""

import pytest
from playwright.sync_api import Page

from bankhall.apps.rosters.models import Roster
from bankhall.apps.runs.models import Run
from tests.browser.visits import Visit
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import draft
from tests.factories.what_if import answered, answered_for_good
from tests.web.people import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = f"/plan/B01/{WEEK}/?day={MONDAY.isoformat()}"


@pytest.fixture(autouse=True)
def _people(_site: None) -> None:
    load_bank(small_bank())
    open_account("branch_manager", node_code="B01")


def asked(visit: Visit, language: str, phone: bool, **fields: str) -> Page:
    """The plan's page after a question was asked there."""
    draft()
    page = visit.signed_in("branch_manager", language, phone=phone)
    page.goto(visit.url + PLAN)
    page.click("#what-if details summary")
    for field, value in {"windows": "0", **fields}.items():
        page.fill(f"#wi-{field}", value)
    page.click("#what-if .btn.main")
    page.wait_for_selector("#what-if progress")
    return page


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("zh-hans", True)])
def test_a_what_if_becomes_the_plan(visit: Visit, language: str, phone: bool) -> None:
    page = asked(visit, language, phone, demand="20")
    answered()
    Run.objects.update(state="done")
    page.wait_for_selector("#what-if table")  # of itself: the page asks while it is seen
    page.click("#what-if form[action$='/put/'] button")
    page.wait_for_selector(".toast")
    assert {one.end for one in Roster.objects.get().stretches.filter(staff_no="T102")} == {960}


@pytest.mark.parametrize(("language", "phone"), [("zh-hans", False), ("en", True)])
def test_what_is_asked_for_good_says_how_far_it_is_until_the_year_stands_there(
    visit: Visit, language: str, phone: bool
) -> None:
    page = asked(visit, language, phone, good="1")
    assert Run.objects.get().lane == "batch"
    Run.objects.update(state="running", per_cent=40)
    page.wait_for_selector("#what-if progress[value='40']")
    answered_for_good()
    Run.objects.update(state="done")
    page.wait_for_selector("#what-if table")
    assert "P90" in page.inner_text("#what-if")
