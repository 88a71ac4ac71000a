"""Plan and promise, half hour by half hour: who is at fault for what."""

from datetime import date

import pytest

from bankhall.analytics.planning.attended import (
    AttendanceAccount,
    DayAttended,
    SlotAttended,
    account_of,
    people_by_slot,
)

DAY = date(2026, 11, 20)


def slot(start: int, stood: float | None = 3.0, kept: int = 10, **more: object) -> SlotAttended:
    """Three planned, ten judged, nine in ten promised."""
    told: dict[str, object] = {"planned": 3.0, "stood": stood, "judged": 10, "kept": kept, "share": 0.9, "arrivals": 10}
    return SlotAttended(start, **(told | more))  # type: ignore[arg-type]


def day(*slots: SlotAttended) -> DayAttended:
    return DayAttended(DAY, slots)


def test_a_third_of_a_person_fewer_still_keeps_the_plan() -> None:
    assert slot(540, 3 - 1 / 3).plan_kept
    assert slot(540, 2.6).plan_kept is False
    assert slot(540, 4.0).plan_kept


def test_what_was_not_recorded_is_neither_kept_nor_broken() -> None:
    assert slot(540, None).plan_kept is None
    assert slot(540, share=None).promise_kept is None


def test_below_five_arrivals_nobody_can_say() -> None:
    assert slot(540, judged=4, kept=0).promise_kept is None
    assert slot(540, judged=5, kept=4).promise_kept is False
    assert slot(540, judged=5, kept=5).promise_kept


def test_nine_of_ten_is_nine_in_ten() -> None:
    assert slot(540, kept=9).promise_kept
    assert slot(540, kept=8).promise_kept is False


@pytest.mark.parametrize(
    ("slots", "fault"),
    [
        ((slot(540), slot(570, kept=5)), "plan"),
        ((slot(540), slot(570, 2.0, kept=5)), "attendance"),
        ((slot(540, 2.0), slot(570, kept=5)), "attendance"),
        ((slot(540), slot(570, 2.0, kept=5, needed=4)), "both"),
        ((slot(540), slot(570, 2.0, kept=5, needed=3)), "attendance"),
        ((slot(540), slot(570, kept=5, needed=4)), "plan"),
        ((slot(540, None), slot(570, None, kept=5)), "unknown"),
        ((slot(540), slot(570)), ""),
    ],
)
def test_the_fault_is_the_plans_where_it_was_kept_and_attendances_where_not(
    slots: tuple[SlotAttended, ...], fault: str
) -> None:
    assert day(*slots).faults()[1] == fault


def test_a_plan_broken_long_before_excuses_nobody() -> None:
    assert day(slot(540, 1.0), slot(570), slot(600, kept=5)).faults() == ("", "", "plan")


def test_the_account_adds_up() -> None:
    days = [
        day(*(slot(540 + 30 * n) for n in range(16))),
        day(*(slot(540 + 30 * n) for n in range(10)), slot(840, kept=2, high=6.0), slot(870, 1.0, kept=2),
            slot(900, judged=1), slot(930, None)),
    ]  # fmt: skip
    found = account_of(days)
    assert found == AttendanceAccount(
        days=2, judged=29, promise_broken=2, recorded=29, plan_broken=1, plan=1, attendance=1, both=0, unknown=0,
        unexpected=1,
    )  # fmt: skip
    assert found.promise_broken == found.plan + found.attendance + found.both + found.unknown


def test_too_few_half_hours_say_nothing() -> None:
    assert account_of([day(*(slot(540 + 30 * n, kept=0) for n in range(19)))]).verdict == "too_few"
    assert account_of([day(*(slot(540 + 30 * n, kept=0) for n in range(20)))]).verdict == "plan"
    assert account_of([day(*(slot(540 + 30 * n) for n in range(20)))]).verdict == "kept"
    assert account_of([]).verdict == "too_few"


def test_a_few_broken_promises_do_not_say_whose_fault_they_were() -> None:
    def days(broken: int) -> list[DayAttended]:
        return [day(*(slot(540 + 30 * n, kept=0 if n < broken else 10) for n in range(24)))]

    assert account_of(days(4)).verdict == "seldom"
    assert account_of(days(5)).verdict == "plan"


def test_people_are_means_over_the_slot_and_nobody_counts_twice() -> None:
    spans = {"A": [(540, 570), (555, 585)], "B": [(560, 575)]}
    assert people_by_slot(spans, (540, 570), 30) == {540: pytest.approx(1 + 10 / 30), 570: pytest.approx(0.5 + 5 / 30)}
