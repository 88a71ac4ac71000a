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


def test_one_date_set_by_hand_does_not_make_a_year_known() -> None:
    spring, new_year = CalendarDay(date(2027, 2, 6), "holiday"), CalendarDay(date(2027, 1, 1), "holiday")
    assert not BusinessCalendar([spring]).knows_year(2027)
    assert BusinessCalendar([spring, new_year]).knows_year(2027)
    assert not BusinessCalendar([CalendarDay(date(2027, 1, 1), "holiday", region_code="R02")]).knows_year(2027, "R01")
