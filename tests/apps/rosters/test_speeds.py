"""How quick people are: learned by the job, the newest look alone kept, seen by two, forgotten where a rule says so."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from bankhall.apps.audit.models import Line
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.speeds import accept_run, take_speeds
from bankhall.apps.rosters.jobs import speeds_of
from bankhall.apps.rosters.models import SpeedRow
from bankhall.apps.rosters.queries import branch_speeds, managed_branches, own_speed
from bankhall.apps.runs.actions import RunAnswer
from bankhall.data.lake import Lake
from bankhall.data.speed_jobs import speeds_branch_job
from bankhall.kernel.errors import NotAllowed
from bankhall.kernel.scope import ROLES, Role
from tests.data.planning.test_remembered import days_at_windows
from tests.data.test_measure_jobs import AS_OF
from tests.factories.bank import agreed, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
MANAGER = at("branch_manager", "B01", staff_no="T103")


@pytest.fixture(autouse=True)
def _bank(settings: Settings) -> None:
    settings.DEMO = False
    load_bank(small_bank(2))
    Lake(Path(settings.LAKE)).publish(days_at_windows({"T101": 4.0, "T102": 8.0, "T201": 5.0}))


def told() -> dict[str, Any]:
    return speeds_branch_job(dict(speeds_of(AS_OF)[0].ask()))


def learned() -> None:
    take_speeds(told(), on=TODAY, by=SYSTEM.actor, scope=SYSTEM)


def test_the_night_learns_the_speeds_of_a_branchs_own_people() -> None:
    answer, due = told(), speeds_of(AS_OF)[0]
    assert json.loads(json.dumps(answer)) == answer
    accept_run(RunAnswer(1, "fit_speeds", due.ask(), answer, "B01", AS_OF, SYSTEM.actor, None))  # type: ignore[arg-type]
    page = branch_speeds(MANAGER, "B01", TODAY)
    assert [(line.staff_no, line.state, line.visits) for line in page.lines] == [
        ("T101", "known", 200), ("T102", "known", 200),
    ]  # fmt: skip
    quick, slow = page.lines
    assert quick.high_minutes < quick.mean_minutes == slow.mean_minutes < slow.low_minutes
    assert (page.first, page.last) == (AS_OF - timedelta(days=56), AS_OF - timedelta(days=1))


def test_only_the_newest_look_is_kept_and_the_trail_tells_no_speed() -> None:
    learned()
    first = SpeedRow.objects.get(staff_no="T101")
    take_speeds(told() | {"people": told()["people"][1:]}, on=TODAY, by=SYSTEM.actor, scope=SYSTEM)
    assert set(SpeedRow.objects.values_list("staff_no", flat=True)) == {"T102"}
    line = Line.objects.filter(name="rosters.learn_speeds").last()
    assert line is not None
    said = json.dumps([str(value) for value in vars(line).values()])
    assert "people" in said
    assert f"{first.speed:.4f}" not in said
    assert "T101" not in said


@pytest.mark.parametrize("role", ROLES)
def test_a_branchs_speeds_are_for_its_manager_and_ones_own_for_oneself(role: Role) -> None:
    learned()
    may_all, may_own = role == "branch_manager", role in ("teller", "lobby_manager", "relationship_manager",
                                                          "branch_manager", "supervisor")  # fmt: skip
    here, elsewhere = at(role, "B01", staff_no="T101"), at(role, "B02", staff_no="T201")
    for scope, may in ((here, may_all), (elsewhere, False)):
        if may:
            assert branch_speeds(scope, "B01", TODAY).lines
        else:
            with pytest.raises(NotAllowed):
                branch_speeds(scope, "B01", TODAY)
    assert bool(managed_branches(here)) == may_all
    if may_own:
        assert [line.staff_no for line in own_speed(here, TODAY).lines] == ["T101"]
    else:
        with pytest.raises(NotAllowed):
            own_speed(here, TODAY)


def test_who_manages_one_branch_and_serves_at_another_sees_the_one_alone() -> None:
    scope = at("branch_manager", "B02", staff_no="T101")
    assert [code for code, _ in managed_branches(scope)] == ["B02"]
    with pytest.raises(NotAllowed):
        branch_speeds(scope, "B01", TODAY)


def test_a_rule_forgets_what_was_learned_at_once_and_nothing_is_learned_any_more() -> None:
    learned()
    kept = settings.HOME / "answers" / "weeks" / "B01%202026-W49%20speeds.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("{}")
    add_rule(agreed("speeds_off", 1))
    assert not SpeedRow.objects.exists()
    assert not kept.exists()
    assert told()["people"] == []
    assert not own_speed(at("teller", "B01", staff_no="T101"), TODAY).learned
    assert "speeds_off" in json.dumps(speeds_of(AS_OF)[0].ask())


def test_an_answer_that_was_on_its_way_when_the_rule_came_is_not_kept() -> None:
    answer = told()
    add_rule(agreed("speeds_off", 1))
    take_speeds(answer, on=TODAY, by=SYSTEM.actor, scope=SYSTEM)
    assert not SpeedRow.objects.exists()


def test_a_rule_for_one_branch_leaves_the_others() -> None:
    learned()
    one = told()["people"][0]
    take_speeds(told() | {"branch_code": "B02", "people": [one]}, on=TODAY, by=SYSTEM.actor, scope=SYSTEM)
    assert set(SpeedRow.objects.values_list("branch_code", flat=True)) == {"B01", "B02"}
    add_rule(replace(agreed("speeds_off", 1), branch_code="B02"))
    assert set(SpeedRow.objects.values_list("branch_code", flat=True)) == {"B01"}


def test_a_whole_bank_is_looked_at_and_its_answers_lie_nowhere_else() -> None:
    actions.learn_all(AS_OF, by=SYSTEM.actor, scope=SYSTEM, processes=1)
    assert set(SpeedRow.objects.values_list("staff_no", flat=True)) == {"T101", "T102"}
    assert not [path for path in (settings.HOME / "answers").rglob("*.json") if "T101" in path.read_text()]
