"""A week as people read it on paper: each person's days in words."""

from bankhall.apps.rosters.queries.pages import Bar, PersonRow, PrintSheet, SheetDay
from bankhall.documents.roster_sheets import DayCell, PersonWeek, Spell
from bankhall.web.plans.people_rows import words_of
from bankhall.wording.figures import hours
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names, place, place_at


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
    return PersonWeek(
        person.staff_no, person.name.read(language), post, days, hours(minutes, language) if minutes else ""
    )


def _day(day: SheetDay, row: PersonRow | None, language: str, names: Names) -> DayCell:
    if row is None or not row.bars:
        words = word(row.absence, language) if row and row.absence else say("word.off", language)
        return DayCell(day.day.date, (), words)
    return DayCell(day.day.date, tuple(spell_of(bar, language, names) for bar in row.bars))


def spell_of(bar: Bar, language: str, names: Names) -> Spell:
    """A stretch in words."""
    here = place(bar.kind, bar.code, bar.post_code, language, names)
    return Spell(bar.start, bar.end, place_at(bar.at_branch_code, here, language, names), bar.kind == "break")
