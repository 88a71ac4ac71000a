"""The administrator's pages: accounts, roles over the tree, lost passwords; for nobody else."""

from datetime import date

import pytest
from django.test import Client

from bankhall.apps.access import actions as access
from bankhall.apps.access.queries import grants_of, scope_of
from bankhall.apps.identity.queries import Person, person_named
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import ROLES, Role, Scope
from bankhall.wording.say import say

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
PASSWORD = "jade-lantern-47"
NEW = {"username": "li", "password": "silver-heron-12", "name_zh": "李敏", "language": "en"}
TODAY = date(2026, 11, 23)


def account(username: str, role: Role | None = None) -> Person:
    made = access.open_account(
        access.NewAccount(username, PASSWORD, Bilingual("吴", "Wu")), by=SYSTEM.actor, scope=SYSTEM
    )
    if role:
        access.grant(username, role, "H00", valid_from=date(2026, 1, 1), by=SYSTEM.actor, scope=SYSTEM)
    return made


def signed_in(username: str, password: str = PASSWORD, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.post("/sign-in/", {"username": username, "password": password})
    return client


@pytest.fixture
def root() -> Client:
    account("root", "administrator")
    return signed_in("root")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_nobody_but_the_administrator_gets_in(role: Role) -> None:
    account("wu", role)
    account("li")
    client = signed_in("wu")
    answers = [
        client.get("/people/"),
        client.get("/people/li/"),
        client.post("/open-account/", NEW),
        client.post("/people/li/grant/", {}),
        client.post("/people/li/grants/1/end/", {"last_day": "2026-11-23"}),
        client.post("/people/li/password/", {"password": "silver-heron-12"}),
        client.post("/people/li/close/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 7
    assert person_named("li").is_active


def test_an_account_is_opened_given_a_role_and_used(root: Client) -> None:
    assert root.post("/open-account/", NEW)["Location"] == "/people/li/"
    wish = {"role": "teller", "node_code": "B01", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    assert root.post("/people/li/grant/", wish).status_code == 302
    assert set(scope_of(person_named("li"), TODAY).branches) == {"teller"}
    assert signed_in("li", "silver-heron-12").get("/password/").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_show_accounts_and_roles_in_the_readers_language(language: str) -> None:
    account("root", "administrator")
    account("li", "risk")
    client = signed_in("root", language=language)
    assert "李" not in client.get("/people/", {"search": "li"}).text
    page = client.get("/people/li/").text
    assert "H00" in page
    assert "[role." not in page
    assert say("role.risk", language) in page


def test_a_search_narrows_the_list(root: Client) -> None:
    account("li")
    account("zhao")
    text = root.get("/people/", {"search": "zha"}).text
    assert "zhao" in text
    assert "/people/li/" not in text


@pytest.mark.parametrize(
    "change", [{"username": "root"}, {"password": "short"}, {"username": "a b"}, {"username": ""}, {"language": "de"}]
)
def test_an_account_that_cannot_be_is_told_at_the_form(change: dict[str, str], root: Client) -> None:
    answer = root.post("/open-account/", NEW | change)
    assert answer.status_code == 422
    assert "[error." not in answer.text


def test_a_role_ends_with_its_last_day(root: Client) -> None:
    account("li", "risk")
    grant_id = grants_of("li")[0].grant_id
    assert root.post(f"/people/li/grants/{grant_id}/end/", {"last_day": "2026-11-22"}).status_code == 302
    assert not scope_of(person_named("li"), TODAY).branches


def test_nobody_helps_themselves(root: Client) -> None:
    wish = {"role": "head_office", "node_code": "H00", "valid_from": "2026-01-01"}
    assert root.post("/people/root/grant/", wish).status_code == 422
    assert root.post("/people/root/close/").status_code == 403
    assert root.post("/people/root/password/", {"password": "silver-heron-12"}).status_code == 422
    assert [line.role for line in grants_of("root")] == ["administrator"]


def test_a_lost_password_is_set_anew_and_ends_the_sessions(root: Client) -> None:
    account("li")
    old = signed_in("li")
    assert root.post("/people/li/password/", {"password": "silver-heron-12"}).status_code == 302
    assert old.get("/password/").status_code == 302
    assert signed_in("li", "silver-heron-12").get("/password/").status_code == 200


def test_a_closed_account_stays_listed(root: Client) -> None:
    account("li")
    root.post("/people/li/close/")
    assert not person_named("li").is_active
    assert "/people/li/" in root.get("/people/").text


def test_an_unknown_account_is_not_found(root: Client) -> None:
    assert root.get("/people/nobody/").status_code == 404
