"""Two acts change the weeks of the same two branches at once: both come to an end, in whichever order they began.

On PostgreSQL each begins when the one before it waits for a row that is held here: nothing hangs on who is quicker.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django.fixtures import Settings

from bankhall.apps.audit.bases import writing
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import Ask, Loan, Proposal, Roster, Stretch
from bankhall.apps.rosters.states import AskState, LoanState, RosterState
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Scope
from tests.factories import loans
from tests.factories.bank import MONDAY, WEEK
from tests.factories.imports import load_bank
from tests.factories.loans import GIVING, LENT, TAKING
from tests.factories.rosters import at, work
from tests.factories.today import HALF_PAST_SEVEN, computed, publish, reply
from tests.spec.together import one_behind_another

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = WEEK.days()[1]
GUEST = at("teller", "B01", code="guest", staff_no="T103")
TOLD: dict[str, Any] = {"now": HALF_PAST_SEVEN, "on": MONDAY}


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
    bank = loans.lending_bank()
    load_bank(
        replace(
            bank,
            staff=tuple(replace(p, system_rights=("B02",)) if p.staff_no == "T103" else p for p in bank.staff),
        )
    )
    loans.publish("B01", loans.rows("B01", "T101", "T102"))
    loans.publish("B02", loans.rows("B02", "T201", "T202"))


def asked() -> int:
    """T201 of B02 is missing, T103 of B01 is asked to come; the question's number."""
    told: dict[str, Any] = {"now": HALF_PAST_SEVEN, "by": GIVING.actor, "scope": GIVING}
    actions.mark_missing("B02", "T201", "sick", None, **told)
    computed()
    return actions.ask_to_come("B02", "T103", **told)


def with_the_guest() -> Proposal:
    """A changed day of B02 with T103, whose home agrees."""
    number = asked()
    actions.agree_loan(Loan.objects.get().code, by=TAKING.actor, scope=TAKING, **TOLD)
    reply(number, GUEST)
    return computed()


def open_loan(staff_no: str, giving: str, taking: str, state: LoanState = LoanState.AGREED) -> str:
    """A loan for Tuesday that waits for an answer, by default the person's."""
    there = work(staff_no, TUESDAY, 540, 600, code="W3", branch_code=taking)
    with writing("a test"):
        Loan.objects.create(
            code=f"{staff_no} to {taking}", week=str(WEEK), from_branch=giving, to_branch=taking, staff_no=staff_no,
            business_date=TUESDAY, start=540, end=600, stretches=to_plain([there]), post_code="teller",
            window_code="W3", travel_minutes=15, half_hours_saved=2, cost_fen=1, saved_fen=2,
            made_at=HALF_PAST_SEVEN, state=state,
        )  # fmt: skip
    return f"{staff_no} to {taking}"


def acknowledge(code: str, who: Scope) -> Callable[[], object]:
    return lambda: actions.acknowledge_loan(code, by=who.actor, scope=who, **TOLD)


def in_force(branch_code: str) -> QuerySet[Roster]:
    return Roster.objects.filter(branch_code=branch_code, state=RosterState.PUBLISHED)


def guests_at(branch_code: str) -> set[str]:
    """Guests of a branch on its published sheet."""
    rows = Stretch.objects.filter(roster__in=in_force(branch_code), at_branch_code="")
    return {name for name in rows.values_list("staff_no", flat=True) if not name.startswith(f"T{branch_code[2]}")}


def test_a_loan_is_agreed_to_while_a_day_is_published_with_somebody_of_the_other_branch() -> None:
    row, code = with_the_guest(), open_loan("T203", "B02", "B01", LoanState.OFFERED)

    def agree() -> None:
        actions.agree_loan(code, by=TAKING.actor, scope=TAKING, **TOLD)

    found = one_behind_another(in_force("B01"), agree, lambda: publish(row, who=GIVING))
    assert found == [None, None]
    assert Loan.objects.get(code=code).state == LoanState.TAKING_AGREED
    assert guests_at("B02") == {"T103"}


def test_of_two_loans_in_opposite_ways_both_stand_in_both_rosters() -> None:
    there, back = open_loan("T203", "B02", "B01"), open_loan("T103", "B01", "B02")
    with writing("a test"):  # a week that is not published yet is held like one that is
        Roster.objects.update(state=RosterState.DRAFT)
    found = one_behind_another(Roster.objects.all(), acknowledge(there, LENT), acknowledge(back, GUEST))
    assert found == [None, None]
    assert set(Loan.objects.values_list("state", flat=True)) == {LoanState.ROSTERED}


def test_a_question_lapses_while_the_home_refuses() -> None:
    asked()
    code = Loan.objects.get().code

    def refuse() -> None:
        actions.refuse_loan(code, "needed here", by=TAKING.actor, scope=TAKING, **TOLD)

    late = HALF_PAST_SEVEN.replace(hour=10)
    no, _ = one_behind_another(Loan.objects.all(), refuse, lambda: actions.lapse_asks(late))
    ended = (Ask.objects.get().state, Loan.objects.get().state)
    assert ended == ((AskState.LAPSED, LoanState.LAPSED) if no else (AskState.WITHDRAWN, LoanState.REFUSED))
