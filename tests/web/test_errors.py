"""What was refused is said in words, with a way back, in the reader's language."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from bankhall.kernel.errors import BadInput, NotFound, Refused
from bankhall.web.ui import errors
from tests.factories.bank import WEEK, small_bank
from tests.factories.imports import load_bank
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("url", "status"),
    [("/nowhere/", 404), (f"/plan/B99/{WEEK}/", 403), ("/plan/B01/2026-W99/", 422), ("/records/none/", 404)],
)
def test_an_error_is_a_page_with_words_and_a_way_back(url: str, status: int, language: str) -> None:
    answer = signed_in("branch_manager", language, node_code="B01").get(url)
    assert answer.status_code == status
    assert 'class="err"' in answer.text
    assert re.search(r'<a class="btn" href="[^"]+">(返回|Go back)</a>', answer.text)
    assert bool(re.search(r"[\u4e00-\u9fff]", re.findall(r"<h1>(.*?)</h1>", answer.text)[0])) == (language == "zh-hans")
    assert not re.search(r"\[error\.", answer.text)


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused("roster_changed_meanwhile"), 409), (BadInput("file_empty", file="a.csv"), 422), (NotFound("run"), 404),
     (Refused("too_many_sign_ins"), 429)],
)  # fmt: skip
def test_each_kind_of_refusal_has_its_status(error: Exception, status: int) -> None:
    answer = errors.SayErrors(lambda _: HttpResponse()).process_exception(RequestFactory().get("/"), error)
    assert answer is not None
    assert answer.status_code == status


def test_a_fault_is_not_hidden() -> None:
    assert errors.SayErrors(lambda _: HttpResponse()).process_exception(RequestFactory().get("/"), OSError()) is None


def test_a_fragment_gets_a_box_and_no_house() -> None:
    client = signed_in("branch_manager", node_code="B01")
    answer = client.get(f"/plan/B99/{WEEK}/", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert 'class="err"' in answer.text
    assert "<html" not in answer.text


def test_the_page_that_broke_speaks_both_languages_without_a_database() -> None:
    answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "这一页没有打开" in answer.content.decode()
    assert "did not open" in answer.content.decode()


def test_strangers_are_led_to_the_door() -> None:
    answer = Client().get("/network/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
