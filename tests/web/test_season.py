"""The season pages: which weeks cannot be staffed, and what would help."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.rosters import actions
from bankhall.kernel.week import Week
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
FIRST = Week(2026, 49)


def row(week: Week, short: float, high: float) -> dict[str, object]:
    return {
        "week": str(week), "open_days": 5, "needed": {"teller": 80.0}, "needed_low": 70.0, "needed_high": 95.0,
        "available": 80.0 - short, "absent_days": 3, "short": {"teller": short}, "short_low": 0.0, "short_high": high,
        "assumed_days": 0,
    }  # fmt: skip


def look(branch_code: str = "B01", short: float = 12.0) -> None:
    """An answer as the job gives it: the first week short, the second only when busy, the others in order."""
    rows = [row(FIRST, short, short + 9), row(FIRST.plus(1), 0.0, 6.0)]
    rows += [row(FIRST.plus(n), 0.0, 0.0) for n in range(2, 12)]
    gap = {"code": "counterfeit", "staff_no": "T102", "saved": 9.5, "low": 4.0, "high": 14.0}
    answer = {
        "branch_code": branch_code, "as_of": "2026-11-23", "weeks": rows, "factors": {}, "error": 0.021,
        "error_plain": 0.05, "recent_weeks": 4, "useful_share": 0.94, "fit_share": 0.7, "certificates": [gap],
        "posts": [{"code": "teller", "staff_no": "", "saved": 12.0, "low": 0.0, "high": 21.0}],
    }  # fmt: skip
    actions.take_season(answer, by=SYSTEM.actor, scope=SYSTEM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_branch_sees_the_week_that_cannot_be_staffed_and_what_would_help(language: str) -> None:
    load_bank(small_bank())
    look()
    text = signed_in("branch_manager", language, node_code="B01").get("/season/B01/").text
    zh = language == "zh-hans"
    assert ("12 周里有 1 周排不出人" if zh else "1 of 12 weeks cannot be staffed") in text
    assert ("忙时才缺" if zh else "only if it gets busy") in text
    assert "人12" in text
    assert "2.1%" in text
    assert "4.0" in text or "4–14" in text


def test_the_days_of_leave_of_a_week_lead_to_its_calendar_for_who_may_see_it() -> None:
    load_bank(small_bank())
    look()
    there = f"/requests/B01/calendar/?first={FIRST.first_day()}"
    assert there in signed_in("branch_manager", node_code="B01").get("/season/B01/").text
    assert there not in signed_in("auditor", node_code="B01").get("/season/B01/").text


def test_a_branch_that_nobody_looked_at_says_so_and_can_be_asked_for() -> None:
    load_bank(small_bank())
    client = signed_in("branch_manager", node_code="B01")
    assert "Nobody has looked ahead yet" in client.get("/season/B01/").text
    assert client.post("/season/look/", {"branch": "B01", "next": "/season/B01/"}).status_code == 302
    assert "queued" in client.get("/season/B01/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_region_sees_the_shortest_branch_first(language: str) -> None:
    load_bank(small_bank(branches=3))
    look("B01", 2.0)
    look("B03", 30.0)
    text = signed_in("regional", language).get("/season/").text
    name = "{}支行" if language == "zh-hans" else "Branch {}"
    assert text.index(name.format("B03")) < text.index(name.format("B01")) < text.index(name.format("B02"))
    assert ("哪几周排不出人？" if language == "zh-hans" else "Which weeks cannot be staffed?") in text


def test_who_sees_one_branch_goes_straight_to_it() -> None:
    load_bank(small_bank(branches=2))
    answer = signed_in("branch_manager", node_code="B02").get("/season/")
    assert (answer.status_code, answer["Location"]) == (302, "/season/B02/")


def test_another_branch_is_not_shown() -> None:
    load_bank(small_bank(branches=2))
    assert signed_in("branch_manager", node_code="B02").get("/season/B01/").status_code == 403


def test_the_number_of_queries_does_not_hang_on_the_number_of_branches() -> None:
    load_bank(small_bank(branches=3))
    look("B01")
    client = signed_in("regional")
    client.get("/season/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/season/")
        return len(caught)

    one = asked()
    look("B02")
    look("B03")
    assert asked() == one


def test_the_newest_look_of_a_day_replaces_the_one_before() -> None:
    load_bank(small_bank())
    look(short=12.0)
    look(short=20.0)
    from bankhall.apps.rosters.models import Season

    (kept,) = Season.objects.all()
    assert (kept.as_of, kept.answer["weeks"][0]["short"]["teller"]) == (date(2026, 11, 23), 20.0)
