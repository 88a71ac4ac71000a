"""A branch's year as the template shows it: months of weeks, what waits, what is fixed, who found no week."""

from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone

from bankhall.apps.rosters.queries.year import Left, YearLine, YearPage
from bankhall.apps.rosters.states import YearWeekState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.week import Week
from bankhall.wording import figures
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names

MARKS = {YearWeekState.FIXED: "●", YearWeekState.PROPOSED: "○"}


def year_context(page: YearPage, language: str, today: date) -> dict[str, Any]:
    """Everything that the template reads."""
    names = Names(staff=page.staff, posts=page.posts)
    lines = [_line(page, line, names, language, today) for line in page.lines]
    proposed = [line for line in lines if line["state"] == YearWeekState.PROPOSED]
    return {
        "station": "plan", "page": page, "branch": page.branch_code, "months": _months(page, names, language, today),
        "proposed": proposed, "fixed": [line for line in lines if line not in proposed],
        "left": [_left(one, names, language) for one in page.left],
        "planned": _planned(page, language), "columns": range(1, 6),
        "unknown": [str(year) for year in page.unknown_years],
    }  # fmt: skip


def _planned(page: YearPage, language: str) -> str:
    return figures.moment(timezone.localtime(page.at), language) if page.at else ""


def _months(page: YearPage, names: Names, language: str, today: date) -> list[dict[str, Any]]:
    """Weeks stand in the month of their Monday."""
    by_month = groupby(page.weeks, key=lambda week: (week.first_day().year, week.first_day().month))
    return [
        {
            "name": figures.month_title(date(year, month, 1), language),
            "weeks": [_cell(page, week, names, language, today) for week in weeks],
        }
        for (year, month), weeks in by_month
    ]


def _cell(page: YearPage, week: Week, names: Names, language: str, today: date) -> dict[str, Any]:
    here = [line for line in page.lines if line.week == week]
    barred = page.barred.get(week, "")
    return {
        "date": figures.short_date(week.first_day(), language), "today": week == Week.of(today),
        "people": [f"{MARKS[one.state]} {names.person(one.staff_no, language)}{_sign(one.kind)}" for one in here],
        "barred": say(f"year.{barred}_short", language) if barred else "", "css": "is-full" if barred else "",
    }  # fmt: skip


def _signed(name: Bilingual | None, language: str) -> str:
    return name.read(language) if name else ""


def _sign(kind: str) -> str:
    return " ⇄" if kind == "rotation" else ""


def _line(page: YearPage, line: YearLine, names: Names, language: str, today: date) -> dict[str, Any]:
    return {
        "number": line.number, "who": names.person(line.staff_no, language), "what": word(line.kind, language),
        "week": figures.week_span(line.week, language), "state": line.state,
        "fixed_by": _signed(line.fixed_name, language), "seen_by": _signed(line.seen_name, language),
        "may_decide": line.may_decide, "begun": line.week.first_day() <= today,
        "since": _since(line, names, language), "options": _options(page, line, language) if line.may_decide else [],
    }  # fmt: skip


def _options(page: YearPage, line: YearLine, language: str) -> list[tuple[str, str, bool]]:
    """Where the week could go as far as the page knows; the action says what stands in the way of the rest."""
    wanted = [w for w in page.weeks[2:] if w not in page.barred]
    timely = [w for w in wanted if w.first_day() <= line.due] or wanted
    return [(str(week), figures.week_span(week, language), week == line.week) for week in timely]


def _since(one: YearLine | Left, names: Names, language: str) -> str:
    code = "year.post_since" if one.post_code else "year.since"
    return say(
        code,
        language,
        since=figures.full_date(one.since, language),
        due=figures.full_date(one.due, language),
        post=names.post(one.post_code, language),
    )


def _left(one: Left, names: Names, language: str) -> dict[str, Any]:
    why = [say("year.in_weeks", language, why=say(f"year.{code}", language), n=n) for code, n in one.weeks.items()]
    people = [names.person(name, language) for name in one.because_of]
    return {
        "who": names.person(one.staff_no, language), "what": word(one.kind, language),
        "since": _since(one, names, language), "why": why,
        "people": say("year.because_of", language, people_names=people) if people else "",
    }  # fmt: skip
