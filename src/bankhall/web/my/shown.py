"""My roster as the page and the calendar show it."""

from datetime import date
from typing import Any

from django.utils import timezone

from bankhall.apps.rosters.queries.lending import LoanLine
from bankhall.apps.rosters.queries.pages import Bar, MyDay, MyRoster
from bankhall.documents.calendars import Shift
from bankhall.wording.figures import day_title, hours, moment, month_day, short_date, span, weekday
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names, place, place_at


def roster_context(page: MyRoster, language: str, today: date) -> dict[str, Any]:
    """Everything that the template reads."""
    days = [_day(page, day, language, today) for day in page.days]
    coming = [d for d in page.days if d.start is not None and d.day.date >= today]
    dates = page.week.days()
    return {
        "station": "", "page": page, "days": days, "next": _next(page, coming[0], language, today) if coming else None,
        "week": str(page.week), "before": str(page.week.plus(-1)), "after": str(page.week.plus(1)),
        "week_words": f"{month_day(dates[0], language)}–{month_day(dates[-1], language)}",
        "total": hours(page.work_minutes, language),
        "published": moment(timezone.localtime(page.published_at), language) if page.published_at else "",
    }  # fmt: skip


def names_of(page: MyRoster) -> Names:
    """Names of posts and duties."""
    return Names(staff=page.names.staff, branches=page.names.branches, posts=page.names.posts, duties=page.names.duties)


def _day(page: MyRoster, day: MyDay, language: str, today: date) -> dict[str, Any]:
    words = span(day.start, day.end) if day.start is not None and day.end is not None else ""
    off = word(day.absence, language) if day.absence else say("word.off", language)
    marks = [word(marker, language) for marker in day.day.markers]
    return {
        "iso": day.day.date.isoformat(), "weekday": weekday(day.day.date, language),
        "date": short_date(day.day.date, language), "when": words,
        "off": off,
        "hours": hours(day.work_minutes, language) if day.work_minutes else "", "today": day.day.date == today,
        "spells": [(span(bar.start, bar.end), _where(page, bar, language)) for bar in day.bars],
        "note": "、".join(marks) if language.startswith("zh") else ", ".join(marks),
    }  # fmt: skip


def _where(page: MyRoster, bar: Bar, language: str) -> str:
    names = names_of(page)
    return place_at(bar.at_branch_code, place(bar.kind, bar.code, bar.post_code, language, names), language, names)


def loans_shown(loans: tuple[LoanLine, ...], language: str) -> list[dict[str, Any]]:
    """What the reader is asked to do elsewhere and has not answered yet."""
    return [
        {
            "code": loan.code, "day": day_title(loan.day, language), "when": span(loan.start, loan.end),
            "where": loan.to_name.read(language) or loan.to_branch, "minutes": loan.travel_minutes,
            "post": word(loan.post_code, language),
        }
        for loan in loans if loan.steps
    ]  # fmt: skip


def _next(page: MyRoster, day: MyDay, language: str, today: date) -> dict[str, Any]:
    return {
        "words": say("word.today", language) if day.day.date == today else day_title(day.day.date, language),
        "when": span(day.start or 0, day.end or 0),
        "where": _where(page, day.bars[0], language) if day.bars else "",
    }


def shifts_of(page: MyRoster, language: str) -> tuple[Shift, ...]:
    """One event for each day of work; its name stays the same when the version changes."""
    branch = page.branch_name.read(language)
    return tuple(
        Shift(
            f"{page.staff_no}-{day.day.date.isoformat()}@bankhall",
            day.day.date,
            day.start,
            day.end,
            f"{branch} {span(day.start, day.end)}",
            branch,
            "\n".join(f"{span(bar.start, bar.end)} {_where(page, bar, language)}" for bar in day.bars),
            page.version or 1,
        )
        for day in page.days
        if day.start is not None and day.end is not None
    )
