from dataclasses import replace

import numpy as np
import pytest

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.queueing.hall import Hall, PersonSpan, Promised, ServiceModel
from bankhall.analytics.queueing.measures import measure
from bankhall.analytics.queueing.simulate import poisson_days, simulate
from bankhall.analytics.staffing.goals import join_slots
from bankhall.analytics.staffing.problem import StaffedGroup, StaffedService, StaffingAnswer, StaffingProblem
from bankhall.analytics.staffing.require import require
from bankhall.analytics.staffing.start import starting_people
from bankhall.kernel.errors import BadInput

SHAPE = (6.0, 14.0, 16.0, 8.0, 4.0, 10.0, 12.0, 5.0)


def staffed(code: str, minutes: float, level: float = 1.0, share: float = 0.9, wait: float = 12.0) -> StaffedService:
    model = ServiceModel(
        code, Duration("lognormal", minutes, 0.9), Duration("exponential", 40.0), Promised(wait, share)
    )
    return StaffedService(model, tuple(level * count for count in SHAPE))


def problem(**more: object) -> StaffingProblem:
    services = (staffed("cash", 5.0), staffed("card", 8.0, 0.6), staffed("loan", 20.0, 0.15))
    groups = (StaffedGroup("teller", ("cash", "card")), StaffedGroup("desk", ("card", "loan")))
    return replace(StaffingProblem(540, 30, services, groups), **more)  # type: ignore[arg-type]


def people(answer: StaffingAnswer) -> dict[tuple[str, int], int]:
    return {(slot.group_code, slot.slot): slot.people for slot in answer.slots}


def resimulated(question: StaffingProblem, answer: StaffingAnswer, seed: int, days: int = 1000) -> dict[str, float]:
    """Share of promises kept per service on days that the search never saw."""
    spans = [
        PersonSpan(f"{slot.group_code}{n}/{slot.slot}", slot.start_minute, slot.start_minute + 30.0, slot.services)
        for slot in answer.slots
        for n in range(slot.people)
    ]
    hall = Hall(tuple(s.model for s in question.services), tuple(spans), 540.0, 30.0, len(SHAPE))
    expected = np.array([service.arrivals for service in question.services])
    counts = poisson_days(expected, days, seed=seed, codes=hall.codes())
    rows = [row for row in measure(simulate(hall, counts, seed=seed)) if row.service_code and row.slot is None]
    return {row.service_code: row.measures["kept_share"].value or 0.0 for row in rows}


def test_promises_hold_on_days_that_the_search_never_saw() -> None:
    question = problem()
    answer = require(question, seed=1)
    assert not answer.shortfalls
    for kept in resimulated(question, answer, seed=77).values():
        assert kept >= 0.9


def test_every_row_keeps_its_promise_in_its_own_proof() -> None:
    for slot in require(problem(), seed=1).slots:
        assert slot.kept_share is not None
        assert slot.kept_share >= 0.9


def test_nobody_can_be_spared_everywhere() -> None:
    """Taking one person from every busy slot breaks some promise."""
    question = problem()
    answer = require(question, seed=1)
    fewer = replace(answer, slots=tuple(replace(slot, people=max(0, slot.people - 1)) for slot in answer.slots))
    assert min(resimulated(question, fewer, seed=77, days=200).values()) < 0.9


def test_the_search_saves_people_over_the_formulas_start() -> None:
    question = problem()
    assert sum(people(require(question, seed=1)).values()) < starting_people(question).sum()


def test_the_same_seed_gives_the_same_answer() -> None:
    assert require(problem(), seed=4, replications=60) == require(problem(), seed=4, replications=60)


def test_presence_and_duty_hold_people_that_the_load_would_not() -> None:
    quiet = (staffed("cash", 4.0, 0.05), staffed("loan", 5.0, 0.02))
    groups = (
        StaffedGroup("teller", ("cash",), least=(2,) * 8, duty=(3, 0, 0, 0, 0, 0, 0, 0)),
        StaffedGroup("desk", ("loan",)),
    )
    rows = require(problem(services=quiet, groups=groups), seed=2, replications=60).slots
    tellers = [slot for slot in rows if slot.group_code == "teller"]
    assert [slot.people for slot in tellers] == [3, 2, 2, 2, 2, 2, 2, 2]
    assert [slot.driven_by for slot in tellers[:2]] == ["duty", "presence"]
    assert {slot.driven_by for slot in rows if slot.group_code == "desk"} == {"load"}


def test_what_all_groups_owe_together_is_kept() -> None:
    rows = require(problem(least=(6,) * 8), seed=2, replications=60).slots
    totals = [sum(slot.people for slot in rows if slot.slot == n) for n in range(8)]
    assert min(totals) >= 6
    assert "presence" in {slot.driven_by for slot in rows}


def test_a_busy_slot_is_driven_by_load_though_it_has_a_floor() -> None:
    groups = (StaffedGroup("all", ("cash", "card", "loan"), least=(1,) * 8),)
    busy = require(problem(groups=groups), seed=2, replications=60).slots[2]
    assert busy.people > 1
    assert busy.driven_by == "load"


def test_windows_are_a_ceiling_and_what_it_costs_is_said() -> None:
    groups = (StaffedGroup("all", ("cash", "card", "loan"), most=(4,) * 8),)
    answer = require(problem(groups=groups), seed=2, replications=60)
    assert max(people(answer).values()) == 4
    assert {missed.note for missed in answer.shortfalls} == {"windows_short"}
    assert all(missed.kept_share < 0.9 for missed in answer.shortfalls)


def test_where_windows_are_short_every_one_of_them_is_manned() -> None:
    flood = (staffed("cash", 5.0, level=6.0),)
    groups = (StaffedGroup("teller", ("cash",), most=(3,) * 8),)
    answer = require(problem(services=flood, groups=groups), seed=2, replications=40)
    assert [slot.people for slot in answer.slots] == [3] * 8
    assert {slot.driven_by for slot in answer.slots} == {"load"}


def test_a_service_that_nobody_has_is_a_shortfall_with_its_reason() -> None:
    answer = require(problem(groups=(StaffedGroup("teller", ("cash", "card")),)), seed=2, replications=60)
    assert {(missed.service_code, missed.note) for missed in answer.shortfalls} == {("loan", "nobody_able")}


def test_somebody_able_is_there_for_every_expected_service() -> None:
    rows = require(problem(), seed=3, replications=60).slots
    assert all(slot.people >= 1 for slot in rows if slot.group_code == "desk")


def test_specialists_stand_in_for_generalists_where_promises_allow() -> None:
    groups = (StaffedGroup("all", ("cash", "card", "loan")), StaffedGroup("cash_only", ("cash",)))
    found = people(require(problem(groups=groups), seed=3, replications=60))
    assert sum(count for (group, _), count in found.items() if group == "cash_only") > 0


def test_closed_slots_need_nobody() -> None:
    noon = StaffedService(staffed("cash", 5.0).model, (10.0, 10.0, 0.0, 10.0))
    groups = (StaffedGroup("teller", ("cash",)),)
    question = StaffingProblem(540, 30, (noon,), groups, closes=(600.0, 660.0))
    found = people(require(question, seed=5, replications=100))
    assert found["teller", 2] == 0
    assert found["teller", 1] > 0


def test_days_drawn_from_a_forecast_ask_for_more_than_poisson_days() -> None:
    question = problem()
    rng = np.random.default_rng(8)
    expected = np.array([service.arrivals for service in question.services])
    level = rng.gamma(8.0, 1 / 8.0, 200)
    counts = rng.poisson(level[:, None, None] * expected).astype(np.int64)
    unsure = sum(people(require(question, seed=1, counts=counts)).values())
    assert unsure > sum(people(require(question, seed=1)).values())


def test_thin_services_are_judged_over_joined_slots() -> None:
    assert join_slots((4.0, 1.0, 1.0, 1.5, 0.5)) == [(0, 0), (1, 4)]
    assert join_slots((0.5, 0.5)) == [(0, 1)]
    assert join_slots((0.0, 0.0)) == []


def test_tuples_of_different_lengths_are_refused() -> None:
    with pytest.raises(BadInput) as error:
        require(problem(least=(1, 2)), seed=1)
    assert error.value.code == "slots_differ"
