"""The rule pack on its page: what binds, set from today on or ended by head office, the past untouched."""

from datetime import date

import pytest

from bankhall.apps.rosters.models import RuleRow
from bankhall.apps.rosters.queries import SET_BY_ROWS, rule_pack
from bankhall.kernel.bank.lookup import rules_on
from bankhall.wording.rules import RULES
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
RULE = {
    "rule_code": "consecutive_days", "branch_code": "B01", "value": "5", "rule_class": "agreement",
    "valid_from": "2026-11-30", "valid_until": "", "source": "agreement of 2026-11",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def binding(day: date) -> float | None:
    """The value that binds B01 on a day."""
    found = rules_on(rule_pack(SYSTEM, TODAY), "B01", day).get("consecutive_days")
    return found.value if found else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pack_is_shown_with_values_in_words_and_sources(language: str) -> None:
    client = signed_in("head_office", language)
    client.post("/rules/set/", RULE | {"rule_code": "rest_between_shifts", "value": "660"})
    html = client.get("/rules/").text
    assert ("11 时" if language == "zh-hans" else "11 h") in html
    assert "agreement of 2026-11" in html
    assert "[" not in html.split("<tbody>")[1].split("</tbody>")[0]


def test_a_rule_holds_from_its_day_and_the_past_stays() -> None:
    before = binding(TODAY)
    assert signed_in("head_office").post("/rules/set/", RULE).status_code == 302
    assert binding(TODAY) == before
    assert binding(date(2026, 11, 30)) == 5


def test_a_rule_is_ended_and_its_row_stays() -> None:
    client = signed_in("head_office")
    client.post("/rules/set/", RULE)
    key = {"rule_code": "consecutive_days", "branch_code": "B01", "starts": "2026-11-30"}
    assert client.post("/rules/end/", key | {"valid_until": "2026-12-06"}).status_code == 302
    assert binding(date(2026, 12, 6)) == 5
    assert binding(date(2026, 12, 7)) == binding(TODAY)
    assert RuleRow.objects.filter(branch_code="B01", rule_code="consecutive_days").count() == 2
    assert client.post("/rules/end/", key | {"starts": "2020-01-01", "valid_until": "2026-12-06"}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""}, {"valid_from": "2026-11-22"}, {"valid_from": ""}, {"valid_until": "2026-11-29"},
        {"value": "many"}, {"value": "-1"}, {"value": "inf"}, {"rule_code": "window_shut"}, {"rule_class": "law"},
    ],
)  # fmt: skip
def test_what_would_rewrite_the_past_or_says_nothing_is_refused_in_words(wrong: dict[str, str]) -> None:
    rows = RuleRow.objects.count()
    answer = signed_in("head_office").post("/rules/set/", RULE | wrong)
    assert answer.status_code == 422
    assert "<b>[" not in answer.content.decode()
    assert RuleRow.objects.count() == rows


def test_others_only_look_and_a_foreign_branch_is_out_of_reach() -> None:
    manager = signed_in("branch_manager", node_code="B01")
    assert "Set a rule" not in manager.get("/rules/").text
    assert manager.post("/rules/set/", RULE).status_code == 403
    assert signed_in("head_office").post("/rules/set/", RULE | {"branch_code": "B99"}).status_code in (403, 404)


def test_every_rule_that_a_row_sets_has_words() -> None:
    assert set(SET_BY_ROWS) <= set(RULES)


def test_the_page_asks_as_often_for_three_rules_as_for_one() -> None:
    client = signed_in("head_office")
    client.post("/rules/set/", RULE)
    one = queries_of(client, "/rules/")
    for code in ("rest_between_shifts", "hours_day"):
        client.post("/rules/set/", RULE | {"rule_code": code})
    assert queries_of(client, "/rules/") == one
