"""The door: who comes in, who does not, and what it tells."""

from html import unescape

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bankhall.apps.audit.queries import trail
from bankhall.apps.identity import actions, queries
from bankhall.apps.identity.rules import FAILURES_BY_NAME
from bankhall.kernel.scope import Scope
from bankhall.wording.say import say

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
PASSWORD = "jade-lantern-47"
OPEN_TO_ALL = {"sign-in", "language", "type", "feed"}


@pytest.fixture
def li() -> queries.Person:
    return actions.open_account("li", PASSWORD, name_zh="李敏", language="en", by=SYSTEM.actor, scope=SYSTEM)


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in/", {"username": "li", "password": password, **more}).status_code


def test_name_and_password_lead_to_the_page_that_was_asked_for(li: queries.Person, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "li", "password": PASSWORD, "next": "/password/"})
    assert (answer.status_code, answer["Location"]) == (302, "/password/")
    assert client.get("/password/").status_code == 200


def test_the_door_leads_nowhere_else(li: queries.Person, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "li", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_new_session_gets_a_new_key(li: queries.Person, client: Client) -> None:
    client.session["something"] = 1
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_wrong_password_is_told_in_the_readers_language(li: queries.Person, client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.post("/sign-in/", {"username": "li", "password": "wrong"})
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert say("error.sign_in_failed", language) in unescape(answer.text)


def test_guessing_is_stopped_even_with_the_right_password(li: queries.Person, client: Client) -> None:
    assert [sign_in(client, "wrong") for _ in range(FAILURES_BY_NAME)] == [403] * FAILURES_BY_NAME
    assert sign_in(client) == 429


def test_an_empty_form_is_told_what_lacks(client: Client) -> None:
    assert client.post("/sign-in/", {"username": ""}).status_code == 422


def test_the_accounts_language_comes_along_unless_the_device_has_one(li: queries.Person, client: Client) -> None:
    sign_in(client)
    assert client.cookies["django_language"].value == "en"
    other = Client()
    other.cookies["django_language"] = "zh-hans"
    sign_in(other)
    assert other.cookies["django_language"].value == "zh-hans"


def test_signing_out_ends_the_session_and_is_recorded(li: queries.Person, client: Client) -> None:
    sign_in(client)
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/password/").status_code == 302
    assert trail(SYSTEM).lines[0].name == "identity.sign_out"


def test_signing_out_wants_a_post(li: queries.Person, client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405


def test_closing_an_account_ends_its_sessions(li: queries.Person, client: Client) -> None:
    sign_in(client)
    actions.close_account("li", by=SYSTEM.actor, scope=SYSTEM)
    assert client.get("/password/").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(li: queries.Person, client: Client) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    answer = client.post("/password/", {"old": PASSWORD, "new": "silver-heron-12"})
    assert answer.status_code == 302
    assert client.get("/password/").status_code == 200
    assert other.get("/password/").status_code == 302


@pytest.mark.parametrize(
    "wish", [{"old": "wrong", "new": "silver-heron-12"}, {"old": PASSWORD, "new": "short"}, {"old": PASSWORD}]
)
def test_a_password_that_does_not_do_changes_nothing(wish: dict[str, str], li: queries.Person, client: Client) -> None:
    sign_in(client)
    assert "[error." not in client.post("/password/", wish).text
    assert sign_in(Client()) == 302


def test_posts_without_the_token_are_refused(li: queries.Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"username": "li", "password": PASSWORD}).status_code == 403


PAGES = "bankhall.web.ui.urls"
"""The REST face asks for a token instead; its own tests hold that."""


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for part in resolver.url_patterns:
        found += patterns(part) if isinstance(part, URLResolver) else [part]
    return found


@pytest.mark.parametrize("pattern", patterns(get_resolver(PAGES)), ids=lambda pattern: str(pattern.name))
def test_every_page_asks_for_signing_in(pattern: URLPattern) -> None:
    open_to_all = getattr(pattern.callback, "login_required", True) is False
    assert open_to_all == (pattern.name in OPEN_TO_ALL)
