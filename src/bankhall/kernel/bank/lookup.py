"""Which row binds: the branch's own beats everybody's, the service beats the family beats the rest, the latest wins."""

from collections.abc import Iterable
from datetime import date

from bankhall.kernel.bank.branch import Promise, Service
from bankhall.kernel.bank.roster import Price, Rule

SPEEDS_OFF = "speeds_off"
"""The rule by which a bank (or a branch) learns nobody's pace: nothing is fitted, kept or shown. Value 0 lifts it."""


def rules_on(rules: Iterable[Rule], branch_code: str, day: date) -> dict[str, Rule]:
    """The rule pack that binds a branch on a day, by rule code. A code without a row does not apply."""
    valid = [r for r in rules if r.branch_code in ("", branch_code) and r.validity.holds(day)]
    ordered = sorted(valid, key=lambda r: (bool(r.branch_code), r.validity.valid_from or date.min))
    return {rule.rule_code: rule for rule in ordered}


def speeds_learned(rules: Iterable[Rule], branch_code: str, day: date) -> bool:
    """Whether the pace of people may be learned from their records there and then: unless the pack says otherwise."""
    row = rules_on(rules, branch_code, day).get(SPEEDS_OFF)
    return row is None or not row.value


def promise_for(promises: Iterable[Promise], branch_code: str, service: Service, day: date) -> Promise | None:
    """The promise to ordinary customers (no tier) of a service at a branch; None = nothing was promised."""
    fits = [
        p
        for p in promises
        if not p.tier_code
        and p.branch_code in ("", branch_code)
        and p.service_code in ("", service.service_code)
        and p.family in ("", service.family)
        and p.validity.holds(day)
    ]
    return max(
        fits,
        key=lambda p: (bool(p.service_code), bool(p.family), bool(p.branch_code), p.validity.valid_from or date.min),
        default=None,
    )


def price_of(prices: Iterable[Price], item: str, post_code: str, day: date, default: float = 0.0) -> float:
    """The amount of an item for a post on a day: the post's own row beats everybody's, the latest wins."""
    fits = [
        p
        for p in prices
        if p.item == item and p.post_code in ("", post_code) and (p.valid_from is None or p.valid_from <= day)
    ]
    best = max(fits, key=lambda p: (bool(p.post_code), p.valid_from or date.min), default=None)
    return best.amount if best else default
