"""The page "During the day": what is known is said, and what is not."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.rosters.models import DayLook, Roster
from bankhall.config.clock import FixedClock
from tests.apps.rosters.test_during_day import SPLIT, look, proposal, records
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import published
from tests.web.people import LANGUAGES, again, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(settings: object) -> None:
    """The Monday of the published week, at eight."""
    load_bank(small_bank(2))
    settings.CLOCK = FixedClock(MONDAY, "Asia/Shanghai")  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rest_of_the_day_stands_beside_the_morning_with_what_would_help(language: str) -> None:
    published()
    records(470, 475)
    look(proposal(), proposal(added=(), kind="call_in", code="teller", to_start=None), minute=480)
    text = signed_in("branch_manager", language, node_code="B01").get("/day/B01/").text
    zh = language == "zh-hans"
    assert ("还会来" if zh else "Still to come") in text
    assert ("十天中有八天在 60–99" if zh else "8 in 10: 60–99") in text
    assert ("的休息从 12:00 挪到 13:00" if zh else ": break from 12:00 to 13:00") in text
    assert ("照办" if zh else "Do it") in text
    assert 'href="/today/B01/"' in text
    assert ("谁能来？" if zh else "Who can come?") in text
    assert text.index("先挪休息" if zh else "Move a break") < text.index("叫人来" if zh else "Call somebody in")


def test_one_press_puts_a_proposal_into_the_plan() -> None:
    published()
    records(475)
    number = look(minute=480)
    client = signed_in("branch_manager", node_code="B01")
    answer = client.post("/day/B01/take/", {"look": number, "place": 0}, follow=True)
    assert "as a new version" in answer.text
    assert Roster.objects.get(state="published").stretches.count() == len(SPLIT) + 1


def test_why_a_proposal_cannot_be_taken_is_said_in_words() -> None:
    published()
    number = look(replay=True, minute=480)
    client = signed_in("branch_manager", node_code="B01")
    assert "only today&#x27;s plan is changed" in client.post(
        "/day/B01/take/", {"look": number, "place": 0}, follow=True
    ).text  # fmt: skip


def test_the_lobby_manager_reads_but_has_nothing_to_press() -> None:
    published()
    number = look(minute=480)
    client = signed_in("lobby_manager", node_code="B01")
    text = client.get("/day/B01/").text
    assert "break from 12:00 to 13:00" in text
    assert "Do it" not in text
    assert client.post("/day/B01/take/", {"look": number, "place": 0}).status_code == 403


def test_nothing_imported_is_said_with_a_way_to_an_earlier_day() -> None:
    records(545, day=date(2026, 11, 27))
    text = signed_in("branch_manager", node_code="B01").get("/day/B01/").text
    assert "Nothing of today has been imported" in text
    assert "/day/B01/?day=2026-11-27&amp;at=11%3A00" in text


def test_a_replay_is_marked_and_offers_nothing_to_press() -> None:
    day = MONDAY - timedelta(days=3)
    records(545, 700, day=day)
    look(day=day, replay=True, minute=660)
    client = signed_in("branch_manager", node_code="B01")
    text = client.get(f"/day/B01/?day={day}&at=11:00").text
    assert "A replay: the day as it stood at 11:00" in text
    assert "Do it" not in text


def test_a_look_is_asked_for_and_its_progress_shown() -> None:
    published()
    client = signed_in("branch_manager", node_code="B01")
    assert client.post("/day/B01/look/").status_code == 302
    assert "queued" in client.get("/day/B01/").text


def test_a_moment_that_has_not_come_is_refused_in_words() -> None:
    client = signed_in("branch_manager", node_code="B01")
    answer = client.post("/day/B01/look/", {"day": "2026-12-01", "at": "11:00"}, follow=True)
    assert "has not come yet" in answer.text


def test_another_branchs_day_is_not_shown() -> None:
    published()
    look(minute=480)
    client = signed_in("branch_manager", node_code="B02")
    assert client.get("/day/B01/").status_code == 403
    assert client.post("/day/B01/look/").status_code == 403


def test_the_number_of_queries_does_not_depend_on_what_there_is() -> None:
    published()
    records(475)
    signed_in("branch_manager", node_code="B01")
    client, counted = again("branch_manager"), []
    for many in (1, 3):
        while DayLook.objects.count() < many:
            look(*[proposal()] * many, minute=480)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/day/B01/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert settings.CLOCK.today() == MONDAY
