"""Reference rows: versions that are never overwritten, the tree below a node, records back as they went in."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.audit.bases import WrittenOutsideAnAct
from bankhall.apps.imports import actions, queries
from bankhall.apps.network import queries as network
from bankhall.apps.network.actions import load
from bankhall.apps.network.bases import ReferenceRow
from bankhall.apps.network.models import PromiseRow
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.queries.reference import MODELS as RULE_MODELS
from bankhall.data.contracts import TABLES, in_group
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.bank.branch import Promise
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.errors import NotAllowed, NotFound
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db
MODELS = {**network.MODELS, **people.MODELS, **RULE_MODELS}


def test_every_reference_table_has_a_model_with_the_contracts_columns() -> None:
    own = {field.name for field in ReferenceRow._meta.get_fields()} | {"id"}
    assert MODELS.keys() == {contract.name for contract in in_group("reference")}
    for name, model in MODELS.items():
        columns = {field.name for field in model._meta.get_fields()} - own
        assert columns == set(TABLES[name].names), name


def test_records_come_back_as_they_went_in() -> None:
    load_bank(small_bank(3))
    assert queries.bank(SYSTEM) == small_bank(3)
    assert queries.bank(SYSTEM, "B02").for_branch("B02") == small_bank(3).for_branch("B02")


def test_a_changed_row_retires_the_old_one_and_both_stay() -> None:
    promise = Promise(wait_minutes=15.0, share=0.9)
    for one in (promise, promise, replace(promise, share=0.8)):
        row = record_row("promises", one)
        actions.edit_rows("promises", [row], by=SYSTEM.actor, scope=SYSTEM, reason="a test")
    assert [(row.share, bool(row.retired_in)) for row in PromiseRow.objects.order_by("id")] == [
        (0.9, True),
        (0.8, False),
    ]
    assert queries.bank(SYSTEM).promises == (replace(promise, share=0.8),)


def test_a_new_agreement_stands_beside_the_old_one() -> None:
    old = Promise(wait_minutes=15.0, share=0.9, validity=Validity(date(2025, 1, 1), date(2025, 12, 31)))
    new = Promise(wait_minutes=10.0, share=0.9, validity=Validity(date(2026, 1, 1)))
    for one in (old, new):
        row = record_row("promises", one)
        actions.edit_rows("promises", [row], by=SYSTEM.actor, scope=SYSTEM, reason="a test")
    assert queries.bank(SYSTEM).promises == (old, new)


def test_rows_are_written_inside_an_act_only() -> None:
    with pytest.raises(WrittenOutsideAnAct):
        load("promises", [record_row("promises", Promise(wait_minutes=1.0, share=0.5))], batch="none")


def test_the_scope_comes_first() -> None:
    load_bank(small_bank(2))
    manager = at("branch_manager", "B02")
    assert [node.node_code for node in network.branches(manager)] == ["B02"]
    with pytest.raises(NotAllowed):
        network.branch(manager, "B01")
    with pytest.raises(NotFound):
        network.branch(SYSTEM, "R01")


def test_a_branchs_records_take_as_many_queries_with_three_branches_as_with_one() -> None:
    taken = []
    for branches in (1, 3):
        load_bank(small_bank(branches))
        with CaptureQueriesContext(connection) as captured:
            queries.bank(SYSTEM, "B01")
        taken.append(len(captured))
    assert taken[0] == taken[1]
