"""Square-root staffing: people = load + β·√load, with β from the share of arrivals that may find nobody free."""

import math

from bankhall.analytics.queueing.erlang import erlang_a_tail

HALVINGS = 30
"""Of an interval of 20: eight digits, and the exact answer is walked to from there."""


def normal_density(x: float) -> float:
    """Standard normal density."""
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def normal_below(x: float) -> float:
    """Standard normal distribution function."""
    return math.erfc(-x / math.sqrt(2)) / 2


def halfin_whitt_delay(beta: float) -> float:
    """Share that waits when patience is endless (many people): 1 / (1 + βΦ(β)/φ(β)) for β > 0."""
    return 1.0 if beta <= 0 else 1 / (1 + beta * normal_below(beta) / normal_density(beta))


def garnett_delay(beta: float, patience_in_services: float) -> float:
    """Share that waits when mean patience is so many mean services (many people, any β)."""
    if math.isinf(patience_in_services):
        return halfin_whitt_delay(beta)
    root = math.sqrt(patience_in_services)
    return 1 / (1 + _hazard(beta * root) / (root * _hazard(-beta)))


def beta_for_delay(delay: float, patience_in_services: float) -> float:
    """The β that gives a delay probability, by bisection."""
    low, high = -10.0, 10.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if garnett_delay(middle, patience_in_services) > delay else (low, middle)
    return high


def square_root_people(load: float, beta: float) -> int:
    """⌈load + β√load⌉, at least one where there is any load."""
    return max(1, math.ceil(load + beta * math.sqrt(load))) if load > 0 else 0


def people_for_promise(
    load: float, *, mean_minutes: float, leaving_rate: float, wait_minutes: float, share: float
) -> int:
    """People with whom `share` of arrivals have no more than `wait_minutes` in line under a steady load.

    Starts from the square root and walks to the exact Erlang A answer: with one to six windows the square root alone is
    often one person off.
    """
    if load <= 0:
        return 0
    rates = load / mean_minutes, 1 / mean_minutes, leaving_rate
    patience = math.inf if leaving_rate <= 0 else 1 / (leaving_rate * mean_minutes)
    people = square_root_people(load, beta_for_delay(1 - share, patience))
    while people > 1 and erlang_a_tail(*rates, people - 1, wait_minutes) <= 1 - share:
        people -= 1
    while erlang_a_tail(*rates, people, wait_minutes) > 1 - share:
        people += 1
    return people


def _hazard(x: float) -> float:
    """φ/(1 − Φ), by its expansion where 1 − Φ vanishes."""
    return normal_density(x) / normal_below(-x) if x < 30 else x + 1 / x
