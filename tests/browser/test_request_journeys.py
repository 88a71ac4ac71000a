"""Requests on phones: leave refused with the reason and the nearest day taken; a shift offered, taken, agreed to."""

from dataclasses import replace

import pytest

from bankhall.apps.people.models import AbsenceAsked
from bankhall.apps.rosters.models import Roster
from tests.browser.visits import Visit, seen
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import TUESDAY, TWO_ON_MONDAY
from tests.factories.rosters import TODAY, answer, draft, published
from tests.web.people import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _bank(_site: None) -> None:
    bank = small_bank()
    load_bank(replace(bank, staff=tuple(replace(p, leave_days_left=5.0, balances_on=TODAY) for p in bank.staff)))
    open_account("teller", node_code="B01", staff_no="T101")
    open_account("lobby_manager", node_code="B01", staff_no="T103")
    open_account("branch_manager", node_code="B01")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [True, False])
def test_leave_that_cannot_be_spared_is_refused_with_the_reason_and_the_nearest_day_is_taken(
    visit: Visit, language: str, phone: bool
) -> None:
    draft(answer(TWO_ON_MONDAY, people=3))
    mark = f"{'phone' if phone else 'desk'}.{language[:2]}"
    page = visit.signed_in("teller", language, phone=phone)
    page.goto(f"{visit.url}/my/ask/")
    page.fill("#first", MONDAY.isoformat())
    page.fill("#reason", "a knee")
    page.click("form.sheet .btn.main")
    page.wait_for_selector("section[role=alert]")
    seen(page, f"ask.{mark}")
    page.click("button[name=take]")
    page.wait_for_url("**/my/requests/")
    assert AbsenceAsked.objects.get().first == TUESDAY
    seen(page, f"my-requests.{mark}")
    page.goto(f"{visit.url}/my/balance/")
    seen(page, f"balance.{mark}")
    manager = visit.signed_in("branch_manager", language, phone=phone)
    manager.goto(f"{visit.url}/requests/B01/")
    seen(manager, f"requests.{mark}")
    manager.goto(f"{visit.url}/requests/B01/calendar/")
    seen(manager, f"leave-calendar.{mark}")
    manager.goto(f"{visit.url}/requests/B01/")
    manager.click("button[value=yes]")
    manager.wait_for_load_state()
    assert AbsenceAsked.objects.get().state == "granted"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_shift_is_offered_to_a_named_colleague_who_takes_it(visit: Visit, language: str) -> None:
    published(answer(TWO_ON_MONDAY))
    page = visit.signed_in("teller", language, phone=True)
    page.goto(f"{visit.url}/my/offers/")
    page.select_option("#to", "T103")
    page.click("form.sheet .btn.main")
    page.wait_for_selector(".toasts >> css=*")
    other = visit.signed_in("lobby_manager", language, phone=True)
    other.goto(f"{visit.url}/my/offers/")
    seen(other, f"offers.phone.{language[:2]}")
    other.click(".ask .btn.main")
    other.wait_for_load_state()
    manager = visit.signed_in("branch_manager", language, phone=True)
    manager.goto(f"{visit.url}/requests/B01/")
    manager.click("button[value=yes]")
    manager.wait_for_load_state()
    assert Roster.objects.get(version=2).state == "proposed"
