"""A plan is asked for with everything that it hangs on, and taken only when today's rules allow it."""

from pathlib import Path

import pytest
from django.conf import settings

from bankhall.apps.imports import queries
from bankhall.apps.metrics.actions import install_definitions
from bankhall.apps.metrics.queries import of_period
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.actions.planning import accept_run
from bankhall.apps.rosters.models import ForecastIssue, Roster, Stretch
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run
from bankhall.data.lake import Lake
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import NotAllowed, Refused
from bankhall.kernel.plain import from_plain
from tests.factories.bank import MONDAY, WEEK, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.rosters import MANAGER, NOW, answer, at, draft, infeasible, proposed, published, work

pytestmark = pytest.mark.django_db
FIRST = StretchName("T101", MONDAY, 540)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))
    install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)


def run_answer(run_id: int, said: dict[str, object]) -> runs.RunAnswer:
    row = Run.objects.get(pk=run_id)
    return runs.RunAnswer(run_id, row.kind, row.question, said, "B01", row.business_date, MANAGER.actor, NOW)


def request() -> int:
    return actions.request_plan("B01", WEEK, by=MANAGER.actor, scope=MANAGER, now=NOW)


def test_the_question_holds_the_branchs_own_records_as_of_today() -> None:
    question = actions.ask("B01", WEEK, scope=MANAGER, now=NOW)
    bank = from_plain(Bank, question["bank"])
    assert {p.staff_no for p in bank.staff} == {"T101", "T102", "T103"}
    assert (question["as_of"], question["regions_branches"], question["locked"]) == ("2026-11-23", ["B01", "B02"], [])


def test_the_question_names_the_locks_of_the_draft_and_where_the_weeks_forecast_is_kept() -> None:
    actions.lock(draft(), FIRST, by=MANAGER.actor, scope=MANAGER)
    question = actions.ask("B01", WEEK, scope=MANAGER, now=NOW)
    assert [row["staff_no"] for row in question["locked"]] == ["T101"]
    assert Path(question["keep"]).is_relative_to(settings.HOME)


def test_published_weeks_before_stand_in_the_question() -> None:
    published()
    question = actions.ask("B01", WEEK, scope=MANAGER, now=NOW)
    assert {row["staff_no"] for row in question["past"]} == {"T101", "T102"}


def test_planning_is_for_those_who_plan_there() -> None:
    with pytest.raises(NotAllowed):
        actions.request_plan("B01", WEEK, by=at("teller").actor, scope=at("teller"), now=NOW)
    with pytest.raises(NotAllowed):
        actions.request_plan("B02", WEEK, by=MANAGER.actor, scope=MANAGER, now=NOW)


def test_a_week_that_is_on_its_way_is_not_planned_anew() -> None:
    proposed()
    with pytest.raises(Refused, match="roster_not_draft"):
        request()


def test_an_answer_becomes_a_draft_with_forecast_and_measurements() -> None:
    accept_run(run_answer(request(), answer()))
    roster = Roster.objects.get()
    assert (roster.version, roster.state, roster.stretches.count()) == (1, "draft", 2)
    assert Lake(Path(settings.LAKE)).snapshot().table("forecasts", branch_code="B01").num_rows == 4
    assert ForecastIssue.objects.get().replayed is False
    codes = ["expected_visits", "unmet_half_hours", "planned_promise_kept"]
    found = of_period(SYSTEM, codes, ["B01"], first=WEEK.first_day(), last=WEEK.days()[-1])
    assert found["expected_visits", "B01"].value == 20.0
    assert found["planned_promise_kept", "B01"].value == pytest.approx(0.9)


def test_an_answer_that_breaks_todays_law_is_stale_and_changes_nothing() -> None:
    run = run_answer(request(), answer())
    add_rule(law("two_person_presence", 3))
    with pytest.raises(Refused, match="answer_stale"):
        accept_run(run)
    assert not Roster.objects.exists()
    assert not ForecastIssue.objects.exists()


def test_a_draft_that_was_edited_meanwhile_is_left_alone_until_somebody_accepts() -> None:
    ref = draft()
    run = run_answer(request(), answer((work("T103"),)))
    actions.lock(ref, FIRST, by=MANAGER.actor, scope=MANAGER)
    accept_run(run)
    assert set(Stretch.objects.values_list("staff_no", flat=True)) == {"T101", "T102"}
    Run.objects.filter(pk=run.run_id).update(state="done", answer=run.answer)
    taken = actions.accept_answer(run.run_id, by=MANAGER.actor, scope=MANAGER, now=NOW)
    assert set(Stretch.objects.values_list("staff_no", flat=True)) == {"T103"}
    actions.undo(taken, by=MANAGER.actor, scope=MANAGER)
    assert set(Stretch.objects.values_list("staff_no", flat=True)) == {"T101", "T102"}


def test_an_infeasible_answer_is_kept_with_its_conflict_and_without_costs() -> None:
    draft(infeasible())
    roster = Roster.objects.select_related("plan").get()
    assert (roster.status, roster.plan.conflict[0]["rule_code"]) == ("infeasible", "two_person_presence")
    assert not of_period(SYSTEM, ["planned_cost"], ["B01"], first=WEEK.first_day(), last=WEEK.days()[-1])


def test_a_branch_without_records_says_so_and_stops_no_other() -> None:
    Lake(Path(settings.LAKE)).publish_reference(queries.exchange_tables(SYSTEM), on=NOW.date())
    planned = actions.plan_network(WEEK, by=SYSTEM.actor, scope=SYSTEM, now=NOW, processes=1)
    assert (planned.taken, planned.failed) == ({}, {"B01": "history_too_short", "B02": "history_too_short"})
