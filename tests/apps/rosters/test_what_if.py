"""What-if questions: who may ask, how answers are kept, and how one becomes the plan."""

from dataclasses import replace
from typing import Any

import pytest

from bankhall.apps.metrics.actions import install_definitions
from bankhall.apps.rosters import actions, queries
from bankhall.apps.rosters.actions.what_if import KIND, accept_run
from bankhall.apps.rosters.models import Roster, WhatIf
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.plain import to_plain
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import MANAGER, NOW, USUAL, at, draft, proposed, published

pytestmark = pytest.mark.django_db
MORE = [{"kind": "demand", "per_cent": 20.0, "service_code": "", "day": None}]
MOVED = (USUAL[0], replace(USUAL[1], end=960))


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())
    install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)


def ask(ref: RosterRef, changes: list[dict[str, Any]] = MORE, scope: Any = MANAGER) -> int:
    return actions.ask_what_if(ref, changes, day=MONDAY, by=scope.actor, scope=scope, now=NOW)


def said(rows: tuple[Assignment, ...] = MOVED) -> dict[str, Any]:
    figures = {"cost_fen": 1, "unmet_half_hours": 0, "work_minutes": 1, "law_breaches": 0, "agreement_breaches": 0}
    one = {"staff_no": "T102", "business_date": MONDAY.isoformat(), "before": [], "after": [], "moved": []}
    roster = {"person_days": [one] if rows != USUAL else []}
    return {
        "kind": "week", "assignments": to_plain(rows), "roster": roster, "now": figures, "then": figures, "notes": [],
        "differences": [], "replications": 10, "unmoved": [],
    }  # fmt: skip


def answered(number: int, rows: tuple[Assignment, ...] = MOVED) -> int:
    asked = WhatIf.objects.get(pk=number).run_id
    assert asked is not None
    run = Run.objects.get(pk=asked)
    accept_run(runs.RunAnswer(run.pk, KIND, run.question, said(rows), "B01", run.business_date, MANAGER.actor, NOW))
    return number


def test_a_question_is_kept_and_waits_in_the_interactive_lane() -> None:
    number = ask(draft(), scope=at("auditor"))
    (run,) = Run.objects.filter(kind=KIND)
    assert (run.lane, run.question["changes"]) == ("interactive", MORE)
    page = queries.what_if(MANAGER, number)
    assert (page.line.by_name.zh, page.line.answered, page.answer) == ("auditor", False, None)
    assert [line.number for line in queries.what_ifs(MANAGER, "B01", WEEK)] == [number]


def test_what_is_asked_for_good_goes_to_the_batch_lane() -> None:
    ask(draft(), [{"kind": "for_good", "post_code": "teller", "people": 1, "certificates": []}])
    assert Run.objects.get(kind=KIND).lane == "batch"


def test_tellers_do_not_ask_and_neighbours_do_not_read() -> None:
    ref = draft()
    with pytest.raises(NotAllowed):
        ask(ref, scope=at("teller"))
    number = ask(ref)
    with pytest.raises(NotAllowed):
        queries.what_if(at("branch_manager", "B02"), number)


def test_nothing_asked_is_refused_and_nothing_kept() -> None:
    with pytest.raises(BadInput):
        ask(draft(), [])
    assert not WhatIf.objects.exists()


def test_the_same_question_is_one_run_and_both_have_the_answer() -> None:
    ref = draft()
    one, other = ask(ref), ask(ref, scope=at("regional"))
    assert Run.objects.filter(kind=KIND).count() == 1
    answered(one)
    assert queries.what_if(MANAGER, other).answer == said()


def test_a_question_gets_a_name_from_whoever_asked() -> None:
    number = ask(draft(), scope=at("auditor"))
    actions.name_what_if(number, " +20 % ", by=at("auditor").actor, scope=at("auditor"))
    assert queries.what_if(MANAGER, number).line.name == "+20 %"
    with pytest.raises(NotAllowed):
        actions.name_what_if(number, "mine", by=at("lobby_manager").actor, scope=at("lobby_manager"))


def test_an_answer_becomes_an_edit_of_the_draft_that_can_be_undone() -> None:
    number = answered(ask(draft()))
    assert queries.what_if(MANAGER, number).may_put
    ref = actions.put_into_plan(number, by=MANAGER.actor, scope=MANAGER)
    row = Roster.objects.get()
    assert {s.end for s in row.stretches.filter(staff_no="T102")} == {960}
    assert (ref.version, row.proof_edit == row.edit) == (1, False)
    actions.undo(ref, by=MANAGER.actor, scope=MANAGER)
    assert {s.end for s in row.stretches.filter(staff_no="T102")} == {1020}


def test_of_a_published_version_it_becomes_a_new_draft_under_the_same_rules() -> None:
    number = answered(ask(published()))
    ref = actions.put_into_plan(number, by=MANAGER.actor, scope=MANAGER)
    assert (ref.version, Roster.objects.get(version=2).state) == (2, "draft")
    assert Roster.objects.get(version=1).state == "published"
    assert queries.what_if(MANAGER, number).line.put_version == 2


def test_it_is_refused_after_a_change_on_the_way_or_without_a_roster() -> None:
    ref = draft()
    number, same = answered(ask(ref)), answered(ask(ref, [{**MORE[0], "per_cent": 30.0}]), USUAL)
    with pytest.raises(Refused, match="what_if_no_roster"):
        actions.put_into_plan(same, by=MANAGER.actor, scope=MANAGER)
    actions.lock(ref, actions.StretchName("T101", MONDAY, 540), by=MANAGER.actor, scope=MANAGER)
    with pytest.raises(Refused, match="roster_changed_meanwhile"):
        actions.put_into_plan(number, by=MANAGER.actor, scope=MANAGER)
    assert queries.what_if(MANAGER, number).changed_since


def test_while_a_version_is_on_its_way_nothing_is_put_in() -> None:
    number = answered(ask(proposed()))
    assert not queries.what_if(MANAGER, number).may_put
    with pytest.raises(Refused, match="roster_not_draft"):
        actions.put_into_plan(number, by=MANAGER.actor, scope=MANAGER)


def test_only_who_edits_the_roster_puts_it_in() -> None:
    number = answered(ask(draft()))
    with pytest.raises(NotAllowed):
        actions.put_into_plan(number, by=at("auditor").actor, scope=at("auditor"))


def test_two_versions_stand_side_by_side() -> None:
    actions.put_into_plan(answered(ask(published())), by=MANAGER.actor, scope=MANAGER)
    page = queries.versions_beside(MANAGER, "B01", WEEK, 1, 2)
    (day,) = page.comparison.person_days
    assert day.staff_no == "T102"
    assert page.comparison.after.work_minutes == page.comparison.before.work_minutes - 60
    assert [change.service_code for change in page.waits]
    assert page.proof_stale
    assert queries.versions_beside(MANAGER, "B01", WEEK) == page


def test_a_week_with_one_version_stands_beside_itself_and_without_any_is_not_there() -> None:
    published()
    page = queries.versions_beside(MANAGER, "B01", WEEK)
    assert (page.before, page.after, page.comparison.same) == (1, 1, True)
    with pytest.raises(NotFound):
        queries.versions_beside(MANAGER, "B01", WEEK.plus(1))
