"""Erlang's formulas, exact: B (blocking), C (waiting), A (waiting with patience).

All are for one service: `arrival_rate` a minute, `service_rate` of one person, `leaving_rate` of one waiting customer
(0 = endless patience), so many `people`. Erlang A is Mandelbaum and Zeltyn's form of M/M/n+M; its integral is a series
of positive terms, so nothing cancels or overflows.
"""

import math

from bankhall.analytics.chance.compiling import compiled

SERIES_LIMIT = 100_000


@compiled
def erlang_b(people: int, load: float) -> float:
    """Share of arrivals that find everybody busy when nobody waits."""
    blocked = 1.0
    for n in range(1, people + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


@compiled
def erlang_c(people: int, load: float) -> float:
    """Share of arrivals that wait; 1 when the people cannot carry the load."""
    if load >= people:
        return 1.0
    blocked = erlang_b(people, load)
    return blocked / (1 - load / people * (1 - blocked))


@compiled
def erlang_c_tail(arrival_rate: float, service_rate: float, people: int, minutes: float) -> float:
    """Share of arrivals that wait longer than `minutes`."""
    load = arrival_rate / service_rate
    return erlang_c(people, load) * math.exp(-max(0.0, people - load) * service_rate * minutes)


@compiled
def erlang_c_wait(arrival_rate: float, service_rate: float, people: int) -> float:
    """Mean wait of all arrivals; infinite when the people cannot carry the load."""
    load = arrival_rate / service_rate
    if load >= people:
        return math.inf
    return erlang_c(people, load) / ((people - load) * service_rate)


@compiled
def log_wait_integral(
    arrival_rate: float, service_rate: float, leaving_rate: float, people: int, minutes: float
) -> float:
    """log of J(t), the integral from t on of exp(λ·H(x) − nμ·x), with H(x) = (1 − exp(−θx))/θ."""
    a, b = arrival_rate / leaving_rate, people * service_rate / leaving_rate
    still = math.exp(-leaving_rate * minutes)
    term, total, scale = 1.0 / b, 0.0, 0.0
    for k in range(1, SERIES_LIMIT):
        total += term
        term *= a * still / (b + k)
        if term < total * 1e-17 and a * still < b + k:
            break
        if total > 1e200:
            total, term, scale = total * 1e-200, term * 1e-200, scale + 200 * math.log(10.0)
    return math.log(total) + scale + a * (1 - still) - people * service_rate * minutes - math.log(leaving_rate)


@compiled
def erlang_a_offered(
    arrival_rate: float, service_rate: float, leaving_rate: float, people: int, minutes: float
) -> float:
    """Chance that an arrival with endless patience would wait longer than `minutes`."""
    if leaving_rate <= 0:
        return erlang_c_tail(arrival_rate, service_rate, people, minutes)
    whole = log_wait_integral(arrival_rate, service_rate, leaving_rate, people, 0.0)
    later = log_wait_integral(arrival_rate, service_rate, leaving_rate, people, minutes)
    free = 1 / erlang_b(people - 1, arrival_rate / service_rate)
    return math.exp(later - whole) / (1 + free / arrival_rate * math.exp(-whole))


@compiled
def erlang_a_tail(arrival_rate: float, service_rate: float, leaving_rate: float, people: int, minutes: float) -> float:
    """Share of arrivals whose time in line, to the call or to their leaving, passes `minutes`."""
    offered = erlang_a_offered(arrival_rate, service_rate, leaving_rate, people, minutes)
    return offered * math.exp(-leaving_rate * minutes)


@compiled
def erlang_a_abandonment(arrival_rate: float, service_rate: float, leaving_rate: float, people: int) -> float:
    """Share of arrivals that leave before they are called: what the people do not serve."""
    if leaving_rate <= 0:
        return 0.0
    whole = log_wait_integral(arrival_rate, service_rate, leaving_rate, people, 0.0)
    free = 1 / erlang_b(people - 1, arrival_rate / service_rate)
    spare = arrival_rate - people * service_rate
    return (math.exp(-whole) + spare) / (free * math.exp(-whole) + arrival_rate)


@compiled
def erlang_a_wait(arrival_rate: float, service_rate: float, leaving_rate: float, people: int) -> float:
    """Mean time in line of all arrivals."""
    if leaving_rate <= 0:
        return erlang_c_wait(arrival_rate, service_rate, people)
    return erlang_a_abandonment(arrival_rate, service_rate, leaving_rate, people) / leaving_rate


@compiled
def erlang_a_quantile(
    arrival_rate: float, service_rate: float, leaving_rate: float, people: int, level: float
) -> float:
    """The time in line that a share `level` of arrivals does not pass, by bisection; 0 when so many do not wait."""
    if erlang_a_tail(arrival_rate, service_rate, leaving_rate, people, 0.0) <= 1 - level:
        return 0.0
    low, high = 0.0, 1.0
    while erlang_a_tail(arrival_rate, service_rate, leaving_rate, people, high) > 1 - level and high < 1e9:
        low, high = high, high * 2
    for _ in range(60):
        middle = (low + high) / 2
        if erlang_a_tail(arrival_rate, service_rate, leaving_rate, people, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


@compiled
def fewest_people(arrival_rate: float, service_rate: float, leaving_rate: float, minutes: float, share: float) -> int:
    """The fewest people with whom at least `share` of arrivals have no more than `minutes` in line."""
    people = 1
    if arrival_rate <= 0:
        return 0
    while people < 10_000 and erlang_a_tail(arrival_rate, service_rate, leaving_rate, people, minutes) > 1 - share:
        people += 1
    return people
