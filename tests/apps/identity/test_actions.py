"""Accounts, signing in, and how guessing is slowed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bankhall.apps.audit.models import Line
from bankhall.apps.audit.queries import trail
from bankhall.apps.identity import actions, queries
from bankhall.apps.identity.rules import FAILURES_BY_ADDRESS, FAILURES_BY_NAME, SPAN
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Scope

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
PASSWORD = "jade-lantern-47"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def li() -> queries.Person:
    return actions.open_account(
        "li", PASSWORD, name_zh="李敏", name_en="Li Min", staff_no="S001", by=SYSTEM.actor, scope=SYSTEM
    )


def fail(username: str, address: str = "10.0.0.1") -> None:
    with pytest.raises(NotAllowed):
        actions.sign_in(username, "wrong", address=address)


def names() -> list[str]:
    return [line.name for line in trail(SYSTEM).lines]


def test_name_and_password_open_the_door(li: queries.Person) -> None:
    assert actions.sign_in("li", PASSWORD, address="10.0.0.1") == li
    assert names() == ["identity.sign_in", "identity.open_account"]
    assert trail(SYSTEM).lines[0].actor_name == "李敏"


def test_failed_sign_ins_are_recorded_and_say_the_same_for_every_reason(li: queries.Person) -> None:
    told = []
    for username, password in (("li", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(NotAllowed) as caught:
            actions.sign_in(username, password, address="10.0.0.1")
        told.append((caught.value.code, caught.value.facts))
    assert told[0] == told[1]
    assert names()[:2] == ["identity.sign_in_failed"] * 2


def test_no_password_ever_reaches_the_trail(li: queries.Person) -> None:
    fail("li")
    actions.change_password(li, PASSWORD, "silver-heron-12")
    for line in Line.objects.all():
        assert not any(secret in line.before + line.after + line.reason for secret in (PASSWORD, "silver", "wrong"))


def test_a_closed_account_does_not_open(li: queries.Person) -> None:
    actions.close_account("li", by=SYSTEM.actor, scope=SYSTEM)
    with pytest.raises(NotAllowed):
        actions.sign_in("li", PASSWORD, address="10.0.0.1")
    assert queries.SessionBackend().get_user(li.user_id) is None


def test_guessing_one_name_is_stopped_and_goes_on_after_a_while(li: queries.Person) -> None:
    with time_machine.travel(NOW, tick=False) as machine:
        for _ in range(FAILURES_BY_NAME):
            fail("li")
        with pytest.raises(Refused, match="too_many_tries") as caught:
            actions.sign_in("li", PASSWORD, address="10.9.9.9")
        assert caught.value.facts == {"minutes": 15}
        machine.move_to(NOW + SPAN + timedelta(seconds=1))
        assert actions.sign_in("li", PASSWORD, address="10.0.0.1") == li


def test_guessing_many_names_from_one_address_is_stopped(li: queries.Person) -> None:
    for number in range(FAILURES_BY_ADDRESS):
        fail(f"name{number}")
    with pytest.raises(Refused):
        actions.sign_in("li", PASSWORD, address="10.0.0.1")
    assert actions.sign_in("li", PASSWORD, address="10.0.0.2") == li


def test_signing_in_forgets_the_names_failures(li: queries.Person) -> None:
    for _ in range(FAILURES_BY_NAME - 1):
        fail("li")
    actions.sign_in("li", PASSWORD, address="10.0.0.1")
    fail("li")
    assert actions.sign_in("li", PASSWORD, address="10.0.0.1") == li


@pytest.mark.parametrize("weak", ["short", "password12", "1234567890123", "liminliminli"])
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(BadInput, match="weak_password"):
        actions.open_account("liminlimin", weak, by=SYSTEM.actor, scope=SYSTEM)


def test_names_and_staff_numbers_are_used_once(li: queries.Person) -> None:
    with pytest.raises(BadInput, match="username_in_use"):
        actions.open_account("li", PASSWORD, by=SYSTEM.actor, scope=SYSTEM)
    with pytest.raises(BadInput, match="staff_no_in_use"):
        actions.open_account("li2", PASSWORD, staff_no="S001", by=SYSTEM.actor, scope=SYSTEM)


def test_changing_a_password_wants_the_old_one(li: queries.Person) -> None:
    with pytest.raises(NotAllowed):
        actions.change_password(li, "wrong", "silver-heron-12")
    actions.change_password(li, PASSWORD, "silver-heron-12")
    assert actions.sign_in("li", "silver-heron-12", address="10.0.0.1") == li


def test_the_language_is_kept_with_the_account(li: queries.Person) -> None:
    actions.set_language(li, "en")
    assert queries.person(li.user_id).language == "en"
    with pytest.raises(BadInput):
        actions.set_language(li, "de")


def test_somebody_unknown_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.person(12345)
    with pytest.raises(NotFound):
        queries.person_named("nobody")
