"""A token speaks for its owner, as long as it is valid, as often as is reasonable, and is nowhere in the clear."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.access import actions, queries, rules
from bankhall.apps.access.models import Token
from bankhall.apps.audit.models import Line
from bankhall.apps.audit.queries import trail
from bankhall.apps.identity import queries as identity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
ADMINISTRATOR = Scope(Actor("root"), {"administrator": frozenset()})
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def li() -> identity.Person:
    new = actions.NewAccount("li", "jade-lantern-47", Bilingual("李敏", "Li Min"))
    found = actions.open_account(new, by=SYSTEM.actor, scope=SYSTEM)
    actions.grant("li", "auditor", "H00", valid_from=TODAY, by=SYSTEM.actor, scope=SYSTEM)
    return found


def make(li: identity.Person, *, days: int = 30, read_only: bool = True, name: str = "CRM") -> actions.MadeToken:
    scope = queries.scope_of(li, TODAY)
    return actions.make_token(name, days=days, read_only=read_only, now=NOW, by=li.actor, scope=scope)


def test_it_speaks_for_its_owner_with_the_owners_roles_and_its_own_name(li: identity.Person) -> None:
    found = actions.use_token(make(li).secret, now=NOW, on=TODAY)
    assert found.visitor.scope.branches == queries.scope_of(li, TODAY).branches
    assert found.visitor.scope.actor == Actor("li", "李敏 · CRM", "")
    assert found.read_only


def test_the_secret_is_kept_nowhere(li: identity.Person) -> None:
    secret = make(li).secret
    row = Token.objects.get()
    assert secret not in {str(value) for value in vars(row).values()}
    assert not any(secret in line.after for line in Line.objects.all())


def test_making_and_withdrawing_stand_in_the_trail(li: identity.Person) -> None:
    made = make(li)
    actions.withdraw_token(made.line.token_id, now=NOW, by=li.actor, scope=SYSTEM)
    assert [line.name for line in trail(SYSTEM).lines][:2] == ["access.withdraw_token", "access.make_token"]


def test_a_withdrawn_an_expired_and_an_unknown_token_open_nothing(li: identity.Person) -> None:
    made, other = make(li), make(li)
    actions.withdraw_token(made.line.token_id, now=NOW, by=li.actor, scope=SYSTEM)
    with pytest.raises(NotAllowed, match="token_withdrawn"):
        actions.use_token(made.secret, now=NOW, on=TODAY)
    with pytest.raises(NotAllowed, match="token_expired"):
        actions.use_token(other.secret, now=NOW + timedelta(days=30), on=TODAY)
    with pytest.raises(NotAllowed, match="token_unknown"):
        actions.use_token("bh_guessed", now=NOW, on=TODAY)


def test_closing_the_account_closes_its_tokens(li: identity.Person) -> None:
    secret = make(li).secret
    actions.close_account("li", by=ADMINISTRATOR.actor, scope=ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="token_unknown"):
        actions.use_token(secret, now=NOW, on=TODAY)


def test_only_the_owner_and_the_administrator_withdraw_it(li: identity.Person) -> None:
    number = make(li).line.token_id
    other = Scope(Actor("wu"), {"auditor": frozenset()})
    with pytest.raises(NotAllowed):
        actions.withdraw_token(number, now=NOW, by=other.actor, scope=other)
    actions.withdraw_token(number, now=NOW, by=ADMINISTRATOR.actor, scope=ADMINISTRATOR)
    actions.withdraw_token(number, now=NOW, by=ADMINISTRATOR.actor, scope=ADMINISTRATOR)  # a second time is the same
    with pytest.raises(NotFound):
        actions.withdraw_token(number + 1, now=NOW, by=ADMINISTRATOR.actor, scope=ADMINISTRATOR)


def test_too_many_calls_in_a_minute_are_refused_and_the_next_minute_is_free(
    li: identity.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "CALLS_A_SPAN", 2)
    secret = make(li).secret
    for _ in range(2):
        actions.use_token(secret, now=NOW, on=TODAY)
    with pytest.raises(Refused, match="too_many_calls"):
        actions.use_token(secret, now=NOW + timedelta(seconds=59), on=TODAY)
    actions.use_token(secret, now=NOW + timedelta(seconds=60), on=TODAY)
    assert queries.tokens_of("li")[0].last_used_at == NOW + timedelta(seconds=60)


@pytest.mark.parametrize(("name", "days"), [("", 30), ("x" * 41, 30), ("CRM", 0), ("CRM", 367)])
def test_a_token_has_a_name_and_an_end(li: identity.Person, name: str, days: int) -> None:
    with pytest.raises(BadInput):
        make(li, name=name, days=days)


def test_nobody_holds_more_than_a_few(li: identity.Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_TOKENS", 1)
    first = make(li)
    with pytest.raises(Refused, match="token_too_many"):
        make(li)
    actions.withdraw_token(first.line.token_id, now=NOW, by=li.actor, scope=SYSTEM)
    make(li)


def test_a_list_of_tokens_takes_one_query(li: identity.Person) -> None:
    counts = []
    for _ in range(2):
        make(li)
        with CaptureQueriesContext(connection) as captured:
            queries.tokens_of("li")
        counts.append(len(captured))
    assert counts == [1, 1]
