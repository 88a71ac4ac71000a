"""Pace on the pages: one's own with its range and its use, the branch's by name for its manager, nobody else's."""

import re
from datetime import date

import pytest
from django.test import Client

from bankhall.apps.rosters.actions.speeds import take_speeds
from bankhall.kernel.scope import ROLES, Role
from tests.factories.bank import agreed, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, again, open_account, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
QUICK = {"state": "known", "visits": 800, "mean_minutes": 6.0, "speed": 1.25, "low": 1.2, "high": 1.5}
FEW = {"state": "too_few", "visits": 42, "mean_minutes": 6.0, "speed": 1.0, "low": 1.0, "high": 1.0}


def people(**known: dict[str, object]) -> None:
    rows = [{"staff_no": code, **row} for code, row in known.items()]
    answer = {"branch_code": "B01", "first": "2026-09-28", "last": "2026-11-22", "people": rows}
    take_speeds(answer, on=TODAY, by=SYSTEM.actor, scope=SYSTEM)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))
    people(T103=QUICK, T101=FEW)


@pytest.mark.parametrize("role", ROLES)
def test_the_branchs_page_opens_for_its_manager_alone_and_ones_own_for_staff(role: Role) -> None:
    open_account(role, node_code="B01", staff_no="T101")
    client = again(role)
    assert client.get("/pace/B01/").status_code == (200 if role == "branch_manager" else 403)
    assert client.get("/pace/B02/").status_code == 403
    staff = role in ("teller", "lobby_manager", "relationship_manager", "branch_manager", "supervisor")
    assert client.get("/my/pace/").status_code == (200 if staff else 403)


@pytest.mark.parametrize("role", ROLES)
def test_no_other_page_and_no_address_for_programs_tells_a_pace(role: Role) -> None:
    open_account(role, node_code="B01", staff_no="T101")
    client = again(role)
    for address in ("/requests/B01/", "/my/roster/", "/runs/", "/trail/", "/findings/", "/api/v1/openapi.json"):
        body = client.get(address).text
        assert "4.8 min" not in body, address
        assert "mean_minutes" not in body, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_pace_stands_beside_the_mean_with_range_and_use(language: str) -> None:
    html = signed_in("teller", language, node_code="B01", staff_no="T103").get("/my/pace/").text
    unit = "分" if language == "zh-hans" else "min"
    for words in (f"4.8 {unit}", f"4–5 {unit}", f"6 {unit}", "800"):
        assert words in html, words
    assert ("用途" if language == "zh-hans" else "What it is for") in html


def test_too_few_are_said_to_be_too_few_and_no_figure_is_given() -> None:
    html = signed_in("teller", node_code="B01", staff_no="T101").get("/my/pace/").text
    assert "too few to say (42 services, at least 100 are needed)" in html
    assert "6 min" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_managers_table_goes_by_name_and_not_by_pace(language: str) -> None:
    people(T101=QUICK, T102=QUICK | {"speed": 1.4}, T103=QUICK | {"speed": 1.3})
    html = manager(language).get("/pace/B01/").text
    assert re.findall(r'<th scope="row" class="nowrap">(.*?)</th>', html) == ["人11", "人12", "人13"]
    assert "sort" not in html.split("<table")[1].split("</table>")[0]


def manager(language: str = "en") -> Client:
    return signed_in("branch_manager", language, node_code="B01", staff_no="T103")


def test_pages_ask_as_often_for_three_people_as_for_one() -> None:
    client = manager()
    people(T101=QUICK)
    alone = queries_of(client, "/pace/B01/"), queries_of(client, "/my/pace/")
    people(T101=QUICK, T102=QUICK, T103=FEW)
    assert (queries_of(client, "/pace/B01/"), queries_of(client, "/my/pace/")) == alone


def test_the_banks_switch_is_a_rule_on_the_rules_page() -> None:
    client = manager()
    assert '<td class="n">4.8</td>' in client.get("/pace/B01/").text
    rule = {"rule_code": "speeds_off", "branch_code": "", "value": "1", "rule_class": "agreement",
            "valid_from": TODAY.isoformat(), "valid_until": "", "source": "agreement with the staff"}  # fmt: skip
    assert client.post("/rules/set/", rule).status_code == 403
    assert signed_in("head_office").post("/rules/set/", rule).status_code == 302
    for address in ("/pace/B01/", "/my/pace/"):
        html = client.get(address).text
        assert "switched it off" in html
        assert "4.8" not in html


def test_switched_off_says_so_before_anything_was_learned() -> None:
    add_rule(agreed("speeds_off", 1))
    assert "switched it off" in manager().get("/pace/B01/").text
