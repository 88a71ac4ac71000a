from datetime import date

from bankhall.kernel.bank.branch import OpeningSpan, Segment
from bankhall.kernel.bank.opening import open_at_all, open_spans
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.business_calendar import CalendarDay, DayKind


def row(
    *,
    branch: str = "",
    segment: Segment = "personal",
    weekday: int | None = None,
    kind: DayKind | None = None,
    on: date | None = None,
    opens: int | None = 540,
    closes: int | None = 1020,
    validity: Validity = Validity(),
) -> OpeningSpan:
    return OpeningSpan(branch, segment, weekday, kind, on, opens, closes, validity)


MONDAY = CalendarDay(date(2026, 11, 30), "workday")
HOLIDAY = CalendarDay(date(2026, 10, 1), "holiday")
MAKEUP = CalendarDay(date(2026, 10, 10), "makeup_workday")


def test_a_lunch_closing_is_two_spans() -> None:
    hours = [row(opens=540, closes=720), row(opens=810, closes=1020)]
    assert open_spans(hours, "B01", "personal", MONDAY) == ((540, 720), (810, 1020))


def test_a_date_beats_a_kind_of_day_that_beats_a_weekday() -> None:
    hours = [row(weekday=4), row(kind="holiday", opens=600, closes=900)]
    assert open_spans(hours, "B01", "personal", HOLIDAY) == ((600, 900),)
    closed = [*hours, row(on=date(2026, 10, 1), opens=None, closes=None)]
    assert open_spans(closed, "B01", "personal", HOLIDAY) == ()


def test_a_branch_with_rows_of_its_own_does_not_follow_the_others() -> None:
    hours = [row(weekday=1), row(branch="B01", weekday=1, opens=510, closes=990)]
    assert open_spans(hours, "B01", "personal", MONDAY) == ((510, 990),)
    assert open_spans(hours, "B02", "personal", MONDAY) == ((540, 1020),)


def test_a_version_that_has_ended_does_not_open_the_door() -> None:
    hours = [row(weekday=1, validity=Validity(valid_until=date(2026, 11, 29)))]
    assert open_spans(hours, "B01", "personal", MONDAY) == ()


def test_a_makeup_saturday_without_rows_is_worked_as_a_monday() -> None:
    assert open_spans([row(weekday=1)], "B01", "personal", MAKEUP) == ((540, 1020),)
    assert open_spans([row(weekday=1), row(weekday=6, opens=600, closes=720)], "B01", "personal", MAKEUP) == (
        (600, 720),
    )


def test_the_branch_is_open_while_any_segment_is() -> None:
    hours = [row(opens=540, closes=720), row(segment="corporate", opens=700, closes=1020)]
    assert open_at_all(hours, "B01", MONDAY) == ((540, 1020),)
