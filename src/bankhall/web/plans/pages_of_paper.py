"""Cuts a week into sheets of paper before a printer does: page n of m must be true, and no sheet half empty."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import inf

from bankhall.documents.roster_sheets import DayCell, PersonWeek
from bankhall.web.ui.charts.pen import text_width

TYPE_OF_WIDTHS = 12
LINE, CELL_EDGE, ROW_EDGE = 1.35, 14.0, 8.0
SHARE_NAME, SHARE_HOURS, SHARE_CLOSED = 0.12, 0.05, 0.05
WORDS = re.compile(r"[^\s\u2e80-\uffff]+\s*|.")
WORTH_STRETCHING = 0.45


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet's room in pixels: its width, the height left for people; and its sizes of type, the largest first."""

    width: float
    rows: float
    types: tuple[int, ...]

    def columns(self, closed: Sequence[bool]) -> list[float]:
        """The room for words in each day's column: closed days leave theirs to the others."""
        open_share = (1 - SHARE_NAME - SHARE_HOURS - SHARE_CLOSED * sum(closed)) / max(len(closed) - sum(closed), 1)
        return [self.width * (SHARE_CLOSED if shut else open_share) - CELL_EDGE for shut in closed]


FORMATS = {"a3": Format(1512, 930, (16, 15, 14, 13, 12)), "a4": Format(1047, 605, (13, 12, 11, 10))}


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper: page n of m, the size of its type, and whether its rows fill the sheet to the foot."""

    number: int
    of: int
    people: tuple[PersonWeek, ...]
    type: int = TYPE_OF_WIDTHS
    full: bool = False


def lines_of(words: str, room: float) -> int:
    """How many lines words take, broken between words; Chinese breaks anywhere."""
    lines, used = 1, 0.0
    for piece in WORDS.findall(words):
        width = text_width(piece.rstrip())
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        lines += int(max(width - 1, 0) // room)
        used += text_width(piece)
    return lines


def height_of(person: PersonWeek, paper: Format, size: int, closed: Sequence[bool]) -> float:
    """How high a person's row is in type of that size: the fullest day's lines, or those of name and post."""
    widths = TYPE_OF_WIDTHS / size
    rooms = [room * widths for room in paper.columns(closed)]
    days = (day_lines(day, room) for day, room in zip(person.days, rooms, strict=True))
    title = 1 + lines_of(person.post, (paper.width * SHARE_NAME - CELL_EDGE) * widths)
    return max(title, *days) * size * LINE + ROW_EDGE


def day_lines(day: DayCell, room: float) -> int:
    """The lines of one day of one person."""
    return sum(lines_of(spell.text(), room) for spell in day.spells) or lines_of(day.words, room)


def closed_days(people: Iterable[PersonWeek]) -> tuple[bool, ...]:
    """Of each day whether nobody works on it: its column may be narrow."""
    open_days = [[bool(day.spells) for day in one.days] for one in people]
    return tuple(not any(column) for column in zip(*open_days, strict=True))


def sheets_of(people: Sequence[PersonWeek], size: str) -> tuple[Page, ...]:
    """As few sheets as the smallest type needs, then the largest type that needs no more, evenly filled."""
    paper, closed = FORMATS[size], closed_days(people)
    heights = {kind: [height_of(one, paper, kind, closed) for one in people] for kind in paper.types}
    fewest = len(cut(heights[paper.types[-1]], paper.rows))
    kind = next(kind for kind in paper.types if len(cut(heights[kind], paper.rows)) == fewest)
    sheets = evenly(heights[kind], fewest, paper.rows)
    return tuple(
        Page(number, fewest, tuple(people[k] for k in sheet), kind,
             sum(heights[kind][k] for k in sheet) >= WORTH_STRETCHING * paper.rows)
        for number, sheet in enumerate(sheets, 1)
    )  # fmt: skip


def cut(heights: Sequence[float], room: float) -> list[list[int]]:
    """Rows in their order, a new sheet where the next does not fit."""
    sheets: list[list[int]] = [[]]
    used = 0.0
    for k, height in enumerate(heights):
        if sheets[-1] and used + height > room:
            sheets.append([])
            used = 0.0
        sheets[-1].append(k)
        used += height
    return sheets


def evenly(heights: Sequence[float], sheets: int, room: float) -> list[list[int]]:
    """That many sheets in the same order, none above the room unless one row is, as even as they can be."""

    @cache
    def best(first: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The least sum of squares of the rows from `first` on, and where each of their sheets ends."""
        if left == 1:
            last = sum(heights[first:])
            return last**2 if last <= room or first + 1 == len(heights) else inf, (len(heights),)
        tries = [(inf, (first,) * left)]
        for end in range(first + 1, len(heights) - left + 2):
            used = sum(heights[first:end])
            if used > room and end > first + 1:
                break
            cost, later = best(end, left - 1)
            tries.append((used**2 + cost, (end, *later)))
        return min(tries)

    ends = best(0, sheets)[1]
    return [list(range(a, b)) for a, b in pairwise((0, *ends))]


def slips_of(people: Iterable[PersonWeek]) -> tuple[Page, ...]:
    """One person to a slip; who does not work that week gets none."""
    working = [one for one in people if one.hours]
    return tuple(Page(n, len(working), (one,)) for n, one in enumerate(working, 1))
