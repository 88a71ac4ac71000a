"""Grants reach down the tree on their days, are given by the administrator, and never to oneself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.access import actions, queries
from bankhall.apps.audit import bases
from bankhall.apps.audit.queries import trail
from bankhall.apps.identity import queries as identity
from bankhall.apps.network import actions as network
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound
from bankhall.kernel.scope import Actor, Role, Scope

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
ADMINISTRATOR = Scope(Actor("root"), {"administrator": frozenset()})
MONDAY = date(2026, 11, 23)
NODES = (
    ("H00", "head_office", None), ("R01", "region", "H00"), ("R02", "region", "H00"),
    ("B01", "branch", "R01"), ("B02", "branch", "R01"), ("B03", "branch", "R02"),
)  # fmt: skip
TREE = {"H00": {"B01", "B02", "B03"}, "R01": {"B01", "B02"}, "B01": {"B01"}, "B02": {"B02"}, "B03": {"B03"}}


@pytest.fixture(autouse=True)
def _tree() -> None:
    rows = [{"node_code": code, "kind": kind, "parent_code": parent} for code, kind, parent in NODES]
    with bases.writing("a test's tree"):
        network.load("nodes", rows, batch="test")


def account(username: str) -> identity.Person:
    new = actions.NewAccount(username, "jade-lantern-47", Bilingual("李敏", "Li Min"))
    return actions.open_account(new, by=SYSTEM.actor, scope=SYSTEM)


def give(username: str, role: Role, node_code: str, *, start: date = MONDAY, end: date | None = None) -> int:
    made = actions.grant(
        username, role, node_code, valid_from=start, valid_until=end, by=ADMINISTRATOR.actor, scope=ADMINISTRATOR
    )
    return made.grant_id


@pytest.mark.parametrize("node", TREE)
def test_a_grant_reaches_every_branch_below_its_node(node: str) -> None:
    li = account("li")
    give("li", "risk", node)
    assert queries.scope_of(li, MONDAY).codes() == TREE[node]


def test_a_grant_holds_on_its_days_only() -> None:
    li = account("li")
    give("li", "branch_manager", "B01", start=date(2026, 11, 23), end=date(2026, 11, 27))
    days = [date(2026, 11, day) for day in (22, 23, 27, 28)]
    assert [bool(queries.scope_of(li, day).branches) for day in days] == [False, True, True, False]


def test_several_grants_add_up_by_role() -> None:
    li = account("li")
    give("li", "branch_manager", "B01")
    give("li", "branch_manager", "B03")
    give("li", "supervisor", "B02")
    scope = queries.scope_of(li, MONDAY)
    assert scope.branches == {"branch_manager": {"B01", "B03"}, "supervisor": {"B02"}}


@pytest.mark.django_db(transaction=True)
def test_a_request_takes_three_queries_over_2800_branches_and_several_grants() -> None:
    rows = [{"node_code": f"C{n:04d}", "kind": "branch", "parent_code": f"R{n % 2 + 1:02d}"} for n in range(2797)]
    with bases.writing("a test's tree"):
        network.load("nodes", rows, batch="test")
    li = account("li")
    counts = []
    for node in ("R01", "B03", "H00"):
        give("li", "risk", node)
        scope = queries.visitor_of(li.user_id, MONDAY).scope
        with CaptureQueriesContext(connection) as captured:
            assert queries.visitor_of(li.user_id, MONDAY).scope == scope
        counts.append(len(captured))
    assert counts == [3, 3, 3]
    assert len(scope.codes()) == 2800


def test_a_role_over_an_empty_node_is_held_all_the_same() -> None:
    li = account("li")
    give("li", "administrator", "nowhere")
    assert queries.visitor_of(li.user_id, MONDAY).may("manage_users")


def test_a_revoked_grant_ends_and_both_acts_stand_in_the_trail() -> None:
    li = account("li")
    grant_id = give("li", "branch_manager", "B01", start=date(2026, 11, 1))
    actions.revoke(grant_id, last_day=date(2026, 11, 22), by=ADMINISTRATOR.actor, scope=ADMINISTRATOR)
    assert not queries.scope_of(li, MONDAY).branches
    assert [line.name for line in trail(SYSTEM).lines][:2] == ["access.revoke", "access.grant"]
    assert queries.grants_of("li")[0].valid_until == date(2026, 11, 22)


@pytest.mark.parametrize("role", ["branch_manager", "head_office", "auditor"])
def test_only_the_administrator_grants(role: Role) -> None:
    account("li")
    other = Scope(Actor("wu"), {role: frozenset({"B01"})})
    with pytest.raises(NotAllowed):
        actions.grant("li", "teller", "B01", valid_from=MONDAY, by=other.actor, scope=other)
    with pytest.raises(NotAllowed):
        actions.close_account("li", by=other.actor, scope=other)
    with pytest.raises(NotAllowed):
        actions.open_account(actions.NewAccount("new", "x", Bilingual()), by=other.actor, scope=other)


def test_nobody_grants_to_themselves() -> None:
    account("root")
    with pytest.raises(NotAllowed, match="own_grant"):
        give("root", "head_office", "H00")


def test_a_grant_that_cannot_be_is_refused() -> None:
    account("li")
    with pytest.raises(BadInput, match="unknown_role"):
        give("li", "king", "B01")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="ends_before"):
        give("li", "teller", "B01", end=date(2026, 11, 1))
    with pytest.raises(NotFound):
        give("nobody", "teller", "B01")
    with pytest.raises(NotFound):
        actions.revoke(999, last_day=MONDAY, by=ADMINISTRATOR.actor, scope=ADMINISTRATOR)


def test_visitors_know_their_roles_in_the_houses_order() -> None:
    li = account("li")
    give("li", "supervisor", "B01")
    give("li", "teller", "B02")
    assert queries.visitor_of(li.user_id, MONDAY).roles == ("teller", "supervisor")
