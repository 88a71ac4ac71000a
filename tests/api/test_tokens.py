"""Who gets in: a valid token and nothing else; what is refused says why, in the caller's language."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bankhall.apps.access import actions as access
from bankhall.apps.access import queries
from bankhall.apps.access.models import Token
from bankhall.apps.audit import bases
from tests.api.callers import ROOT, SYSTEM, Caller, caller, secret_of, small_world
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


def test_without_a_token_nothing_is_answered_and_the_header_says_what_is_wanted() -> None:
    told = Client().get(f"{ROOT}/branches", headers={"Accept-Language": "en"})
    assert told.status_code == 401
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.headers["WWW-Authenticate"] == "Bearer"
    assert told.json()["code"] == "token_needed"


def test_a_session_opens_nothing_here() -> None:
    client = signed_in("head_office")
    assert client.get("/network/").status_code == 200
    assert client.get(f"{ROOT}/branches").status_code == 401


def test_a_page_is_not_opened_by_a_token() -> None:
    asking = caller("head_office")
    assert Client().get("/network/", headers=asking.headers).status_code == 302


@pytest.mark.parametrize("header", ["Bearer bh_guessed", "Bearer ", "Basic bh_guessed", "bh_guessed"])
def test_what_is_no_token_is_401(header: str) -> None:
    assert Client().get(f"{ROOT}/me", headers={"Authorization": header}).status_code == 401


def test_a_withdrawn_and_an_expired_token_are_refused_with_the_reason() -> None:
    asking = caller("auditor")
    row = Token.objects.get()
    with bases.writing("a test's clock"):
        Token.objects.update(made_at=timezone.now() - timedelta(2), expires_at=timezone.now() - timedelta(1))
    assert asking.get("/me").json()["code"] == "token_expired"
    access.withdraw_token(row.pk, now=timezone.now(), by=SYSTEM.actor, scope=SYSTEM)
    told = asking.get("/me")
    assert (told.status_code, told.json()["code"]) == (401, "token_withdrawn")


def test_a_token_that_only_reads_changes_nothing() -> None:
    small_world()
    asking = caller("branch_manager", node_code="B01", staff_no="T103", read_only=True)
    assert asking.get("/branches/B01/weeks/2026-W49").status_code == 200
    told = asking.post("/branches/B01/weeks/2026-W49/plan")
    assert (told.status_code, told.json()["code"]) == (403, "token_read_only")


def test_too_many_calls_are_told_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bankhall.apps.access.rules.CALLS_A_SPAN", 2)
    asking = caller("auditor")
    assert [asking.get("/me").status_code for _ in range(3)] == [200, 200, 429]
    assert 0 < int(asking.get("/me").headers["Retry-After"]) <= 60


IN_CHINESE = "这一步不归当前角色做"
ASKED_FOR = [("en", "this role may not do that"), ("zh-hans", IN_CHINESE), ("zh-CN,zh;q=0.9", IN_CHINESE)]


@pytest.mark.parametrize(("language", "words"), ASKED_FOR)
def test_a_refusal_is_worded_in_the_language_that_is_asked_for(language: str, words: str) -> None:
    small_world()
    asking = caller("teller", node_code="B01", staff_no="T103")
    told = asking.get("/branches/B01/weeks/2026-W49", **{"Accept-Language": language})
    body = told.json()
    assert (body["status"], body["code"], body["title"]) == (403, "role_may_not", "Forbidden")
    assert body["facts"]["action"] == "see_plan"
    assert words in body["detail"]


def test_an_address_that_is_not_there_is_a_problem_too() -> None:
    told = caller("auditor").get("/nowhere")
    assert (told.status_code, told.headers["Content-Type"]) == (404, "application/problem+json")
    assert Client().post(f"{ROOT}/nowhere").status_code == 404


def test_what_cannot_be_read_names_the_field() -> None:
    told = caller("auditor").get("/branches?size=0")
    assert told.status_code == 422
    assert told.json()["facts"]["fields"][0]["where"] == ["query", "size"]


def test_an_act_by_token_is_named_with_the_token() -> None:
    from bankhall.apps.audit.queries import trail

    small_world()
    asking = caller("branch_manager", node_code="B01", staff_no="T103")
    seen = {"version": 1, "edit": 1, "staff_no": "T101", "day": "2026-11-30", "start": 540}
    assert asking.post("/branches/B01/weeks/2026-W49/edits/lock", seen).status_code == 200
    line = trail(SYSTEM).lines[0]
    assert (line.name, line.actor_code, line.actor_name) == ("rosters.lock", "branch_manager", "王敏 · CRM")


def test_the_scope_is_that_of_the_day_not_of_the_day_the_token_was_made() -> None:
    small_world()
    asking = Caller(secret_of("regional"))
    assert len(asking.get("/branches").json()["items"]) == 2
    (grant,) = queries.grants_of("regional")
    access.revoke(grant.grant_id, last_day=grant.valid_from, by=SYSTEM.actor, scope=SYSTEM)
    assert asking.get("/branches").status_code == 403


def test_an_idempotency_key_that_is_none_is_refused() -> None:
    small_world()
    asking = caller("branch_manager", node_code="B01", staff_no="T103")
    told = asking.post("/branches/B01/weeks/2026-W49/plan", {}, Idempotency_Key="once")
    assert (told.status_code, told.json()["code"]) == (422, "key_unreadable")
    assert asking.post("/branches/B01/weeks/2026-W49/plan", {}, Idempotency_Key=str(uuid4())).status_code == 200
