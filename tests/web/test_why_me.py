"""My roster answers "why me?" for one's own day, and names nobody to a teller."""

from datetime import date, timedelta

import pytest

from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import answer, draft, published, work
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
URL = f"/my/roster/?week={WEEK}"
WHY = f"{URL}&why={MONDAY.isoformat()}"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def answered(language: str, role: str = "teller") -> str:
    html = signed_in(role, language, node_code="B01", staff_no="T101").get(WHY).text  # type: ignore[arg-type]
    return html.partition('id="why"')[2].partition("</section>")[0]


def test_each_working_day_can_be_asked_about_and_a_day_off_cannot() -> None:
    published(answer((work("T101"),)))
    html = signed_in("teller", node_code="B01", staff_no="T101").get(URL).text
    assert html.count("&amp;why=") == 1
    assert 'id="why"' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_gives_counts_and_who_could_without_names(language: str) -> None:
    published(answer((work("T101"),)))
    said = answered(language)
    assert ("一位同事也能上这天" if language == "zh-hans" else "a colleague could have it") in said
    assert ("本季周六 0 次" if language == "zh-hans" else "Saturdays this quarter: 0") in said
    assert "人12" not in said
    assert "T102" not in said
    assert f"/my/offers/?day={MONDAY}" in said


def test_the_branch_manager_reads_the_names() -> None:
    published(answer((work("T101"),)))
    assert "人12" in answered("zh-hans", "branch_manager")


def test_the_shift_asked_about_is_chosen_in_the_offer() -> None:
    published(answer((work("T101"),)))
    html = signed_in("teller", node_code="B01", staff_no="T101").get(f"/my/offers/?day={MONDAY}").text
    assert f'<option value="{MONDAY}" selected>' in html


@pytest.mark.parametrize("why", [str(MONDAY + timedelta(days=1)), "x", str(date(1999, 1, 1)), ""])
def test_a_day_that_is_not_mine_is_not_answered(why: str) -> None:
    published(answer((work("T101"),)))
    html = signed_in("teller", node_code="B01", staff_no="T101").get(f"{URL}&why={why}").text
    assert 'id="why"' not in html


def test_a_draft_answers_nobody() -> None:
    draft(answer((work("T101"),)))
    assert answered("en") == ""
