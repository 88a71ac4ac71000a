"""Questions: the same is one run, the timetable asks once, what is outside one's scope does not exist."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bankhall.apps.audit.queries import trail
from bankhall.apps.runs import actions, queries
from bankhall.apps.runs.actions import timetable
from bankhall.apps.runs.models import Run
from bankhall.apps.runs.states import ENDED, MOVES, RunState
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Role, Scope

pytestmark = pytest.mark.django_db
LI = Actor("li", "李敏")
SYSTEM = Scope.system("a test")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bankhall.apps.runs.rules._TIMETABLE", [])
    monkeypatch.setattr(timetable, "_submitted", set())
    for name in ("tests_add", "tests_measure"):
        actions.register(name, function="tests.apps.runs.jobs_to_try:add", lane="interactive")


def at(role: Role, *branches: str, code: str = "wu") -> Scope:
    return Scope(Actor(code), {role: frozenset(branches)})


def ask(a: int = 1, **options: str) -> int:
    return actions.submit("tests_add", {"a": a, "b": 2}, by=LI, branch_code=options.get("branch_code", "B01"))


def test_the_same_question_is_one_run() -> None:
    assert ask() == ask()
    assert ask(2) != ask()


def test_a_done_run_is_the_answer_and_a_failed_one_may_be_asked_again() -> None:
    first = ask()
    Run.objects.filter(pk=first).update(state=RunState.DONE)
    assert ask() == first
    Run.objects.filter(pk=first).update(state=RunState.FAILED)
    assert ask() != first


def test_a_new_version_of_the_code_is_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask()
    monkeypatch.setattr("bankhall.apps.runs.rules.__version__", "9.9.9")
    assert ask() != first


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadInput, match="unknown_run_kind"):
        actions.submit("tests_unknown", {}, by=LI)


def test_a_queued_run_is_cancelled_at_once_and_a_running_one_is_asked_to() -> None:
    queued, running = ask(1), ask(2)
    Run.objects.filter(pk=running).update(state=RunState.RUNNING)
    for run_id in (queued, running):
        actions.cancel(run_id, by=LI, scope=at("branch_manager", "B01", code="li"))
    assert queries.run_page(SYSTEM, queued).state == RunState.CANCELLED
    assert queries.run_page(SYSTEM, running).cancel_asked
    assert [line.name for line in trail(SYSTEM).lines] == ["runs.cancel"] * 2


def test_an_ended_run_cannot_be_cancelled() -> None:
    run_id = ask()
    Run.objects.filter(pk=run_id).update(state=RunState.DONE)
    with pytest.raises(Refused, match="run_has_ended"):
        actions.cancel(run_id, by=LI, scope=SYSTEM)


def test_only_those_who_may_cancel_the_runs_of_others() -> None:
    run_id = ask()
    with pytest.raises(NotAllowed):
        actions.cancel(run_id, by=Actor("wu"), scope=at("teller", "B01"))
    actions.cancel(run_id, by=Actor("wu"), scope=at("supervisor", "B01"))


def test_a_run_of_another_branch_does_not_exist() -> None:
    run_id = ask()
    other = at("branch_manager", "B02")
    for look in (queries.run_page, queries.answer_of, queries.question_of):
        with pytest.raises(NotFound):
            look(other, run_id)
    with pytest.raises(NotFound):
        actions.cancel(run_id, by=other.actor, scope=other)
    assert queries.runs(other) == ()
    assert queries.open_run(other, kind="tests_add", branch_code="B01") is None


def test_pages_know_the_runs_of_their_branch() -> None:
    ask(1, branch_code="B02")
    run_id = ask(2)
    scope = at("supervisor", "B01")
    assert [page.run_id for page in queries.runs(scope)] == [run_id]
    found = queries.open_run(scope, kind="tests_add", branch_code="B01")
    assert found is not None
    assert (found.run_id, found.asked_name, found.ended) == (run_id, "李敏", False)


def test_states_end_where_no_move_leads_on() -> None:
    assert {state for state, moves in MOVES.items() if not moves} == set(ENDED)


def evening(day: int, hour: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=SHANGHAI)


def slots() -> list[str]:
    return sorted(str(slot) for slot in Run.objects.values_list("slot", flat=True))


def two_branches(day: date) -> list[actions.Due]:
    return [actions.Due(lambda: {"a": 1, "b": day.day}, branch) for branch in ("B01", "B02")]


def test_the_timetable_asks_once_a_day_and_branch(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.schedule(actions.Timed("tests_add", time(19, 30), two_branches))
    assert actions.submit_due(evening(23)) == 2
    assert actions.submit_due(evening(23, 21)) == 0
    monkeypatch.setattr(timetable, "_submitted", set())  # another keeper
    actions.submit_due(evening(23, 21))
    assert slots() == ["tests_add/B01@2026-11-23", "tests_add/B02@2026-11-23"]


def test_before_its_time_yesterday_is_due() -> None:
    actions.schedule(actions.Timed("tests_add", time(19, 30), two_branches))
    actions.submit_due(evening(23, 19))
    assert slots() == ["tests_add/B01@2026-11-22", "tests_add/B02@2026-11-22"]


def test_missed_days_are_caught_up_as_far_as_the_entry_says() -> None:
    actions.schedule(actions.Timed("tests_add", time(19, 30), two_branches, catch_up_days=3))
    assert actions.submit_due(evening(23)) == 6
    assert actions.submit_due(evening(24)) == 2


def test_an_entry_waits_for_those_before_it() -> None:
    actions.schedule(actions.Timed("tests_add", time(19, 30), two_branches))
    actions.schedule(actions.Timed("tests_measure", time(19, 30), two_branches, after=("tests_add",)))
    assert actions.submit_due(evening(23)) == 2
    Run.objects.update(state=RunState.DONE)
    assert actions.submit_due(evening(23)) == 2


def test_an_entry_keeps_to_its_weekdays() -> None:
    actions.schedule(actions.Timed("tests_add", time(19, 30), two_branches, weekdays=frozenset({4})))
    assert actions.submit_due(evening(23)) == 0
    assert actions.submit_due(evening(26)) == 2
