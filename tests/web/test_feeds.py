"""A calendar reads published shifts by a link that nobody can guess, until it is withdrawn."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bankhall.apps.audit.models import Line
from bankhall.apps.identity import actions as identity
from bankhall.apps.notices import rules
from bankhall.apps.notices.models import FeedCount, FeedLink
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import TWO_ALL_WEEK, TWO_ON_MONDAY
from tests.factories.rosters import answer, published
from tests.web.counted import queries_of
from tests.web.people import SYSTEM, signed_in

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/feed/[\w-]{40,}\.ics)")


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


@pytest.fixture
def teller() -> Client:
    return signed_in("teller", node_code="B01", staff_no="T101")


def link_of(client: Client) -> str:
    found = LINK.search(client.post("/my/feed/", {"do": "make"}).text)
    assert found is not None
    return found[1]


def test_the_link_serves_the_persons_own_published_shifts_to_whoever_has_it(teller: Client) -> None:
    published(answer(TWO_ON_MONDAY))
    got = Client().get(link_of(teller))
    assert got.status_code == 200
    assert got["Content-Type"].startswith("text/calendar")
    assert "no-store" in got["Cache-Control"]
    assert got.text.count("BEGIN:VEVENT") == 1
    assert "UID:T101-2026-11-30@bankhall" in got.text
    assert "T102" not in got.text
    assert "人12" not in got.text


def test_nothing_that_is_not_published_is_served(teller: Client) -> None:
    got = Client().get(link_of(teller))
    assert got.status_code == 200
    assert "VEVENT" not in got.text


def test_a_withdrawn_link_opens_nothing(teller: Client) -> None:
    link = link_of(teller)
    assert "A link is in use since" in teller.get("/my/roster/").text
    teller.post("/my/feed/", {"do": "withdraw"})
    assert Client().get(link).status_code == 404
    assert "A link is in use since" not in teller.get("/my/roster/").text


def test_a_new_link_ends_the_one_before(teller: Client) -> None:
    old, new = link_of(teller), link_of(teller)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


def test_the_link_of_somebody_who_left_opens_nothing(teller: Client) -> None:
    link = link_of(teller)
    identity.close_account("teller", by=SYSTEM.actor, scope=SYSTEM)
    assert Client().get(link).status_code == 404


def test_the_store_and_the_trail_do_not_know_the_link(teller: Client) -> None:
    secret = link_of(teller).split("/")[-1].removesuffix(".ics")
    assert secret not in str([*FeedLink.objects.values(), *Line.objects.values()])


def test_the_link_is_shown_once_and_who_has_no_roster_makes_none(teller: Client) -> None:
    assert LINK.search(teller.post("/my/feed/", {"do": "make"}).text)
    assert LINK.search(teller.get("/my/roster/").text) is None
    assert signed_in("auditor").post("/my/feed/", {"do": "make"}).status_code == 403


def test_who_guesses_is_slowed_down_and_who_has_a_link_is_not(teller: Client) -> None:
    link, stranger = link_of(teller), Client()
    answers = [stranger.get(f"/feed/guess{number}.ics").status_code for number in range(rules.WRONG_ASKS + 1)]
    assert answers == [404] * rules.WRONG_ASKS + [429]
    assert stranger.get(link).status_code == 200


def test_a_link_is_not_asked_all_day_long(teller: Client) -> None:
    link, phone = link_of(teller), Client()
    assert phone.get(link).status_code == 200
    FeedCount.objects.filter(who__startswith="link:").update(asked=rules.LINK_ASKS)
    assert phone.get(link).status_code == 429
    FeedCount.objects.update(since=timezone.now() - rules.FEED_SPAN - timedelta(seconds=1))
    assert phone.get(link).status_code == 200


def test_the_link_opens_in_the_calendar_and_can_be_copied(teller: Client) -> None:
    html = teller.post("/my/feed/", {"do": "make"}).text
    address = LINK.search(html)
    assert address is not None
    assert f'href="webcal://testserver{address[1]}"' in html
    assert 'data-copy="feed"' in html
    roster = teller.get("/my/roster/").text
    assert 'href="#feed-title"' in roster


def test_the_calendar_asks_as_often_for_a_week_of_shifts_as_for_one(teller: Client) -> None:
    counts = []
    for rows in (TWO_ON_MONDAY, TWO_ALL_WEEK):
        published(answer(rows))
        link = link_of(teller)
        queries_of(Client(), link)  # the first reading begins its count
        counts.append((queries_of(Client(), link), queries_of(teller, "/my/roster/")))
    assert counts[0] == counts[1]
