"""Two more exact results: waits by priority (Cobham) and waits of one window with any service time."""

from collections.abc import Sequence

from bankhall.analytics.queueing.erlang import erlang_c


def cobham_waits(arrival_rates: Sequence[float], service_rate: float, people: int) -> tuple[float, ...]:
    """Mean wait of each class, highest priority first, when nobody is interrupted and all are served alike (M/M/c)."""
    work = sum(arrival_rates) / service_rate
    residual = erlang_c(people, work) / (people * service_rate)
    waits, before = [], 0.0
    for rate in arrival_rates:
        after = before + rate / (people * service_rate)
        waits.append(residual / ((1 - before) * (1 - after)))
        before = after
    return tuple(waits)


def pollaczek_khinchine_wait(arrival_rate: float, mean: float, cv: float) -> float:
    """Mean wait at one window with Poisson arrivals and any service time of that mean and coefficient of variation."""
    load = arrival_rate * mean
    return load * mean * (1 + cv * cv) / (2 * (1 - load))
