"""Illness at half past seven, on phones: proposal, question, yes, publication, acknowledgement, confirmation."""

from datetime import datetime

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.rosters.models import Acknowledgement, Roster, StepTaken
from bankhall.apps.runs.models import Run
from bankhall.config.clock import RealClock
from tests.browser.visits import Visit, seen
from tests.factories import loans
from tests.factories.bank import WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.today import HALF_PAST_SEVEN, computed, mark, monday
from tests.web.people import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class MondayMorning(RealClock):
    """Half past seven of the published Monday."""

    def now(self) -> datetime:
        return HALF_PAST_SEVEN


@pytest.fixture(autouse=True)
def _bank(_site: None, settings: Settings) -> None:
    settings.CLOCK = MondayMorning("Asia/Shanghai")
    load_bank(small_bank())
    open_account("branch_manager", node_code="B01")
    open_account("teller", node_code="B01", staff_no="T103")
    open_account("supervisor", node_code="B01")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [True, False])
def test_illness_at_half_past_seven_ends_with_a_changed_day_that_everybody_has_seen(
    visit: Visit, language: str, phone: bool
) -> None:
    monday()
    name = f"{'phone' if phone else 'desk'}.{language[:2]}"
    page = visit.signed_in("branch_manager", language, phone=phone)
    page.goto(f"{visit.url}/today/B01/")
    seen(page, f"today-quiet.{name}")
    page.click("#p-T101 summary")
    page.click("#p-T101 details .btn.main")
    page.wait_for_selector("#proposal progress")
    computed()
    Run.objects.update(state="done")
    page.wait_for_selector("#come .btn.main")  # of itself: the page asks while it is seen
    seen(page, f"today-proposal.{name}")
    page.click("#come .btn.main")
    page.wait_for_selector("#come .chip.plan")
    teller = visit.signed_in("teller", language, phone=True)
    teller.goto(f"{visit.url}/my/roster/")
    seen(teller, f"my-asked.{name}")
    teller.click("button[value=yes]")
    teller.wait_for_selector("button[value=yes]", state="detached")
    computed()
    page.goto(f"{visit.url}/today/B01/")
    page.click("#proposal form .btn.main")
    page.wait_for_selector("#seen")
    seen(page, f"today-published.{name}")
    assert Roster.objects.get(state="published").version == 2
    teller.goto(f"{visit.url}/my/roster/?week={WEEK}")
    seen(teller, f"my-changed.{name}")
    teller.click("form[action*='/my/seen/'] .btn.main")
    teller.wait_for_selector("form[action*='/my/seen/']", state="detached")
    assert Acknowledgement.objects.get(staff_no="T103").at is not None
    supervisor = visit.signed_in("supervisor", language, phone=phone)
    supervisor.goto(f"{visit.url}/plan/B01/{WEEK}/")
    supervisor.click(".ticket form[action*='/review/'] .btn.main")
    supervisor.wait_for_url("**/today/B01/")
    assert StepTaken.objects.filter(step="review", by_code="supervisor").exists()
    page.goto(f"{visit.url}/today/B01/")
    seen(page, f"today-seen.{name}")


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("zh-hans", True)])
def test_a_neighbour_comes_with_one_tap_of_each_and_stands_on_both_sheets(
    visit: Visit, language: str, phone: bool
) -> None:
    load_bank(loans.lending_bank())
    open_account("branch_manager", node_code="B02", username="giving")
    open_account("teller", node_code="B02", username="lent", staff_no="T203")
    monday()
    loans.publish("B02", loans.rows("B02", "T201", "T202"))
    mark("T101")
    computed()
    name = f"{'phone' if phone else 'desk'}.{language[:2]}"
    page = visit.signed_in("branch_manager", language, phone=phone)
    page.goto(f"{visit.url}/today/B01/")
    seen(page, f"today-near.{name}")
    page.click("#come article:has(input[value=T203]) .btn.main")
    page.wait_for_selector("#come .chip.plan")
    home = visit.signed_in("giving", language, phone=phone)
    home.goto(f"{visit.url}/lending/?week={WEEK}")
    seen(home, f"lending-today.{name}")
    home.click("#loans .btn.main")
    home.wait_for_selector("#loans .btn.main", state="detached")
    lent = visit.signed_in("lent", language, phone=True)
    lent.goto(f"{visit.url}/my/roster/")
    lent.click("button[value=yes]")
    lent.wait_for_selector("button[value=yes]", state="detached")
    computed()
    page.goto(f"{visit.url}/today/B01/")
    seen(page, f"today-near-agreed.{name}")
    page.click("#proposal form .btn.main")
    page.wait_for_selector("#seen")
    lent.goto(f"{visit.url}/my/roster/?week={WEEK}")
    seen(lent, f"my-near.{name}")
    for branch in ("B01", "B02"):
        rows = Roster.objects.get(state="published", branch_code=branch).stretches.filter(staff_no="T203")
        assert rows.exists()
