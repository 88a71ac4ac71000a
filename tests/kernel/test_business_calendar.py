from datetime import date

from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay


def test_a_region_s_own_day_beats_everybody_s() -> None:
    day = date(2026, 4, 3)
    calendar = BusinessCalendar([CalendarDay(day, "workday"), CalendarDay(day, "holiday", region_code="R02")])
    assert calendar.day(day, "R02").kind == "holiday"
    assert calendar.day(day, "R01").kind == "workday"


def test_an_unknown_date_is_assumed_from_its_weekday_and_says_so() -> None:
    calendar = BusinessCalendar([])
    assert calendar.day(date(2027, 1, 2)).kind == "weekend"
    assert calendar.day(date(2027, 1, 4)).kind == "workday"
    assert calendar.day(date(2027, 1, 4)).assumed
    assert not calendar.knows_year(2027)
