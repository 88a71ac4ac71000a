"""Sheets of paper: page n of m must be true when it comes out of the printer."""

from datetime import date, timedelta

import pytest

from bankhall.documents.roster_sheets import DayCell, PersonWeek, Spell
from bankhall.web.plans.paper import FORMATS, height_of, sheets_of, slips_of

MONDAY = date(2026, 11, 30)


def person(number: int, spells: int, words: str = "Window 1", hours: str = "40 h") -> PersonWeek:
    """Somebody with so many stretches on each of seven days."""
    stretches = tuple(Spell(540 + 30 * k, 570 + 30 * k, words) for k in range(spells))
    days = tuple(DayCell(MONDAY + timedelta(days=k), stretches) for k in range(7))
    return PersonWeek(f"S{number}", f"P{number}", "teller", days, hours)


@pytest.mark.parametrize("size", sorted(FORMATS))
def test_no_sheet_is_higher_than_its_paper_and_nobody_is_lost(size: str) -> None:
    people = tuple(person(n, 2 + n % 7) for n in range(40))
    sheets = sheets_of(people, size)
    assert [one for sheet in sheets for one in sheet.people] == list(people)
    assert all(sum(height_of(one, FORMATS[size]) for one in sheet.people) <= FORMATS[size].rows for sheet in sheets)
    assert [(sheet.number, sheet.of) for sheet in sheets] == [(n + 1, len(sheets)) for n in range(len(sheets))]


def test_long_words_take_two_lines() -> None:
    short, long = (height_of(person(1, 4, words), FORMATS["a4"]) for words in ("Hall", "Relationship manager, morning"))
    assert long > short


def test_a_branch_without_people_has_one_empty_sheet() -> None:
    assert [(sheet.number, sheet.of, sheet.people) for sheet in sheets_of((), "a3")] == [(1, 1, ())]


def test_who_does_not_work_gets_no_slip() -> None:
    slips = slips_of((person(1, 3), person(2, 0, hours="")))
    assert [(slip.number, slip.of, slip.people[0].name) for slip in slips] == [(1, 1, "P1")]
