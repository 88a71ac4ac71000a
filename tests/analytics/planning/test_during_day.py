"""The rest of a day: the hall from now on against closed forms, rewritten days, and what is proposed."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.history import build_history
from bankhall.analytics.planning.during_day import Busy, DayUpdate, Moment, Waiting, look_at_the_rest
from bankhall.analytics.planning.during_day.candidates import Hall, candidates
from bankhall.analytics.planning.during_day.from_now import Scene, scene_of
from bankhall.analytics.planning.during_day.rewriting import moved, reseated
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.queueing.fit import Fits
from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.roster import Assignment, Rule
from tests.analytics.planning import small_bank as small

DAY = small.WEEK.days()[0]
NOON = 12 * 60


@pytest.fixture(scope="module")
def morning() -> Forecast:
    known = small.days(small.FIRST, DAY - timedelta(days=1))
    rng = np.random.default_rng(3)
    rows = [
        (service, day, slot, float(rng.poisson(mean)))
        for day in known.dates if day.isoweekday() < 6
        for slot in range(18, 34)
        for service, mean in (("cash", 8.0), ("account", 2.0))
    ]  # fmt: skip
    return forecast_branch(build_history("B", rows, known), small.days(DAY, DAY), as_of=DAY)


def nobody_comes(forecast: Forecast) -> Forecast:
    return replace(forecast, mean=np.zeros_like(forecast.mean))


def asked(forecast: Forecast, *, minutes: float = 6.0, cv: float = 0.0, patience: float = 0.0) -> PlanQuestion:
    """Services that take `minutes`; nobody leaves unless told how patient they are."""
    lasting = Duration("exponential", patience) if patience else Duration("endless")
    fits = tuple(
        replace(small.fit(code), time=Duration("lognormal", minutes, cv), patience=lasting)
        for code in ("cash", "account")
    )  # fmt: skip
    return small.question(forecast=forecast, fits=Fits(fits, "seen"), effort=Effort(proof_days=60))


def moment(forecast: Forecast, minute: int = NOON, **more: object) -> Moment:
    return Moment(DAY, minute, True, forecast.mean[0].round(), **more)  # type: ignore[arg-type]


def at_window(staff_no: str, start: int, end: int, window: str = "1", **more: object) -> Assignment:
    post = "universal_teller" if window == "3" else "teller"
    return Assignment("B", staff_no, DAY, start, end, "window", window, post, **more)  # type: ignore[arg-type]


def scene(question: PlanQuestion, now: Moment) -> Scene:
    found = scene_of(question, now, hours_on(question.bank, "B", DAY))
    assert found is not None
    return found


def test_those_in_line_wait_from_when_they_came_and_one_service_each(morning: Forecast) -> None:
    """One teller, six minutes each, three in line since 11:30, 11:45 and 11:58, nobody else comes."""
    quiet = nobody_comes(morning)
    line = tuple(Waiting("cash", minute) for minute in (690.0, 705.0, 718.0))
    records = scene(asked(quiet), moment(quiet, waiting=line)).run([at_window("T0", 540, 1020)])
    assert records.wait[:3] == pytest.approx([30.0, 15.0 + 6.0, 2.0 + 12.0])


def test_who_serves_somebody_finishes_first_in_the_mean_time_left(morning: Forecast) -> None:
    """Walking in on a service of mean m and coefficient of variation c leaves m(1 + c²)/2 of it."""
    quiet = nobody_comes(morning)
    now = moment(quiet, waiting=(Waiting("cash", 719.0),), busy=(Busy("T0", "cash"),))
    wait = scene(asked(quiet, cv=0.5), now).run([at_window("T0", 540, 1020)]).wait
    assert wait == pytest.approx(np.full(60, 1.0 + 6.0 * 1.25 / 2))


def test_who_is_not_at_the_window_yet_is_not_kept_by_a_customer_of_before(morning: Forecast) -> None:
    quiet = nobody_comes(morning)
    now = moment(quiet, waiting=(Waiting("cash", 719.0),), busy=(Busy("T0", "cash"),))
    wait = scene(asked(quiet), now).run([at_window("T0", 750, 1020)]).wait
    assert wait == pytest.approx(np.full(60, 31.0))


def test_who_still_stands_there_has_not_left_yet(morning: Forecast) -> None:
    """Exponential patience of 20 minutes has no memory: whoever waits ten more stays with e^(−10/20)."""
    quiet = nobody_comes(morning)
    now = moment(quiet, waiting=tuple(Waiting("cash", 600.0 + n) for n in range(40)))
    patience = scene(asked(quiet, patience=20.0), now).customers
    left = patience.patience - (NOON - patience.arrived)
    assert (left > 0).all()
    assert (left > 10).mean() == pytest.approx(np.exp(-0.5), abs=0.03)


def test_only_those_come_who_have_not_come_yet(morning: Forecast) -> None:
    """Half past the half hour: half of its customers are still to come, and none before now."""
    question = replace(asked(morning), effort=Effort(proof_days=400))
    found = scene(question, moment(morning, 735))
    assert found.customers.arrived.min() >= 735
    per_day = len(found.customers.arrived) / 400
    slots = np.arange(morning.slots.start, morning.slots.stop) * 30
    expected = morning.mean[0][:, slots >= 750].sum() + 0.5 * morning.mean[0][:, slots == 720].sum()
    assert per_day == pytest.approx(expected, rel=0.05)


def test_nothing_is_simulated_after_closing(morning: Forecast) -> None:
    question = asked(morning)
    assert scene_of(question, moment(morning, 1020), hours_on(question.bank, "B", DAY)) is None


BREAK = Assignment("B", "T0", DAY, 720, 780, "break")
PERSON = (at_window("T0", 540, 720), BREAK, at_window("T0", 780, 1020))


def test_a_break_moves_later_and_the_window_stays_manned_until_then() -> None:
    after = moved(PERSON, BREAK, 780)
    assert after == (at_window("T0", 540, 780), replace(BREAK, start=780, end=840), at_window("T0", 840, 1020))


def test_a_break_moves_earlier_and_the_window_is_manned_from_its_end() -> None:
    after = moved(PERSON, BREAK, 690)
    assert after == (at_window("T0", 540, 690), replace(BREAK, start=690, end=750), at_window("T0", 750, 1020))


def test_a_break_moves_over_no_duty_and_not_past_the_end_of_work() -> None:
    duty = Assignment("B", "T0", DAY, 780, 810, "duty", "patrol")
    assert moved((PERSON[0], BREAK, duty, at_window("T0", 810, 1020)), BREAK, 780) is None
    assert moved(PERSON, BREAK, 990) is None


def test_a_stretch_is_given_up_in_its_middle_only_where_it_covers_it() -> None:
    hall = Assignment("B", "A2", DAY, 540, 1020, "post", "authoriser", "authoriser")
    after = reseated((hall,), hall, (720, 780), at_window("A2", 0, 1))
    assert after == (replace(hall, end=720), at_window("A2", 720, 780), replace(hall, start=780))
    assert reseated((replace(hall, end=750),), replace(hall, end=750), (720, 780), hall) is None


def test_a_locked_stretch_is_left_alone() -> None:
    locked = tuple(replace(row, locked=True) for row in PERSON)
    assert not candidates(Hall(small.BANK, locked, 720, 840))


LUNCH_FOR_ALL = (
    *PERSON,
    *(replace(row, staff_no="T1", code="2" if row.kind == "window" else "") for row in PERSON),
    Assignment("B", "A2", DAY, 540, 1020, "post", "authoriser", "authoriser"),
    Assignment("B", "A1", DAY, 540, 1020, "post", "authoriser", "authoriser"),
    Assignment("B", "L1", DAY, 540, 1020, "post", "lobby_manager", "lobby_manager"),
    at_window("T3", 540, 1020, "3"),
)
"""Both tellers rest from 12 to 13, where sixteen people an hour want cash."""


def looked(morning: Forecast, rules: tuple[Rule, ...] = small.BANK.rules) -> DayUpdate:
    bank = replace(small.BANK, rules=rules)
    question = replace(small.question(forecast=morning, effort=Effort(proof_days=80)), bank=bank)
    problem = RosterProblem("B", small.WEEK, bank)
    return look_at_the_rest(question, moment(morning), problem, LUNCH_FOR_ALL)


def test_breaks_are_moved_before_anybody_from_the_hall_sits_down(morning: Forecast) -> None:
    found = looked(morning)
    kinds = [one.kind for one in found.proposals]
    assert kinds[0] == "move_break"
    assert kinds == sorted(kinds, key=["move_break", "move_duty", "open_window", "close_window", "call_in"].index)
    first = found.proposals[0]
    assert first.low > 0
    assert first.low <= first.saved <= first.high
    assert first.saved > 2


def test_a_window_that_would_miss_its_teller_is_not_given_up(morning: Forecast) -> None:
    assert all(one.saved > -1 for one in looked(morning).proposals if one.kind == "close_window")


def test_what_a_rule_forbids_is_not_proposed(morning: Forecast) -> None:
    """No break before 12 and none that ends after 13: neither break may move then."""
    strict = (Rule("break_earliest", 720, "agreement"), Rule("break_latest", 780, "agreement"))
    bank = replace(small.BANK, rules=(*small.BANK.rules, *strict))
    free, bound = looked(morning), looked(morning, bank.rules)
    assert any(one.kind == "move_break" for one in free.proposals)
    before = len(find_breaches(RosterProblem("B", small.WEEK, bank), LUNCH_FOR_ALL))
    for one in bound.proposals:
        rows = [row for row in LUNCH_FOR_ALL if row not in one.removed]
        assert len(find_breaches(RosterProblem("B", small.WEEK, bank), [*rows, *one.added])) <= before
    assert all(one.kind != "move_break" for one in bound.proposals)


def test_the_rest_is_the_mornings_until_something_of_the_day_is_known(morning: Forecast) -> None:
    question = small.question(forecast=morning, effort=Effort(proof_days=20))
    unknown = Moment(DAY, NOON, False, np.zeros_like(morning.mean[0]))
    found = look_at_the_rest(question, unknown, RosterProblem("B", small.WEEK, small.BANK), ())
    assert found.rest == found.rest_morning
    assert found.weight == 0
    assert all(slot.came is None for slot in found.slots)


def test_a_busy_morning_raises_the_rest_and_narrows_its_range(morning: Forecast) -> None:
    question = small.question(forecast=morning, effort=Effort(proof_days=20))
    busy = Moment(DAY, NOON, True, (morning.mean[0] * 1.6).round())
    found = look_at_the_rest(question, busy, RosterProblem("B", small.WEEK, small.BANK), ())
    assert found.rest.mean > found.rest_morning.mean
    width = (found.rest.high - found.rest.low) / found.rest.mean
    assert width < (found.rest_morning.high - found.rest_morning.low) / found.rest_morning.mean


def test_the_same_question_has_the_same_answer(morning: Forecast) -> None:
    assert looked(morning).proposals == looked(morning).proposals
