"""Sheets of paper: page n of m must be true when it comes out of the printer."""

from datetime import date, timedelta

import pytest

from bankhall.documents.roster_sheets import DayCell, PersonWeek, Spell
from bankhall.web.plans.pages_of_paper import FORMATS, closed_days, height_of, lines_of, sheets_of, slips_of

MONDAY = date(2026, 11, 30)


def person(number: int, spells: int, words: str = "Window 1", hours: str = "40 h") -> PersonWeek:
    """Somebody with so many stretches on each of seven days."""
    stretches = tuple(Spell(540 + 30 * k, 570 + 30 * k, words) for k in range(spells))
    days = tuple(DayCell(MONDAY + timedelta(days=k), stretches) for k in range(7))
    return PersonWeek(f"S{number}", f"P{number}", "teller", days, hours)


def heights(people: tuple[PersonWeek, ...], size: str, kind: int) -> float:
    return sum(height_of(one, FORMATS[size], kind, closed_days(people)) for one in people)


@pytest.mark.parametrize("size", sorted(FORMATS))
def test_no_sheet_is_higher_than_its_paper_and_nobody_is_lost(size: str) -> None:
    people = tuple(person(n, 2 + n % 7) for n in range(40))
    sheets = sheets_of(people, size)
    assert [one for sheet in sheets for one in sheet.people] == list(people)
    assert all(heights(sheet.people, size, sheet.type) <= FORMATS[size].rows for sheet in sheets)
    assert [(sheet.number, sheet.of) for sheet in sheets] == [(n + 1, len(sheets)) for n in range(len(sheets))]


@pytest.mark.parametrize("size", sorted(FORMATS))
@pytest.mark.parametrize("many", [14, 17, 23, 31])
def test_no_sheet_is_left_half_empty(size: str, many: int) -> None:
    sheets = sheets_of(tuple(person(n, 2 + n % 5, "Lobby manager") for n in range(many)), size)
    assert all(sheet.full for sheet in sheets)
    filled = [heights(sheet.people, size, sheet.type) for sheet in sheets]
    assert max(filled) - min(filled) < FORMATS[size].rows / 3


@pytest.mark.parametrize("size", sorted(FORMATS))
def test_few_people_are_read_from_afar(size: str) -> None:
    (few,) = sheets_of((person(1, 2), person(2, 3)), size)
    assert few.type == max(FORMATS[size].types)
    assert not few.full  # two rows are not drawn out over a whole sheet
    assert sheets_of(tuple(person(n, 6) for n in range(30)), size)[0].type < few.type


def test_words_break_between_words() -> None:
    assert lines_of("Lobby manager", 100) == 1
    assert lines_of("Lobby manager", 60) == 2
    assert lines_of("大堂经理", 24) == 2
    assert lines_of("Verrechnungsstelle", 60) > 1  # one word that is longer than its column


def test_a_closed_day_leaves_its_room_to_the_others() -> None:
    open_all, shut = FORMATS["a4"].columns([False] * 7), FORMATS["a4"].columns([False] * 6 + [True])
    assert shut[-1] < open_all[-1] < open_all[0] + 1 < shut[0]
    nobody = PersonWeek("S1", "P1", "teller", tuple(DayCell(MONDAY, (), "off") for _ in range(7)))
    assert closed_days((nobody, person(1, 2))) == (False,) * 7
    assert closed_days((nobody,)) == (True,) * 7


def test_a_branch_without_people_has_one_empty_sheet() -> None:
    assert [(sheet.number, sheet.of, sheet.people) for sheet in sheets_of((), "a3")] == [(1, 1, ())]


def test_who_does_not_work_gets_no_slip() -> None:
    slips = slips_of((person(1, 3), person(2, 0, hours="")))
    assert [(slip.number, slip.of, slip.people[0].name) for slip in slips] == [(1, 1, "P1")]
