"""What happens to single customers whose arrivals and work are given."""

import math

import numpy as np
import pytest

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.queueing.hall import Booking, Hall, PersonSpan, ServiceModel
from bankhall.analytics.queueing.outcomes import ABSENT, BALKED, LEFT, SERVED, TURNED_AWAY
from bankhall.analytics.queueing.simulate import draw_customers, poisson_days, run_hall, simulate
from bankhall.kernel.errors import BadInput
from tests.analytics.queueing.halls import equal_windows, given, service, waits


def hall(*people: PersonSpan, services: tuple[ServiceModel, ...] | None = None, **more: object) -> Hall:
    return Hall(services or (service(),), people, 0.0, 30.0, 4, **more)  # type: ignore[arg-type]


def span(
    start: float, end: float, person: str = "p", services: tuple[str, ...] = ("a",), speed: float = 1.0
) -> PersonSpan:
    return PersonSpan(person, start, end, services, speed)


def test_a_window_that_closes_finishes_its_customer_and_takes_no_other() -> None:
    records = given(hall(span(0, 20), span(60, 120)), [10, 12], [15, 5])
    assert waits(records) == [0, 48]
    assert records.there[0].tolist() == [25 + 60]


def test_a_break_begins_after_the_customer_and_ends_as_planned() -> None:
    records = given(hall(span(0, 30), span(45, 120)), [29, 29.5, 46], [10, 5, 1])
    assert waits(records) == [0, 15.5, 4]


def test_a_customer_who_outlasts_the_break_is_followed_by_the_next_one() -> None:
    records = given(hall(span(0, 30), span(45, 120)), [29, 30], [20, 5])
    assert waits(records) == [0, 19]


def test_who_is_in_line_at_the_end_is_served_by_those_who_stand_there() -> None:
    records = given(hall(span(0, 120)), [110, 111, 112], [10, 10, 10])
    assert waits(records) == [0, 9, 18]
    assert float(records.there.sum()) == 140


def test_or_is_sent_away_when_the_hall_says_so() -> None:
    records = given(hall(span(0, 120), at_close="send_away"), [110, 111], [20, 10])
    assert records.outcome.tolist() == [SERVED, TURNED_AWAY]
    assert waits(records) == [0, 9]


def test_doors_that_shut_for_lunch_have_the_line_served_first() -> None:
    lunch = hall(span(0, 60), span(90, 120), closes=(60.0, 120.0))
    records = given(lunch, [50, 51, 52, 91], [10, 10, 10, 1])
    assert waits(records) == [0, 9, 18, 0]
    stubborn = hall(span(0, 60), span(90, 120), closes=(120.0,))
    assert waits(given(stubborn, [50, 51, 52, 91], [10, 10, 10, 1])) == [0, 39, 48, 19]


def test_a_line_that_nobody_can_serve_is_turned_away_at_the_end() -> None:
    services = (service("a"), service("b"))
    records = given(hall(span(0, 120), services=services), [10, 11], [1, 1], services=[0, 1])
    assert records.outcome.tolist() == [SERVED, TURNED_AWAY]


def test_speed_divides_the_work_and_turnaround_holds_the_window() -> None:
    slow = (service("a", turnaround_minutes=2.0),)
    records = given(hall(span(0, 120, speed=2.0), services=slow), [0, 1], [10, 1])
    assert waits(records) == [0, 6]


def test_higher_priority_goes_first_and_interrupts_nobody() -> None:
    services = (service("a"), service("b", priority=1))
    one = hall(span(0, 120, services=("a", "b")), services=services)
    records = given(one, [0, 1, 2], [10, 1, 1], services=[0, 0, 1])
    assert waits(records) == [0, 10, 8]


def test_waiting_lifts_a_low_priority_until_it_goes_first() -> None:
    services = (service("a", ageing_minutes=5.0), service("b", priority=1))
    one = hall(span(0, 120, services=("a", "b")), services=services)
    arrivals, work, which = [0.0, 1.0, 2.0, 9.0], [12.0, 1.0, 5.0, 5.0], [0, 0, 1, 1]
    aged = given(one, arrivals, work, services=which)
    assert waits(aged) == [0, 11, 11, 9]
    plain = hall(span(0, 120, services=("a", "b")), services=(service("a"), services[1]))
    assert waits(given(plain, arrivals, work, services=which)) == [0, 21, 10, 8]


def test_people_serve_only_what_they_can_and_the_most_special_is_asked_first() -> None:
    services = (service("a"), service("b"))
    two = hall(span(0, 120, "both", ("a", "b")), span(0, 120, "only_a", ("a",)), services=services)
    records = given(two, [0, 1, 2], [10, 10, 10], services=[0, 1, 0])
    assert records.person.tolist() == [1, 0, 1]
    assert waits(records) == [0, 0, 8]


def test_a_person_who_changes_windows_changes_services() -> None:
    services = (service("a"), service("b"))
    moved = hall(span(0, 30, services=("a",)), span(30, 120, services=("b",)), services=services)
    records = given(moved, [20, 21, 22], [20, 1, 5], services=[0, 0, 1])
    assert records.outcome.tolist() == [SERVED, TURNED_AWAY, SERVED]
    assert waits(records)[2] == 18


def test_who_loses_patience_leaves_at_that_moment() -> None:
    records = given(hall(span(0, 120)), [0, 1, 2], [30, 5, 5], patience=[math.inf, 10, math.inf])
    assert records.outcome.tolist() == [SERVED, LEFT, SERVED]
    assert waits(records) == [0, 10, 28]


def test_without_being_seen_they_are_found_absent_at_the_call() -> None:
    unseen = hall(span(0, 120), leaving="at_call", no_show_minutes=1.0)
    records = given(unseen, [0, 1, 2], [30, 5, 5], patience=[math.inf, 10, math.inf])
    assert records.outcome.tolist() == [SERVED, ABSENT, SERVED]
    assert waits(records) == [0, 29, 29]


def test_some_do_not_come_when_called_whatever_their_patience() -> None:
    records = given(hall(span(0, 120)), [0, 1], [30, 5], absent=[True, False])
    assert records.outcome.tolist() == [ABSENT, SERVED]
    assert waits(records) == [0, 0]


def test_the_absent_share_is_the_one_asked_for() -> None:
    many = Hall((service("a", 0.1, absent_share=0.2),), equal_windows(3), 0.0, 1000.0, 1)
    records = simulate(many, np.array([[[20_000]]]), seed=1)
    assert float((records.outcome == ABSENT).mean()) == pytest.approx(0.2, abs=0.01)


def test_a_line_of_so_many_sends_an_arrival_away_at_once() -> None:
    short = hall(span(0, 120), services=(service("a", balk_at=2),))
    records = given(short, [0, 1, 2, 3, 11], [10, 10, 10, 10, 1])
    assert records.outcome.tolist() == [SERVED, SERVED, SERVED, BALKED, SERVED]
    assert waits(records) == [0, 9, 18, 0, 19]


def test_only_those_still_in_line_are_seen_in_it() -> None:
    short = (service("a", balk_at=2),)
    arrivals, work, patience = [0.0, 1.0, 2.0, 6.0], [30.0, 5.0, 5.0, 5.0], [math.inf, 3.0, math.inf, math.inf]
    seen = given(hall(span(0, 120), services=short), arrivals, work, patience=patience)
    assert seen.outcome.tolist() == [SERVED, LEFT, SERVED, SERVED]
    tickets = given(hall(span(0, 120), services=short, leaving="at_call"), arrivals, work, patience=patience)
    assert tickets.outcome.tolist() == [SERVED, ABSENT, SERVED, BALKED]


def test_a_booking_comes_when_it_said_if_it_comes() -> None:
    booked = Hall((service(),), (span(0, 120),), 0.0, 30.0, 4, bookings=(Booking("a", 45.0, 0.7),))
    records = simulate(booked, np.zeros((2000, 1, 4), dtype=np.int64), seed=2)
    assert set(records.customers.arrived) == {45.0}
    assert len(records.wait) / 2000 == pytest.approx(0.7, abs=0.03)
    assert set(records.customers.slot) == {1}


def branch(people: int) -> Hall:
    services = tuple(
        ServiceModel(code, Duration("lognormal", 6.0, 0.9), Duration("exponential", 30.0)) for code in ("a", "b")
    )
    return Hall(services, equal_windows(people, ("a", "b"), 120.0), 0.0, 30.0, 4)


def test_the_same_seed_gives_the_same_bytes() -> None:
    counts = poisson_days(np.full((2, 4), 6.0), 50, seed=3, codes=("a", "b"))
    first, second = (simulate(branch(3), counts, seed=3) for _ in range(2))
    assert first.wait.tobytes() == second.wait.tobytes()
    assert first.wait.tobytes() != simulate(branch(3), counts, seed=4).wait.tobytes()


def test_customers_are_the_same_under_other_people() -> None:
    counts = poisson_days(np.full((2, 4), 6.0), 50, seed=3, codes=("a", "b"))
    few, many = (simulate(branch(people), counts, seed=3) for people in (3, 4))
    assert np.array_equal(few.customers.work, many.customers.work)
    assert np.array_equal(few.customers.arrived, many.customers.arrived)
    better = many.wait.reshape(-1).mean()
    assert better < few.wait.mean()


def test_one_more_customer_leaves_the_others_work_and_patience_alone() -> None:
    counts = np.full((3, 2, 4), 5)
    more = counts.copy()
    more[:, 0, 3] += 1
    before, after = (draw_customers(branch(3), numbers, seed=5) for numbers in (counts, more))
    assert set(before.work) < set(after.work)
    assert np.array_equal(before.work[before.service == 1], after.work[after.service == 1])


def test_a_day_does_not_depend_on_the_days_beside_it() -> None:
    counts = poisson_days(np.full((2, 4), 6.0), 3, seed=3, codes=("a", "b"))
    customers = draw_customers(branch(2), counts, seed=3)
    whole = run_hall(branch(2), customers)
    first, last = customers.first[1], customers.first[2]
    alone = run_hall(
        branch(2),
        customers._replace(
            **{
                name: getattr(customers, name)[first:last]
                for name in ("service", "slot", "arrived", "work", "patience")
            },
            day=np.zeros(last - first, dtype=np.int64),
            absent=customers.absent[first:last],
            first=np.array([0, last - first]),
        ),
    )
    assert np.array_equal(whole.wait[first:last], alone.wait)


def test_impossible_spans_are_refused() -> None:
    with pytest.raises(BadInput) as error:
        simulate(hall(span(30, 20)), np.zeros((1, 1, 4), dtype=np.int64), seed=1)
    assert error.value.code == "span_impossible"


def test_a_hall_without_people_turns_everybody_away() -> None:
    records = given(hall(), [10.0], [1.0])
    assert records.outcome.tolist() == [TURNED_AWAY]
    assert waits(records) == [110]
