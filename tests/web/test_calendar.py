"""The business calendar: a year with its source, loaded or set by hand by those who may."""

import pytest

from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
DAY = {"date": "2026-12-24", "kind": "holiday", "name_zh": "行庆", "name_en": "Bank day", "source": "notice 7"}


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_without_rows_says_that_days_are_assumed(language: str) -> None:
    html = signed_in("branch_manager", language).get("/calendar/?year=2031").text
    assert ("未装入：按平常日假定" if language == "zh-hans" else "not loaded: days are assumed") in html


def test_a_year_is_loaded_with_its_source() -> None:
    client = signed_in("head_office")
    assert client.post("/calendar/load/", {"year": "2026"}).status_code == 302
    html = client.get("/calendar/?year=2026").text
    assert "is-holiday" in html
    assert "国务院" in html


def test_a_day_is_set_by_hand() -> None:
    client = signed_in("head_office")
    assert client.post("/calendar/day/", DAY).status_code == 302
    assert "Bank day" in client.get("/calendar/?year=2026").text
    assert client.post("/calendar/day/", DAY | {"source": ""}).status_code == 422
    assert client.post("/calendar/day/", DAY | {"date": "someday"}).status_code == 422
    assert client.post("/calendar/day/", DAY | {"kind": "feast"}).status_code == 422


def test_others_only_look() -> None:
    client = signed_in("branch_manager")
    assert "Set a day" not in client.get("/calendar/?year=2026").text
    assert client.post("/calendar/day/", DAY).status_code == 403


def test_loading_a_known_year_again_asks_first() -> None:
    client = signed_in("head_office")
    assert 'id="confirm-load"' in client.get("/calendar/?year=2026").text
    assert 'id="confirm-load"' not in client.get("/calendar/?year=2031").text
