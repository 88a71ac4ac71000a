from datetime import date

from bankhall.analytics.planning.held import Held, held
from bankhall.analytics.planning.question import ProofRow

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


def row(day: date, value: float | None, *, service: str = "cash", slot: int | None = None) -> ProofRow:
    return ProofRow("B", service, day, slot, "wait_p90", value, 2.0, 4.0, 16.0, 20.0)


def test_days_inside_and_outside_are_counted_with_bias_and_error() -> None:
    happened: dict[tuple[str, date], float | None] = {("cash", MONDAY): 12.0, ("cash", TUESDAY): 18.0}
    assert held("wait_p90", [row(MONDAY, 10.0), row(TUESDAY, 10.0)], happened) == Held(
        "wait_p90", 2, 0.5, 1.0, -5.0, 5.0
    )


def test_slots_the_whole_hall_and_days_without_customers_do_not_count() -> None:
    proof = [row(MONDAY, 10.0, slot=540), row(MONDAY, 10.0, service=""), row(TUESDAY, None)]
    happened: dict[tuple[str, date], float | None] = {
        ("cash", MONDAY): 12.0,
        ("", MONDAY): 12.0,
        ("cash", TUESDAY): 1.0,
    }
    assert held("wait_p90", proof, happened).n == 0


def test_nothing_to_compare_is_not_known_and_not_zero() -> None:
    assert held("wait_p90", [], {}) == Held("wait_p90", 0, None, None, None, None)
    assert held("wait_p90", [row(MONDAY, 10.0)], {("cash", MONDAY): None}).inside_80 is None
