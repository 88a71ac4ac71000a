"""A week as people read it on paper: each person's days in words, cut into sheets."""

from dataclasses import dataclass

from bankhall.apps.rosters.queries.pages import Bar, PersonRow, PrintSheet, SheetDay
from bankhall.documents.roster_sheets import DayCell, PersonWeek, Spell
from bankhall.web.plans.people_rows import words_of
from bankhall.web.ui.charts.pen import text_width
from bankhall.wording.figures import hours
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names, place, place_at


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper: page n of m."""

    number: int
    of: int
    people: tuple[PersonWeek, ...]


def people_of(sheet: PrintSheet, language: str) -> tuple[PersonWeek, ...]:
    """Everybody of the branch, in the order of the first day's rows."""
    words = words_of(sheet.names)
    order: dict[str, PersonRow] = {}
    for day in sheet.days:
        for row in day.rows:
            order.setdefault(row.staff_no, row)
    return tuple(_week(sheet, row, language, words) for row in order.values())


def _week(sheet: PrintSheet, person: PersonRow, language: str, names: Names) -> PersonWeek:
    rows = [(day, next((r for r in day.rows if r.staff_no == person.staff_no), None)) for day in sheet.days]
    minutes = sum(row.work_minutes for _, row in rows if row)
    days = tuple(_day(day, row, language, names) for day, row in rows)
    post = names.post(person.post_code, language) if person.post_code else ""
    post = f"{names.branch(person.home, language)} · {post}" if person.home else post
    return PersonWeek(person.staff_no, person.name, post, days, hours(minutes, language) if minutes else "")


def _day(day: SheetDay, row: PersonRow | None, language: str, names: Names) -> DayCell:
    if row is None or not row.bars:
        words = word(row.absence, language) if row and row.absence else say("word.off", language)
        return DayCell(day.day.date, (), words)
    return DayCell(day.day.date, tuple(spell_of(bar, language, names) for bar in row.bars))


def spell_of(bar: Bar, language: str, names: Names) -> Spell:
    """A stretch in words."""
    here = place(bar.kind, bar.code, bar.post_code, language, names)
    return Spell(bar.start, bar.end, place_at(bar.at_branch_code, here, language, names), bar.kind == "break")


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet's room: pixels for rows, of a line of text, and of a day's column counted in 12 px type."""

    rows: float
    line: float
    column: float


FORMATS = {"a3": Format(900, 16.2, 190), "a4": Format(540, 13.5, 136)}
ROW_EDGE = 8.0


def height_of(person: PersonWeek, paper: Format) -> float:
    """How high a person's row is: the fullest day's lines, long ones broken; the name takes two."""
    lines = [sum(-(-text_width(spell.text()) // paper.column) for spell in day.spells) for day in person.days]
    return max([2.0, *lines]) * paper.line + ROW_EDGE


def sheets_of(people: tuple[PersonWeek, ...], size: str) -> tuple[Page, ...]:
    """Cuts people into sheets that a printer does not have to cut again: n of m must be true on paper."""
    paper = FORMATS[size]
    sheets: list[list[PersonWeek]] = [[]]
    used = 0.0
    for person in people:
        height = height_of(person, paper)
        if sheets[-1] and used + height > paper.rows:
            sheets.append([])
            used = 0.0
        sheets[-1].append(person)
        used += height
    return tuple(Page(number, len(sheets), tuple(sheet)) for number, sheet in enumerate(sheets, 1))


def slips_of(people: tuple[PersonWeek, ...]) -> tuple[Page, ...]:
    """One person to a slip; who does not work that week gets none."""
    working = tuple(one for one in people if one.hours)
    return tuple(Page(n, len(working), (one,)) for n, one in enumerate(working, 1))
