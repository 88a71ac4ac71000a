"""Charts are pure: the same figures give the same marks, and every figure stands in the table beside it."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from bankhall.web.ui.charts.board import board_chart, board_tables
from bankhall.web.ui.charts.forecast import DayPoint, forecast_day_chart, forecast_days_chart, forecast_days_table
from bankhall.web.ui.charts.gantt import fitting
from bankhall.web.ui.charts.glyphs import error_dots, range_glyph, week_bars
from bankhall.web.ui.charts.pen import steps
from bankhall.web.ui.charts.ruler import desk_ruler, phone_ruler
from bankhall.web.ui.charts.shapes import (
    Bar,
    Board,
    Gantt,
    Load,
    LoadSlot,
    People,
    PeopleSlot,
    Range,
    Row,
    Waits,
    WaitSlot,
)

LOAD = Load(
    tuple(LoadSlot(540 + 30 * k, 10.0 + k, 6.0 + k, 15.0 + k, 8.0) for k in range(4)), Range(46, 40, 52), "Tuesday"
)
PEOPLE = People(
    (PeopleSlot(540, 3, 3), PeopleSlot(570, 4, 3, 1), PeopleSlot(600, 3, 4)),
    0.5,
    ((570, 600, "1 teller short", "1 short"),),
)
WAITS = (
    Waits(
        "Cash",
        (WaitSlot(540, 2, 8), WaitSlot(570, 9, 22), WaitSlot(600, None, None)),
        15,
        0.9,
        Range(13, 1, 23),
        0.87,
        0.05,
    ),
)
BARS = (
    Bar("S1~2026-12-01~540", 540, 600, "window", "cash", "Window 1", "Window 1", True, "", "1", "teller"),
    Bar("S1~2026-12-01~600", 600, 630, "break", "rest", "break"),
    Bar(
        "S1~2026-12-01~630",
        630,
        720,
        "window",
        "cash",
        "Window 3",
        "Window 3",
        False,
        "valid certificate",
        "3",
        "teller",
    ),
)
ROSTER = Gantt(
    (Row("S1", "<许佳>", "teller", "2.5 h", BARS), Row("S2", "Gao", "teller", "–", (), "leave")), movable=True
)
BOARD = Board(510, 720, LOAD, PEOPLE, WAITS, ROSTER)
RULERS = {"desk": desk_ruler(510, 720), "phone": phone_ruler(510, 720)}


def parsed(svg: str) -> ElementTree.Element:
    """The picture as a tree: it must be well formed."""
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", sorted(RULERS))
def test_the_board_is_one_well_formed_picture(size: str, language: str) -> None:
    svg = board_chart(BOARD, RULERS[size], language)
    root = parsed(svg)
    assert root.attrib["role"] == "group"
    assert root.attrib["aria-label"]
    assert float(root.attrib["width"]) == RULERS[size].width
    assert svg == board_chart(BOARD, RULERS[size], language)


@pytest.mark.parametrize("size", sorted(RULERS))
def test_nothing_inline_and_nothing_too_small(size: str) -> None:
    svg = board_chart(BOARD, RULERS[size], "en")
    assert "style=" not in svg
    assert "<script" not in svg
    assert "font-size" not in svg


def test_words_of_people_are_escaped() -> None:
    assert "<许佳>" not in board_chart(BOARD, RULERS["desk"], "en")
    assert "&lt;许佳&gt;" in board_chart(BOARD, RULERS["desk"], "en")


def test_nothing_runs_off_the_sheet() -> None:
    for ruler in RULERS.values():
        for mark in parsed(board_chart(BOARD, ruler, "en")).iter():
            x = float(mark.attrib.get("x", 0))
            assert -1 <= x <= ruler.width + 1


def test_a_movable_bar_can_be_reached_and_names_itself() -> None:
    bars = [g for g in parsed(board_chart(BOARD, RULERS["desk"], "en")).iter("g") if g.attrib.get("class") == "bar"]
    assert [bar.attrib["data-key"] for bar in bars] == [bar.key for bar in BARS]
    assert all(bar.attrib["tabindex"] == "0" and bar.attrib["aria-label"] for bar in bars)
    assert "valid certificate" in bars[2].attrib["aria-label"]
    assert "locked" in bars[0].attrib["aria-label"]


def test_a_board_that_nobody_may_move_still_answers() -> None:
    still = board_chart(replace(BOARD, roster=replace(ROSTER, movable=False)), RULERS["desk"], "en")
    assert still.count('class="bar fixed" tabindex="0"') == len(BARS)
    assert 'class="bar"' not in still
    assert 'role="group"' in still


def test_a_board_without_anything_to_ask_is_a_picture() -> None:
    mute = replace(ROSTER, rows=(replace(ROSTER.rows[0], bars=tuple(replace(b, key="") for b in BARS)),), movable=False)
    svg = board_chart(replace(BOARD, roster=mute), RULERS["desk"], "en")
    assert 'class="bar' not in svg
    assert 'role="img"' in svg


def test_a_day_without_work_answers_too() -> None:
    off = replace(ROSTER.rows[1], key="S2~2026-12-01~540")
    svg = board_chart(replace(BOARD, roster=replace(ROSTER, rows=(ROSTER.rows[0], off))), RULERS["desk"], "en")
    assert 'data-key="S2~2026-12-01~540"' in svg
    assert "Gao, 08:30–12:00, leave" in svg


@pytest.mark.parametrize(
    ("kind", "title", "room", "words"),
    [
        ("window", "Window 13", 80, "Window 13"),
        ("window", "Window 13", 30, "13"),
        ("window", "Window 13", 8, ""),
        ("post", "Lobby manager", 60, "Lobby"),
        ("duty", "Cash machine loading", 34, "Cash"),
        ("duty", "Opening check", 34, "Open"),
        ("duty", "Opening check", 16, "Op"),
        ("duty", "自助设备加钞", 30, "自助"),
        ("duty", "轧账", 14, "轧"),
    ],
)
def test_a_narrow_stretch_keeps_as_much_of_its_name_as_has_room(kind: str, title: str, room: float, words: str) -> None:
    assert fitting(Bar("k", 0, 15, kind, "open", title, title, code=title.rsplit(maxsplit=1)[-1]), room) == words


def test_shortage_is_hatched_and_said() -> None:
    svg = board_chart(BOARD, RULERS["desk"], "en")
    assert svg.count('class="c-lack"') == 1
    assert "1 teller short" in svg


def test_only_waits_over_the_promise_are_plum_with_their_number() -> None:
    svg = board_chart(BOARD, RULERS["desk"], "en")
    assert svg.count('class="l-act"') == 1
    assert re.search(r'class="t-act halo"[^>]*>22<', svg)


def test_a_breach_is_framed_with_its_shape_and_word() -> None:
    svg = board_chart(BOARD, RULERS["desk"], "en")
    assert svg.count('class="d-bad"') == 1
    assert "valid certificate" in svg


def test_tables_hold_every_figure() -> None:
    load, people, waits, roster = board_tables(BOARD, "en")
    assert [row[0] for row in load.rows] == ["09:00", "09:30", "10:00", "10:30"]
    assert people.rows[1] == ("09:30", "4", "3", "1")
    assert waits.rows[1] == ("Cash", "09:30", "9", "22", "15")
    assert roster.rows[1][2] == "leave"


def test_one_ruler_for_all_panels() -> None:
    ruler = RULERS["desk"]
    assert ruler.x(540) + ruler.slot_width == pytest.approx(ruler.x(570))
    assert RULERS["phone"].labelled() == [540, 600, 660, 720]


def test_steps_are_stairs_and_not_slopes() -> None:
    assert steps([0, 1, 2], [5, 7]) == [(0, 5), (1, 5), (1, 7), (2, 7)]


def test_a_lunch_closing_parts_the_lines() -> None:
    gap = replace(LOAD, slots=(LOAD.slots[0], LOAD.slots[3]))
    svg = board_chart(replace(BOARD, load=gap), RULERS["desk"], "en")
    assert svg.count('class="c-veil"') == 2


def test_ours_turns_plum_when_the_baseline_is_better() -> None:
    assert "c-act" in error_dots(0.25, 0.2, low=0.1, high=0.3, language="en")
    assert "c-act" not in error_dots(0.2, 0.25, low=0.1, high=0.3, language="en")


def test_a_closed_day_has_no_bar() -> None:
    svg = week_bars([Range(10, 8, 12), None], "en")
    assert svg.count('class="c-plan"') == 1


def test_a_range_glyph_without_a_range_has_no_band() -> None:
    assert "c-veil" not in range_glyph(Range(5), low=0, high=10)


def test_forecast_shows_what_came_and_the_error() -> None:
    came = replace(LOAD, slots=tuple(replace(slot, came=slot.mean + 3) for slot in LOAD.slots))
    svg = forecast_day_chart(came, RULERS["desk"], "en")
    assert "l-did" in svg
    assert svg.count('class="c-over"') == 4


def test_days_outside_the_band_are_marked() -> None:
    points = (
        DayPoint(date(2026, 11, 2), 100, 80, 120, 130),
        DayPoint(date(2026, 11, 3), 100, 80, 120, 100),
        DayPoint(date(2026, 11, 4), 100, 80, 120),
    )
    svg = forecast_days_chart(points, "en", width=652)
    assert svg.count('class="c-act"') == 1
    assert svg.count('class="c-did"') == 1
    assert forecast_days_table(points, "en").rows[2][-1] == "–"


def test_an_empty_day_is_still_a_picture() -> None:
    empty = Board(540, 720, Load((), Range(0)), People(()), (), Gantt(()))
    assert parsed(board_chart(empty, RULERS["desk"], "zh-hans")) is not None
