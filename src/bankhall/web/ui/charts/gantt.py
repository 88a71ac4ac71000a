"""The roster Gantt: the word stands in the bar, breaks are dotted, breaches framed, the lock stands at the name.

A bar with a key is a focusable group that names itself and answers "why?"; its data attributes are all that a hand
(mouse or keys) needs. Where nothing may be moved it is fixed. A day without work answers too.
"""

from html import escape

from bankhall.web.ui.charts.pen import Pen, number, text_width
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import Bar, Gantt, Row, Table
from bankhall.wording.figures import NOTHING, clock
from bankhall.wording.say import say

ROW, NARROW_ROW = 28.0, 46.0
DARK_TONES = ("cash", "corp")
NAME_AT = 60.0
SIGNS_KEPT = (4, 2, 1)
"""How many first signs may stand for a name that does not fit: `Open`, `Op`, `开`."""


def row_height(ruler: Ruler) -> float:
    """A person's row; on a phone the name stands above the bars."""
    return NARROW_ROW if ruler.narrow else ROW


def draw_gantt(pen: Pen, ruler: Ruler, roster: Gantt, top: float) -> float:
    """Draws heading and rows; returns where they end."""
    pen.text(0, top + 12, pen.words("roster"), "t-b t-l")
    if ruler.narrow:
        pen.text(ruler.right, top + 12, pen.words("roster_key_short"), "t-m t-s", "end")
    else:
        pen.text(ruler.left, top + 12, pen.words("roster_key"), "t-m")
    y = top + 22
    role_at = _role_at(roster)
    for row in roster.rows:
        _row(pen, ruler, row, y, movable=roster.movable, role_at=role_at)
        y += row_height(ruler)
    pen.line(0, y, ruler.width, y, "ax")
    return y


def _role_at(roster: Gantt) -> float:
    """Where the second column starts: after the longest name."""
    widest = max((sum(13.5 if ord(c) > 0x2E80 else 7.2 for c in row.name) for row in roster.rows), default=0)
    return min(110.0, max(NAME_AT, widest + 12))


def _row(pen: Pen, ruler: Ruler, row: Row, y: float, *, movable: bool, role_at: float) -> None:
    pen.line(0, y, ruler.width, y, "g")
    pen.raw(f'<g class="person-row" data-staff="{escape(row.staff_no, quote=True)}" data-y="{number(y)}">')
    if movable or row.key or any(bar.key for bar in row.bars):
        pen.rect(0, y, ruler.width, row_height(ruler), "hit")
    if ruler.narrow:
        pen.text(0, y + 15, row.name, "t-b").text(ruler.right, y + 15, row.hours, "t-m", "end")
        pen.text(role_at, y + 15, row.role, "t-m t-s")
        middle = y + 31
    else:
        pen.text(0, y + 18, row.name, "t-b").text(role_at, y + 18, cut(row.role, ruler.left - role_at - 22), "t-m t-s")
        pen.text(ruler.width, y + 18, row.hours, "t-m", "end")
        middle = y + 14
    if row.locked:
        pen.icon("lock", ruler.right - 60 if ruler.narrow else ruler.left - 18, (y + 4) if ruler.narrow else y + 7, 14)
    if row.away:
        pen.rect(ruler.left, middle - 9, ruler.right - ruler.left, 18, "d-away", 3)
        pen.text((ruler.left + ruler.right) / 2, middle + 4, row.away, "halo", "middle")
    for bar in row.bars:
        _bar(pen, ruler, row, bar, middle, movable=movable)
    if row.key and not row.bars:
        off = Bar(row.key, ruler.start, ruler.end, "off", "", row.away or say("word.off", pen.language))
        pen.raw(_open(row, off, pen.language, movable=False))
        pen.rect(ruler.left, middle - 11.5, ruler.right - ruler.left, 23, "focus hit", 4).raw("</g>")
    pen.raw("</g>")


def _bar(pen: Pen, ruler: Ruler, row: Row, bar: Bar, middle: float, *, movable: bool) -> None:
    x1, x2 = ruler.x(bar.start), ruler.x(bar.end)
    if bar.key:
        pen.raw(_open(row, bar, pen.language, movable=movable))
    if bar.kind == "break":
        pen.line(x1 + 5, middle, x2 - 4, middle, "d-rest")
        pen.rect(x1, middle - 10, x2 - x1, 20, "hit")
    else:
        pen.rect(x1 + 1, middle - 10, x2 - x1 - 2, 20, f"d-{bar.tone}", 3)
        _bar_words(pen, ruler, bar, middle)
    if bar.bad:
        pen.rect(x1, middle - 11, x2 - x1, 22, "d-bad", 4)
        pen.diamond(x2 - 11, middle, 5)
    if bar.key:
        pen.rect(x1, middle - 11.5, x2 - x1, 23, "focus", 4).raw("</g>")


def _open(row: Row, bar: Bar, language: str, *, movable: bool) -> str:
    spoken = [say("chart.bar", language, who=row.name, start=bar.start, end=bar.end, place=bar.title or bar.label)]
    spoken += [say("chart.bar_locked", language)] if bar.locked else []
    spoken += [bar.bad] if bar.bad else []
    facts = {
        "key": bar.key, "staff": row.staff_no, "start": bar.start, "end": bar.end, "kind": bar.kind,
        "code": bar.code, "post": bar.post_code, "locked": "1" if bar.locked else "",
    }  # fmt: skip
    data = " ".join(f'data-{name}="{escape(str(value), quote=True)}"' for name, value in facts.items())
    label = escape("; ".join(spoken), quote=True)
    css = "bar" if movable else "bar fixed"
    return f'<g class="{css}" tabindex="0" role="button" aria-label="{label}" {data}><title>{label}</title>'


def _bar_words(pen: Pen, ruler: Ruler, bar: Bar, middle: float) -> None:
    x1, x2 = ruler.x(bar.start), ruler.x(bar.end)
    room = x2 - x1 - (26 if bar.bad else 4 if bar.tone == "open" else 10)
    css = (
        "t-on"
        if bar.tone in DARK_TONES
        else "t-dark"
        if bar.tone == "desk"
        else "t-m t-s"
        if bar.tone == "open"
        else "t-b halo"
        if bar.tone == "lent"
        else ""
    )
    words = fitting(bar, room / 0.92 if bar.tone == "open" else room)
    if bar.bad and text_width(f"{words} · {bar.bad}") <= room:
        words = f"{words} · {bar.bad}"
    centred = bar.tone == "open" or room < 34
    x, anchor = ((x1 + x2) / 2, "middle") if centred else (x1 + 8, "start")
    pen.text(x, middle + 4, words, css, anchor)
    if bar.locked and not ruler.narrow and x2 - x1 > text_width(words) + 30 and not bar.bad:
        pen.icon("lock", x2 - 17, middle - 6, 12, "icon on" if bar.tone in DARK_TONES else "icon")


def fitting(bar: Bar, room: float) -> str:
    """As much of a stretch's name as has room: all of it, a window's number, its first words, its first signs. The
    whole name is in the title, in the spoken label and in the table."""
    words = bar.title.split()
    leading = [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)]
    signs = [bar.title[:n] for n in SIGNS_KEPT if bar.kind != "window"]
    shorter = [bar.code] if bar.kind == "window" else [*leading, *signs]
    return next((word for word in (bar.label, *shorter) if text_width(word) <= room), "")


def cut(words: str, room: float) -> str:
    """Small words that fit into the room, with an ellipsis when they do not."""
    if text_width(words) * 0.8 <= room:
        return words
    kept = words
    while kept and text_width(kept + "…") * 0.8 > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def gantt_table(roster: Gantt, language: str) -> Table:
    """Everybody's day in words."""
    head = tuple(say(f"chart.{w}", language) for w in ("who", "role", "spells", "hours"))
    return Table(head, tuple(_table_row(row) for row in roster.rows), say("chart.roster", language))


def _table_row(row: Row) -> tuple[str, ...]:
    spells = " · ".join(f"{clock(b.start)}{NOTHING}{clock(b.end)} {b.title or b.label}" for b in row.bars)
    return row.name, row.role, row.away or spells or NOTHING, row.hours
