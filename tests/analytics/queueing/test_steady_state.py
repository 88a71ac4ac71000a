"""The event loop against exact results for long runs."""

import numpy as np
import pytest

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.chance.intervals import batch_means
from bankhall.analytics.queueing.erlang import erlang_a_abandonment, erlang_a_tail, erlang_a_wait, erlang_c_wait
from bankhall.analytics.queueing.formulas import cobham_waits, pollaczek_khinchine_wait
from bankhall.analytics.queueing.hall import Hall, ServiceModel
from bankhall.analytics.queueing.outcomes import LEFT, SERVED
from bankhall.analytics.queueing.recursion import first_come_waits
from bankhall.analytics.queueing.simulate import simulate
from tests.analytics.queueing.halls import equal_windows, long_run, mean_where, service

MANY = 800_000


def test_five_equal_windows_wait_as_erlang_c_says() -> None:
    records = long_run((service(),), (4.5,), 5, customers=MANY)
    interval = batch_means(records.wait, level=0.99)
    assert interval.holds(1.524986)
    assert float((records.wait > 0).mean()) == pytest.approx(0.762493, abs=0.006)
    assert records.utilisation() == pytest.approx(0.9, abs=0.003)


def test_waits_equal_the_recursion_of_kiefer_and_wolfowitz_customer_by_customer() -> None:
    records = long_run((service(),), (4.5,), 5, customers=100_000)
    other = first_come_waits(records.customers.arrived, records.customers.work, 5)
    assert np.allclose(records.wait, other, atol=1e-6)


@pytest.mark.parametrize("squared", [0.0, 0.5, 1.0, 2.0])
def test_one_window_waits_as_pollaczek_and_khinchine_say(squared: float) -> None:
    cv = squared**0.5
    model = ServiceModel("a", Duration("gamma" if squared else "deterministic", 1.0, cv))
    records = long_run((model,), (0.8,), 1, customers=MANY)
    assert records.wait.mean() == pytest.approx(pollaczek_khinchine_wait(0.8, 1.0, cv), rel=0.05)


def test_priorities_wait_as_cobham_says_and_conserve_work() -> None:
    rates = (1.0, 1.5, 1.5)
    services = tuple(service(code, priority=priority) for code, priority in (("a", 2), ("b", 1), ("c", 0)))
    records = long_run(services, rates, 5, customers=2 * MANY)
    found = [mean_where(records.wait, records.customers.service == place) for place in range(3)]
    assert found == pytest.approx(cobham_waits(rates, 1.0, 5), rel=0.04)
    assert sum(rate * wait for rate, wait in zip(rates, found, strict=True)) == pytest.approx(
        4.0 * erlang_c_wait(4.0, 1.0, 5), rel=0.03
    )


def test_impatient_customers_wait_and_leave_as_erlang_a_says() -> None:
    model = service(patience=Duration("exponential", 2.0))
    records = long_run((model,), (48.0,), 50, customers=MANY)
    exact = (48.0, 1.0, 0.5, 50)
    assert float((records.outcome == LEFT).mean()) == pytest.approx(erlang_a_abandonment(*exact), abs=0.0015)
    assert float(records.wait.mean()) == pytest.approx(erlang_a_wait(*exact), rel=0.04)
    assert float((records.wait > 0.1).mean()) == pytest.approx(erlang_a_tail(*exact, 0.1), abs=0.008)


def test_littles_law_holds_on_the_run_itself() -> None:
    model = service(patience=Duration("exponential", 2.0))
    records = long_run((model,), (5.2,), 5, customers=200_000)
    arrived = records.customers.arrived
    ends = arrived + records.wait
    events = np.concatenate([arrived, ends])
    order = np.argsort(events, kind="stable")
    length = np.cumsum(np.repeat([1, -1], len(arrived))[order])
    span = float(ends.max())
    area = float((length[:-1] * np.diff(events[order])).sum())
    rate = len(arrived) / span
    assert area / span == pytest.approx(rate * float(records.wait.mean()), rel=1e-9)


def test_the_whole_day_is_busy_minutes_over_rate() -> None:
    """Work conserved: minutes at work equal the work of those served, whatever the order."""
    records = long_run((service("a"), service("b", 2.0, priority=1)), (1.0, 1.0), 4, customers=100_000)
    served = records.outcome == SERVED
    assert float(records.worked.sum()) == pytest.approx(float(records.customers.work[served].sum()))


def test_ciw_agrees_on_priorities_that_leave() -> None:
    import ciw

    arrivals, leaving = (1.0, 1.5), 0.25
    classes = ("First", "Second")
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate)] for name, rate in zip(classes, arrivals, strict=True)
        },
        service_distributions={name: [ciw.dists.Exponential(1.0)] for name in classes},
        reneging_time_distributions={name: [ciw.dists.Exponential(leaving)] for name in classes},
        priority_classes={"First": 0, "Second": 1},
        number_of_servers=[2],
    )
    ciw.seed(4)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(12_000)
    rows = simulation.get_all_records()
    services = tuple(
        ServiceModel(name, Duration("exponential", 1.0), Duration("exponential", 1 / leaving), priority=-place)
        for place, name in enumerate(classes)
    )
    records = long_run(services, arrivals, 2, customers=400_000)
    for place, name in enumerate(classes):
        mine = records.customers.service == place
        theirs = [row for row in rows if row.customer_class == name]
        gone = sum(row.record_type == "renege" for row in theirs) / len(theirs)
        assert float((records.outcome[mine] == LEFT).mean()) == pytest.approx(gone, abs=0.02)
        waited = sum(row.waiting_time for row in theirs) / len(theirs)
        assert float(records.wait[mine].mean()) == pytest.approx(waited, rel=0.06)


def test_given_counts_arrive_in_their_slots_uniformly() -> None:
    counts = np.array([[[0, 1000, 3]]])
    hall = Hall((service(),), equal_windows(1), 540.0, 30.0, 3)
    arrived = simulate(hall, counts, seed=1).customers.arrived
    assert np.histogram(arrived, [540, 570, 600, 630])[0].tolist() == [0, 1000, 3]
    assert arrived[:1000].mean() == pytest.approx(585.0, abs=1.0)
