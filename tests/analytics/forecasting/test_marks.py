from datetime import date

from bankhall.analytics.forecasting.marks import marks_of
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay

SPRING = [CalendarDay(date(2026, 2, n), "holiday", Bilingual("春节", "Spring Festival")) for n in range(15, 24)]
CALENDAR = BusinessCalendar(
    [
        *SPRING,
        CalendarDay(date(2026, 2, 28), "makeup_workday"),
        CalendarDay(date(2026, 1, 1), "holiday", Bilingual("元旦", "New Year's Day")),
        CalendarDay(date(2026, 4, 10), "workday", markers=("payday", "tax_deadline")),
    ]
)


def test_the_calendars_own_markers_are_marks() -> None:
    assert marks_of(date(2026, 4, 10), CALENDAR) == ("payday", "tax_deadline")


def test_the_working_days_about_a_holiday_are_marked() -> None:
    assert marks_of(date(2025, 12, 31), CALENDAR) == ("day_before_holiday", "month_end")
    assert marks_of(date(2026, 1, 2), CALENDAR) == ("day_after_holiday",)
    assert marks_of(date(2026, 1, 1), CALENDAR) == ("holiday",)


def test_a_weekend_before_a_holiday_does_not_hide_it() -> None:
    assert "day_before_holiday" in marks_of(date(2026, 2, 13), CALENDAR)


def test_the_distance_to_spring_festival_is_marked() -> None:
    assert marks_of(date(2026, 2, 17), CALENDAR) == ("spring_holiday",)
    assert marks_of(date(2026, 1, 27), CALENDAR) == ("spring_far_before",)
    assert "spring_near_before" in marks_of(date(2026, 2, 10), CALENDAR)
    assert marks_of(date(2026, 2, 24), CALENDAR) == ("day_after_holiday", "spring_near_after")
    assert marks_of(date(2026, 3, 5), CALENDAR) == ("spring_far_after",)
    assert marks_of(date(2026, 3, 18), CALENDAR) == ()


def test_a_makeup_workday_can_be_the_end_of_a_month() -> None:
    assert marks_of(date(2026, 2, 28), CALENDAR) == ("makeup_workday", "month_end", "spring_near_after")
    assert "month_end" not in marks_of(date(2026, 2, 27), CALENDAR)
