"""Balances are the sum of lines that are written once; imports open them, later ones restate them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.people import actions, queries
from bankhall.apps.people.actions import Booking
from bankhall.apps.people.models import LedgerLine
from bankhall.apps.people.states import Account, LineKind
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput, NotAllowed
from bankhall.kernel.scope import Actor, Scope
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.requests import FIRST, SECOND
from tests.factories.rosters import MANAGER, NOW, TODAY

pytestmark = pytest.mark.django_db
BOOKED = action_name("tests.book")


def stated(days: float, comp: int = 90, on: int = 0) -> Bank:
    bank = small_bank(2)
    day = TODAY + timedelta(days=on)
    staff = (replace(p, leave_days_left=days, comp_minutes=comp, balances_on=day) for p in bank.staff)
    return replace(bank, staff=tuple(staff))


def booked(*lines: Booking) -> int:
    with audit.act(BOOKED, by=SYSTEM.actor, scope=SYSTEM):
        return actions.book(lines, by=SYSTEM.actor)


def sums(scope: Scope = FIRST) -> dict[str, int]:
    return {str(one.account): one.amount for one in queries.balances(scope).accounts}


def taken(amount: int, source: str, on: int = 0) -> Booking:
    return Booking("T101", Account.LEAVE, LineKind.TAKEN, TODAY + timedelta(days=on), amount, source)


def test_an_import_opens_every_account_once() -> None:
    load_bank(stated(7.5))
    load_bank(stated(7.5))
    assert sums() == {"leave": 750, "overtime": 0, "comp": 90}
    assert [entry.kind for entry in queries.balances(FIRST).accounts[0].entries] == [LineKind.OPENING]


def test_a_later_import_restates_what_stood_on_its_date_and_keeps_what_comes_after() -> None:
    load_bank(stated(7.5))
    booked(taken(-100, "absence 1", on=3), taken(-200, "absence 2", on=40))
    load_bank(stated(6.0, on=10))
    assert sums()["leave"] == 400
    after = [(entry.kind, entry.amount, entry.after) for entry in queries.balances(FIRST).accounts[0].entries]
    assert after == [("opening", 750, 750), ("taken", -100, 650), ("opening", -50, 600), ("taken", -200, 400)]


def test_nothing_is_booked_twice_from_one_source() -> None:
    load_bank(stated(7.5))
    assert [booked(taken(-100, "absence 1")), booked(taken(-100, "absence 1"))] == [1, 0]
    assert sums()["leave"] == 650


def test_a_line_is_not_changed() -> None:
    load_bank(stated(7.5))
    line = LedgerLine.objects.filter(staff_no="T101")[0]
    with pytest.raises(TypeError), audit.act(BOOKED, by=SYSTEM.actor, scope=SYSTEM):
        line.save()


def correct(scope: Scope, amount: int = 50, reason: str = "a day lost", second: int = 0) -> None:
    actions.correct_balance(
        "T101", Account.LEAVE, amount, reason=reason, on=TODAY, now=NOW + timedelta(seconds=second),
        by=scope.actor, scope=scope,
    )  # fmt: skip


def test_a_correction_states_its_reason_and_is_never_ones_own() -> None:
    load_bank(stated(7.5))
    with pytest.raises(BadInput):
        correct(MANAGER, reason=" ")
    correct(MANAGER)
    assert queries.balances(MANAGER, "T101").accounts[0].entries[-1].reason == "a day lost"
    own = Scope(Actor("boss", staff_no="T101"), {"branch_manager": frozenset({"B01"})})
    for scope in (own, FIRST, SECOND):
        with pytest.raises(NotAllowed):
            correct(scope)


def test_a_balance_is_read_by_the_person_and_by_who_answers() -> None:
    load_bank(stated(7.5))
    assert queries.balances(MANAGER, "T101").staff_no == "T101"
    with pytest.raises(NotAllowed):
        queries.balances(Scope(FIRST.actor, {"supervisor": frozenset({"B01"})}), "T102")


class TestSums(TestCase):
    """Whatever is booked, restated and corrected, in whatever order."""

    @given(st.lists(st.tuples(st.sampled_from(["take", "state", "correct"]), st.integers(-9, 9), st.integers(0, 30))))
    @settings(max_examples=25, deadline=None)
    def test_a_balance_is_the_sum_of_its_lines(self, steps: list[tuple[str, int, int]]) -> None:
        load_bank(stated(5.0))
        for number, (what, amount, on) in enumerate(steps):
            if what == "take":
                booked(taken(amount, f"absence {number}", on))
            elif what == "state":
                load_bank(stated(abs(amount) / 2, on=on))
            elif amount:
                correct(MANAGER, amount, second=number)
        for one in queries.balances(FIRST).accounts:
            lines = LedgerLine.objects.filter(staff_no="T101", account=one.account)
            assert one.amount == sum(line.amount for line in lines) == queries.balance_of("T101", one.account)
            assert not one.entries or one.entries[-1].after == one.amount
