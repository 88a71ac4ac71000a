"""What the page of attendance shows, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.urls import reverse

from bankhall.analytics.planning.attended import AttendanceAccount, DayAttended
from bankhall.apps.rosters.queries.attendance import AttendancePage, PersonKept
from bankhall.web.ui.charts import shapes
from bankhall.web.ui.charts.load import load_chart, load_table
from bankhall.web.ui.charts.ruler import desk_ruler, phone_ruler
from bankhall.web.ui.charts.stood import stood_chart, stood_table
from bankhall.wording import figures
from bankhall.wording.say import say
from bankhall.wording.sentences import Names

SHAPES = {
    "too_few": "few",
    "kept": "done",
    "seldom": "few",
    "plan": "act",
    "attendance": "act",
    "both": "act",
    "unknown": "watch",
}


@dataclass(frozen=True, slots=True)
class AccountShown:
    """A week, or the four together, as a row."""

    name: str
    url: str
    current: bool
    promise: str
    plan: str
    plan_fault: str
    attendance_fault: str
    both: str
    shape: str
    verdict: str


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person's day as a row with its form."""

    staff_no: str
    name: str
    planned: str
    spans: tuple[str, ...]
    shape: str
    words: str
    came: str
    left: str


def attendance_context(page: AttendancePage, language: str) -> dict[str, Any]:
    """Everything that the template reads."""
    address = reverse("attendance", args=[page.branch_code])
    context: dict[str, Any] = {
        "station": "measure", "page": page, "synthetic": page.synthetic, "title": _title(page, language),
        "before": f"{address}?week={page.week.plus(-1)}", "after": f"{address}?week={page.week.plus(1)}",
        "newest": f"{address}?week={page.newest}" if page.newest and page.newest != page.week else "",
        "days": [_day_link(page, one, address, language) for one in page.dates],
        "weeks": [_account(page, str(kept.week), kept.account, address, language) for kept in page.weeks],
        "together": _account(page, "", page.total, address, language),
        "people": [_person(page, one, language) for one in page.people],
        "day_words": figures.day_title(page.day, language), "unexpected": page.total.unexpected,
    }  # fmt: skip
    return context | _pictures(page, language)


def _title(page: AttendancePage, language: str) -> str:
    return say(f"day.verdict_{page.total.verdict}", language)


def _day_link(page: AttendancePage, day: date, address: str, language: str) -> dict[str, Any]:
    slots = [slot for one in page.days if one.day == day for slot in one.slots]
    return {
        "url": f"{address}?week={page.week}&day={day.isoformat()}", "current": day == page.day,
        "words": figures.day_title(day, language), "broken": sum(slot.promise_kept is False for slot in slots),
    }  # fmt: skip


def _account(page: AttendancePage, week: str, account: AttendanceAccount, address: str, language: str) -> AccountShown:
    def of(part: int, whole: int) -> str:
        return f"{part} / {whole}" if whole else figures.NOTHING

    return AccountShown(
        week.removeprefix(f"{page.week.year}-") if week else say("day.four_weeks", language),
        f"{address}?week={week}" if week else "", week == str(page.week),
        of(account.promise_broken, account.judged), of(account.plan_broken, account.recorded), str(account.plan),
        str(account.attendance), str(account.both), SHAPES[account.verdict],
        say(f"day.short_{account.verdict}", language),
    )  # fmt: skip


def _pictures(page: AttendancePage, language: str) -> dict[str, Any]:
    if page.shown is None:
        return {}
    slots = tuple(
        shapes.StoodSlot(
            s.start,
            s.planned,
            s.stood,
            s.needed,
            s.came,
            s.plan_kept is False,
            s.promise_kept is False,
            s.judged,
            s.kept,
        )
        for s in page.shown.slots
    )
    step = min((b.start - a.start for a, b in pairwise(slots)), default=page.slot_minutes)
    ends = (slots[0].start, slots[-1].start + step)
    desk, phone = desk_ruler(*ends, step), phone_ruler(*ends, step)
    found: dict[str, Any] = {
        "people_wide": stood_chart(slots, desk, language), "people_narrow": stood_chart(slots, phone, language),
        "people_tables": [stood_table(slots, language)],
    }  # fmt: skip
    load = _load(page.shown)
    if load.slots:
        found |= {
            "load_wide": load_chart(load, desk, language), "load_narrow": load_chart(load, phone, language),
            "load_tables": [load_table(load, language)],
        }  # fmt: skip
    return found


def _load(day: DayAttended) -> shapes.Load:
    """What was forecast beside what came; nothing where no forecast was issued."""
    slots = tuple(
        shapes.LoadSlot(s.start, s.expected, s.low or 0.0, s.high or 0.0, None, float(s.arrivals))
        for s in day.slots
        if s.expected is not None
    )
    return shapes.Load(slots, shapes.Range(sum(slot.mean for slot in slots)))


def _person(page: AttendancePage, one: PersonKept, language: str) -> PersonShown:
    name = Names(staff=page.names.staff).person(one.staff_no, language)
    planned = "" if one.starts is None or one.ends is None else figures.span(one.starts, one.ends)
    spans = [figures.clock(a) + figures.DASH + (figures.clock(b) if b is not None else "") for a, b in one.attended]
    shape, words = _verdict(one, language)
    first, last = (one.attended[0][0], one.attended[-1][1]) if one.attended else (None, None)
    return PersonShown(
        one.staff_no, name, planned, tuple(spans), shape, words,
        figures.clock(first) if first is not None else "", figures.clock(last) if last is not None else "",
    )  # fmt: skip


def _verdict(one: PersonKept, language: str) -> tuple[str, str]:
    if not one.attended:
        return "few", say("day.no_record", language)
    told = [
        say(f"day.{name}", language, n=minutes)
        for name, minutes in (("late", one.late_minutes), ("early", one.early_minutes))
        if minutes
    ]
    if one.starts is None:
        return "watch", say("day.not_planned", language)
    return ("watch", figures.listed(told, language)) if told else ("done", say("day.as_planned", language))
