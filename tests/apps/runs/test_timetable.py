"""The timetable is data: an hour is set by those who may, and the page says what became of the last time."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.audit.queries import trail
from bankhall.apps.runs import actions, queries
from bankhall.apps.runs.actions import timetable
from bankhall.apps.runs.models import Run
from bankhall.apps.runs.queries import Hour
from bankhall.apps.runs.states import RunState
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
OFFICE = Scope(Actor("gao", "高总行"), {"head_office": frozenset({"B01"})})
EVERY_DAY = frozenset(range(1, 8))
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bankhall.apps.runs.rules._TIMETABLE", [])
    monkeypatch.setattr(timetable, "_submitted", set())
    for name in ("tests_add", "tests_measure"):
        actions.register(name, function="tests.apps.runs.jobs_to_try:add", lane="batch")
    actions.schedule(actions.Timed("tests_add", time(2, 30), dues(2)))
    actions.schedule(actions.Timed("tests_measure", time(18), dues(1), fixed=True))


def dues(branches: int, asked: list[str] | None = None):  # type: ignore[no-untyped-def]
    """So many branches; `asked` hears whose question was made."""

    def due(code: str) -> actions.Due:
        def ask() -> dict[str, object]:
            if asked is not None:
                asked.append(code)
            return {"branch": code}

        return actions.Due(ask, code)

    return lambda day: [due(f"B{n:03d}") for n in range(branches)]


def at(hour: int, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=SHANGHAI)


def set_hour(kind: str = "tests_add", *, scope: Scope = OFFICE, when: time = time(4), **more: object) -> None:
    told = {"weekdays": EVERY_DAY, "catch_up_days": 1, "is_on": True, **more}
    actions.set_hour(kind, Hour(when, **told), by=scope.actor, scope=scope)  # type: ignore[arg-type]


def line(kind: str = "tests_add", hour: int = 12) -> queries.Planned:
    return next(one for one in queries.timetable(at(hour)) if one.kind == kind)


def test_a_set_hour_holds_instead_of_the_registered_one_and_leaves_its_line() -> None:
    set_hour(when=time(4), weekdays=frozenset({1, 2}))
    assert actions.submit_due(at(3)) == 1  # the other entry's yesterday
    assert Run.objects.filter(kind="tests_add").count() == 0
    assert actions.submit_due(at(4)) == 2
    assert line().set_name == "高总行"
    said = trail(SYSTEM).lines[0]
    assert (said.name, said.before["at"], said.after["at"]) == ("runs.set_hour", "02:30:00", "04:00:00")  # type: ignore[index]


def test_an_entry_that_is_off_is_not_submitted_and_has_no_next_time() -> None:
    set_hour(is_on=False)
    actions.submit_due(at(20))
    assert set(Run.objects.values_list("kind", flat=True)) == {"tests_measure"}
    assert line().next_at is None


def test_the_next_time_is_the_next_of_its_weekdays() -> None:
    assert line(hour=1).next_at == datetime(2026, 11, 23, 2, 30, tzinfo=SHANGHAI)
    assert line(hour=3).next_at == datetime(2026, 11, 24, 2, 30, tzinfo=SHANGHAI)
    set_hour(when=time(2, 30), weekdays=frozenset({1}))
    assert line(hour=3).next_at == datetime(2026, 11, 30, 2, 30, tzinfo=SHANGHAI)


def test_only_those_who_may_set_an_hour_and_none_that_a_rule_fixes() -> None:
    with pytest.raises(NotAllowed):
        set_hour(scope=Scope(Actor("wu"), {"branch_manager": frozenset({"B01"})}))
    with pytest.raises(Refused, match="hour_is_fixed"):
        set_hour("tests_measure")
    with pytest.raises(NotFound):
        set_hour("tests_unknown")
    with pytest.raises(BadInput, match="weekdays_none"):
        set_hour(weekdays=frozenset())
    with pytest.raises(BadInput, match="catch_up_days_unusable"):
        set_hour(catch_up_days=15)


def test_the_line_says_what_became_of_the_newest_date() -> None:
    assert (line().last_date, line().counts) == (None, {})
    for day in (22, 23):
        actions.submit_due(at(20, day))
    Run.objects.filter(business_date=MONDAY, branch_code="B000").update(state="failed")
    assert (line().last_date, line().counts) == (MONDAY, {"failed": 1, "queued": 1})


def test_a_large_network_is_submitted_in_turns_and_no_question_is_made_twice() -> None:
    asked: list[str] = []
    actions.schedule(actions.Timed("tests_add", time(2, 30), dues(60, asked)))
    counts = [actions.submit_due(at(12)) for _ in range(4)]
    assert counts == [25 + 1, 25, 10, 0]  # the one is the other entry's
    timetable._submitted.clear()  # another keeper
    assert actions.submit_due(at(12)) == 0
    assert len(asked) == len(set(asked)) == 60


def test_the_timetable_takes_two_queries_whatever_its_length() -> None:
    taken = []
    for entries in (1, 5):
        for number in range(entries):
            actions.schedule(actions.Timed(f"tests_{number}", time(number), dues(1)))
        with CaptureQueriesContext(connection) as captured:
            queries.timetable(at(12))
        taken.append(len(captured))
    assert taken == [2, 2]


def test_runs_are_listed_by_kind_and_state_page_by_page() -> None:
    ids = [actions.submit("tests_add", {"n": n}, by=Actor("li"), branch_code="B01") for n in range(5)]
    Run.objects.filter(pk=ids[0]).update(state="failed")
    page = queries.run_list(OFFICE, size=2)
    rest = queries.run_list(OFFICE, size=9, before_id=page.older_id)
    assert [one.run_id for one in (*page.lines, *rest.lines)] == ids[::-1]
    assert rest.older_id == 0
    assert [one.run_id for one in queries.run_list(OFFICE, states=(RunState.FAILED,)).lines] == ids[:1]
    assert not queries.run_list(OFFICE, kind="tests_measure").lines
    assert not queries.run_list(Scope(Actor("wu"), {"supervisor": frozenset({"B02"})})).lines
