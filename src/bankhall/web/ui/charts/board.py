"""The day board: arrivals, people, waits and roster under one another on one ruler."""

from bankhall.web.ui.charts import gantt, load, people, waits
from bankhall.web.ui.charts.pen import Pen
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import Board, Table
from bankhall.wording.say import say


def board_chart(board: Board, ruler: Ruler, language: str) -> str:
    """The whole board as one picture; a group when something in it can be pressed, since a picture hides that."""
    pen = Pen(ruler.width, 0, language)
    body = Pen(ruler.width, 0, language)
    gap = 26.0 if ruler.narrow else 40.0
    y = load.draw_load(body, ruler, board.load, 28, height=110 if ruler.narrow else load.HEIGHT)
    y = people.draw_people(body, ruler, board.people, y + gap, height=90 if ruler.narrow else people.HEIGHT)
    body.raw('<g class="stale">' if board.stale else "<g>")
    y = waits.draw_waits(body, ruler, board.waits, y + gap - 6)
    body.raw("</g>")
    people.draw_askable(body, ruler, board.people, 24, y)
    y = gantt.draw_gantt(body, ruler, board.roster, y + gap - 12)
    pen.height = y + 22
    ruler.grid(pen, 22, y)
    ruler.times(pen, 14)
    ruler.times(body, y + 17, "t-m")
    pen.marks += body.marks
    return pen.svg(board_label(board, language), role="group" if _askable(board) else "img")


def _askable(board: Board) -> bool:
    """Whether anything in it can be pressed."""
    rows = board.roster.rows
    keys = (*(s.key for s in board.people.slots), *(r.key for r in rows), *(b.key for r in rows for b in r.bars))
    return any(keys)


def board_label(board: Board, language: str) -> str:
    """The board's findings in sentences."""
    bad = sum(bool(bar.bad) for row in board.roster.rows for bar in row.bars)
    parts = [
        say("chart.board", language),
        load.load_label(board.load, language),
        say("chart.people_label", language, hours=board.people.short_hours),
        say("chart.waits_label", language, n=waits.over_count(board.waits)),
        say("chart.roster_label", language, n=len(board.roster.rows), bad=bad),
    ]
    return ("。" if language.startswith("zh") else ". ").join(parts)


def board_tables(board: Board, language: str) -> tuple[Table, ...]:
    """The figures of all four panels."""
    return (
        load.load_table(board.load, language),
        people.people_table(board.people, language),
        waits.waits_table(board.waits, language),
        gantt.gantt_table(board.roster, language),
    )
