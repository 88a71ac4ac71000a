"""A draft changed by hand is proved anew; the proof of an edit that is not the newest is left alone."""

import pytest

from bankhall.apps.metrics.actions import install_definitions
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.actions.proving import KIND, accept_run
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries import branch_plan
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run
from bankhall.kernel.errors import NotAllowed
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import MANAGER, NOW, draft

pytestmark = pytest.mark.django_db
FIRST = StretchName("T101", MONDAY, 540)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())
    install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)


def moved(ref: RosterRef, end: int = 960) -> RosterRef:
    return actions.move(ref, FIRST, start=540, end=end, by=MANAGER.actor, scope=MANAGER).ref


def proof_runs() -> list[Run]:
    return list(Run.objects.filter(kind=KIND).order_by("id"))


def answered(run: Run, wait: float) -> runs.RunAnswer:
    rows = Roster.objects.get().plan.proof
    said = {"proof": [{**row, "value": wait} for row in rows]}
    return runs.RunAnswer(run.pk, KIND, run.question, said, "B01", run.business_date, MANAGER.actor, NOW)


def test_a_change_asks_for_its_proof_and_the_page_says_that_the_waits_are_old() -> None:
    moved(draft())
    (run,) = proof_runs()
    assert (run.state, run.lane, run.question["draft"]["edit"]) == ("queued", "interactive", Roster.objects.get().edit)
    assert {row["end"] for row in run.question["assignments"] if row["staff_no"] == "T101"} >= {960}
    page = branch_plan(MANAGER, "B01", WEEK, on=NOW.date())
    assert page.proof_stale
    assert page.proving is not None


def test_the_answer_takes_the_place_of_the_old_waits() -> None:
    moved(draft())
    accept_run(answered(proof_runs()[0], 3.5))
    roster = Roster.objects.get()
    assert {row["value"] for row in roster.plan.proof} == {3.5}
    assert roster.proof_edit == roster.edit
    assert not branch_plan(MANAGER, "B01", WEEK, on=NOW.date()).proof_stale


def test_a_newer_change_makes_the_older_proof_idle() -> None:
    moved(moved(draft()), end=930)
    first, second = proof_runs()
    assert (first.state, second.state) == ("cancelled", "queued")
    accept_run(answered(first, 9.0))
    assert 9.0 not in {row["value"] for row in Roster.objects.get().plan.proof}


def test_a_lock_moves_nobody_and_keeps_the_proof() -> None:
    actions.lock(draft(), FIRST, by=MANAGER.actor, scope=MANAGER)
    assert not proof_runs()
    assert not branch_plan(MANAGER, "B01", WEEK, on=NOW.date()).proof_stale


def test_undo_is_proved_too() -> None:
    actions.undo(moved(draft()), by=MANAGER.actor, scope=MANAGER)
    assert [run.state for run in proof_runs()] == ["cancelled", "queued"]


def test_only_who_may_edit_asks_for_a_proof() -> None:
    from bankhall.kernel.scope import Actor, Scope

    auditor = Scope(Actor("a"), {"auditor": frozenset({"B01"})})
    with pytest.raises(NotAllowed):
        actions.request_proof(draft(), by=auditor.actor, scope=auditor)
