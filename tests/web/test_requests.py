"""The pages of requests: asked on the phone, refused with the reason, the nearest day taken; answered; swapped."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.people import actions as people
from bankhall.apps.people.actions import Asking, Booking
from bankhall.apps.people.models import AbsenceAsked
from bankhall.apps.people.states import Account, LineKind
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import Offering
from bankhall.apps.rosters.models import Roster, ShiftOffer
from bankhall.apps.rosters.queries.offers import offers_open_to
from bankhall.kernel.bank.people import Absence
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.requests import FIRST, SECOND, THIRD, TUESDAY, TWO_ALL_WEEK, TWO_ON_MONDAY
from tests.factories.rosters import NOW, TODAY, answer, draft, published
from tests.web.counted import queries_of
from tests.web.people import again, open_account, signed_in

pytestmark = pytest.mark.django_db
FORM = {"kind": "leave", "pays": "leave", "first": MONDAY.isoformat(), "last": "", "start": "", "end": ""}


@pytest.fixture(autouse=True)
def _bank() -> None:
    bank = small_bank()
    staff = tuple(replace(p, leave_days_left=5.0, balances_on=TODAY) for p in bank.staff)
    load_bank(replace(bank, staff=staff))


def teller() -> Client:
    return signed_in("teller", node_code="B01", staff_no="T101")


def test_a_day_that_cannot_be_spared_says_why_and_the_nearest_day_is_one_tap_away() -> None:
    draft(answer(TWO_ON_MONDAY, people=3))
    client = teller()
    page = client.post("/my/ask/", FORM)
    assert "These days cannot be spared" in page.text
    assert "1 person short: Teller" in page.text
    assert f'value="{TUESDAY.isoformat()}"' in page.text
    assert not AbsenceAsked.objects.exists()
    assert client.post("/my/ask/", FORM | {"take": TUESDAY.isoformat()}).status_code == 302
    assert AbsenceAsked.objects.get().first == TUESDAY
    assert "waiting for an answer" in client.get("/my/requests/").text


def test_what_cannot_be_asked_is_said_at_the_form_and_kept() -> None:
    page = teller().post("/my/ask/", FORM | {"first": TODAY.isoformat(), "reason": "a knee"})
    assert page.status_code == 422
    assert "the earliest day is" in page.text
    assert "a knee" in page.text


def test_a_request_is_taken_back() -> None:
    client = teller()
    client.post("/my/ask/", FORM)
    client.post(f"/my/requests/{AbsenceAsked.objects.get().pk}/withdraw/")
    assert AbsenceAsked.objects.get().state == "withdrawn"


def test_a_wish_is_stated_and_taken_back() -> None:
    client = teller()
    client.post("/my/wish/", {"day": MONDAY.isoformat(), "wish": "early"})
    assert "early" in client.get("/my/requests/").text
    client.post("/my/wish/", {"day": MONDAY.isoformat(), "wish": "none"})
    assert "Wishes" not in client.get("/my/requests/").text


def test_a_wish_that_comes_too_late_is_refused_at_its_form_and_kept() -> None:
    published(answer(TWO_ON_MONDAY))
    said = teller().post("/my/wish/", {"day": TUESDAY.isoformat(), "wish": "early"})
    assert said.status_code == 422
    assert "offer or swap the shift instead" in said.text
    assert f'value="{TUESDAY}"' in said.text
    assert '<option value="early" selected>' in said.text
    leave, _, wishing = said.text.partition('id="wishing"')
    assert "offer or swap the shift instead" in wishing
    assert 'role="alert"' not in leave
    assert "autofocus" in wishing


def test_what_the_records_grant_is_shown_and_not_asked_for_again() -> None:
    granted = Absence("T101", datetime(2026, 12, 2), datetime(2026, 12, 4), "leave", "granted")
    load_bank(replace(small_bank(), absences=(granted,)))
    client = teller()
    assert "2 Dec–3 Dec" in client.get("/my/requests/").text
    said = client.post("/my/ask/", {"kind": "leave", "first": "2026-12-03", "pays": ""})
    assert said.status_code == 422
    assert "there is nothing to ask for" in said.text
    assert not AbsenceAsked.objects.exists()


def test_the_days_are_asked_about_for_ones_own_post() -> None:
    assert 'href="/requests/B01/calendar/?post=teller"' in teller().get("/my/ask/").text


def test_a_refusal_is_not_ticked_off() -> None:
    page = teller().post("/my/offers/99/take/", follow=True).text
    toast = page.partition('class="toast" role="alert"')[2].partition("</div>")[0]
    assert "i-info" in toast
    assert "i-check" not in toast


def test_the_branch_manager_sees_what_the_day_can_bear_and_answers() -> None:
    draft()
    teller().post("/my/ask/", FORM | {"reason": "a knee"})
    manager = signed_in("branch_manager", node_code="B01")
    page = manager.get("/requests/B01/").text
    assert "Teller 1" in page
    assert "a knee" in page
    number = AbsenceAsked.objects.get().pk
    manager.post(f"/requests/B01/leave/{number}/", {"answer": "no", "reason": ""})
    assert AbsenceAsked.objects.get().state == "asked"
    manager.post(f"/requests/B01/leave/{number}/", {"answer": "yes"})
    assert AbsenceAsked.objects.get().state == "granted"


def test_the_supervisor_reads_requests_without_their_reasons() -> None:
    teller().post("/my/ask/", FORM | {"reason": "a knee"})
    assert "a knee" not in signed_in("supervisor", node_code="B01").get("/requests/B01/").text


def test_a_shift_is_offered_taken_and_agreed_to() -> None:
    published(answer(TWO_ON_MONDAY))
    client = teller()
    refused = client.post("/my/offers/", {"day": MONDAY.isoformat(), "to": "T102", "back": ""})
    assert refused.status_code == 422
    assert "these colleagues could take it: 人13" in refused.text
    assert refused.text.index("I have offered nothing") < refused.text.index("these colleagues could take it")
    assert client.post("/my/offers/", {"day": MONDAY.isoformat(), "to": "T103", "back": ""}).status_code == 302
    number = ShiftOffer.objects.get().pk
    assert [one.hours for one in offers_open_to(THIRD, TODAY)] == [(540, 1020)]
    actions.take_offer(number, on=TODAY, now=NOW, by=THIRD.actor, scope=THIRD)
    manager = signed_in("branch_manager", node_code="B01")
    manager.post(f"/requests/B01/offer/{number}/", {"answer": "yes"})
    assert Roster.objects.get(version=2).state == "proposed"
    assert "version 2" in manager.get("/requests/B01/").text


def test_the_balance_says_what_it_is_made_of() -> None:
    page = teller().get("/my/balance/").text
    assert "leave · 5 days" in page
    assert "balance as imported" in page


def test_the_leave_calendar_shows_what_each_day_can_bear() -> None:
    draft()
    page = teller().get("/requests/B01/calendar/").text
    assert "<b>1</b>" in page
    assert "<b>1*</b>" in page


def test_the_lists_ask_as_often_for_three_requests_as_for_one() -> None:
    draft()
    manager = signed_in("branch_manager", node_code="B01")

    pages, counts = ("/requests/B01/", "/requests/B01/calendar/"), []
    for number, who in enumerate((FIRST, SECOND, THIRD)):
        day = MONDAY + timedelta(days=number)
        actions.ask_leave(Asking("training", day, day), on=TODAY, now=NOW, by=who.actor, scope=who)
        counts.append([queries_of(manager, page) for page in pages])
    assert counts[0] == counts[2]


def test_my_offers_and_my_balance_ask_as_often_for_many_lines_as_for_one() -> None:
    published(answer(TWO_ALL_WEEK))
    open_account("teller", node_code="B01", staff_no="T103", username="third")
    client, third, counts = teller(), again("third"), []  # type: ignore[arg-type]
    days = [MONDAY + timedelta(days=number) for number in range(5)]
    for some in (days[:1], days[1:]):
        for day in some:
            mine = actions.offer_shift(Offering(day), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
            actions.take_offer(mine.offer_id, on=TODAY, now=NOW, by=THIRD.actor, scope=THIRD)
            actions.offer_shift(Offering(day, "T103"), on=TODAY, now=NOW, by=SECOND.actor, scope=SECOND)
        book(5 * len(some))
        counts.append([queries_of(client, "/my/offers/"), queries_of(third, "/my/offers/"),
                       queries_of(client, "/my/balance/")])  # fmt: skip
    assert counts[0] == counts[1]


def book(lines: int) -> None:
    """So many lines in the first teller's ledger."""
    rows = [Booking("T101", Account.OVERTIME, LineKind.WORKED, TODAY, 30, f"week {lines} {n}") for n in range(lines)]
    with audit.act(action_name("people.test_only"), by=SYSTEM.actor, scope=SYSTEM):
        people.book(rows, by=SYSTEM.actor)
