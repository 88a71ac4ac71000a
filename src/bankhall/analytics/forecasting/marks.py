"""What is special about a date, as codes: markers of the calendar, and what follows from its neighbours.

`holiday`, `makeup_workday`, `day_before_holiday`, `day_after_holiday`, `month_end`, five distances to Spring Festival
(`spring_far_before` 21 to 11 days before, `spring_near_before` 10 to 1, `spring_holiday`, `spring_near_after` 1 to 7
days after, `spring_far_after` 8 to 15), and every marker that the calendar itself names (`payday`, `pension_day`, …).
"""

from datetime import date, timedelta

from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay

WORKING = ("workday", "makeup_workday")
_REACH = 21


def marks_of(when: date, calendar: BusinessCalendar, region_code: str = "") -> tuple[str, ...]:
    """The marks of a date, sorted. An unknown date has those of its weekday's assumption: none."""
    around = {n: calendar.day(when + timedelta(days=n), region_code) for n in range(-_REACH, _REACH + 1)}
    marks = {*around[0].markers, *_kind_marks(around), *_spring_marks(around)}
    if "spring_holiday" in marks:
        marks.discard("holiday")
    return tuple(sorted(marks))


def _kind_marks(around: dict[int, CalendarDay]) -> list[str]:
    today = around[0]
    marks: list[str] = [today.kind] if today.kind in ("holiday", "makeup_workday") else []
    if today.kind in WORKING:
        marks += ["day_after_holiday"] if _meets_holiday(around, -1) else []
        marks += ["day_before_holiday"] if _meets_holiday(around, 1) else []
        marks += ["month_end"] if _last_working_day(around) else []
    return marks


def _meets_holiday(around: dict[int, CalendarDay], step: int) -> bool:
    """Whether a holiday comes before the next working day in that direction."""
    for n in range(1, _REACH):
        kind = around[n * step].kind
        if kind in WORKING:
            return False
        if kind == "holiday":
            return True
    return False


def _last_working_day(around: dict[int, CalendarDay]) -> bool:
    month = around[0].date.month
    return not any(around[n].kind in WORKING and around[n].date.month == month for n in range(1, 12) if n in around)


def _is_spring(day: CalendarDay) -> bool:
    chinese, english = day.name.zh, day.name.en.lower()
    named = "春节" in chinese or "spring festival" in english or "chinese new year" in english
    return day.kind == "holiday" and named


def _spring_marks(around: dict[int, CalendarDay]) -> list[str]:
    """At most one: the holiday itself, else the nearest spring holiday within reach."""
    if _is_spring(around[0]):
        return ["spring_holiday"]
    near = [n for n, day in around.items() if _is_spring(day)]
    if not near:
        return []
    distance = min(near, key=abs)
    if distance > 0:
        return ["spring_near_before" if distance <= 10 else "spring_far_before"]
    return ["spring_near_after"] if distance >= -7 else ["spring_far_after"] if distance >= -15 else []
