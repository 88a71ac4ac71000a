"""The tree: what lies below a node on a day, what above, read again whenever it has changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.audit import bases
from bankhall.apps.network import actions
from bankhall.apps.network import queries as network
from bankhall.kernel.bank.bank import Bank
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def with_first(bank: Bank, *, opened_on: date | None = None, closed_on: date | None = None) -> Bank:
    first = replace(bank.nodes[0], opened_on=opened_on, closed_on=closed_on)
    return replace(bank, nodes=(first, *bank.nodes[1:]))


def test_the_branches_below_a_node_and_what_is_above_it() -> None:
    load_bank(small_bank(2))
    found = {code: network.branches_under(code, MONDAY) for code in ("H00", "R01", "B02", "X")}
    assert found == {"H00": {"B01", "B02"}, "R01": {"B01", "B02"}, "B02": {"B02"}, "X": set()}
    assert [network.nodes_above(code) for code in ("B02", "R01", "X")] == [{"B02", "R01", "H00"}, {"R01", "H00"}, set()]


def test_a_branch_is_reached_until_the_day_on_which_it_closes() -> None:
    load_bank(with_first(small_bank(2), closed_on=date(2026, 11, 22)))
    assert network.branches_under("R01", date(2026, 11, 22)) == {"B01", "B02"}
    assert network.branches_under("R01", MONDAY) == {"B02"}
    assert network.branches_under("B01", MONDAY) == set()


def test_a_branch_is_reached_before_it_opens_because_its_first_weeks_are_planned_then() -> None:
    load_bank(with_first(small_bank(2), opened_on=date(2027, 1, 4)))
    assert network.branches_under("R01", MONDAY) == {"B01", "B02"}


def test_a_circle_in_the_records_does_not_hang() -> None:
    rows = [{"node_code": a, "kind": "region", "parent_code": b} for a, b in (("R01", "R02"), ("R02", "R01"))]
    with bases.writing("a test's tree"):
        actions.load("nodes", rows, batch="a test")
    assert network.branches_under("R01", MONDAY) == set()
    assert network.nodes_above("R01") == {"R01", "R02"}


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_tree_is_one_query_and_a_change_is_seen_at_once() -> None:
    load_bank(small_bank(2))
    network.tree()
    with CaptureQueriesContext(connection) as captured:
        assert network.branches_under("H00", MONDAY) == {"B01", "B02"}
    assert len(captured) == 1
    load_bank(with_first(small_bank(3), closed_on=date(2026, 11, 22)))
    assert network.branches_under("H00", MONDAY) == {"B02", "B03"}
    load_bank(small_bank(3))
    assert network.branches_under("H00", MONDAY) == {"B01", "B02", "B03"}


def read_and_undo() -> None:
    with bases.writing("a test's tree"):
        actions.load("nodes", [{"node_code": "B09", "kind": "branch", "parent_code": "R01"}], batch="a test")
    assert "B09" in network.branches_under("R01", MONDAY)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_what_an_undone_transaction_showed_is_not_kept() -> None:
    from django.db import transaction

    load_bank(small_bank(1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        read_and_undo()
    with bases.writing("a test's tree"):
        actions.load("nodes", [{"node_code": "B02", "kind": "branch", "parent_code": "R01"}], batch="a test")
    assert network.branches_under("R01", MONDAY) == {"B01", "B02"}
