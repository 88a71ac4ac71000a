"""Expected waits per service: a thick mark at the middle, a thin stem to nine in ten, the promise dashed.

A stem over the promise turns plum, ends in a diamond and carries its number.
"""

from bankhall.web.ui.charts.load import Height
from bankhall.web.ui.charts.pen import Pen
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import Table, Waits, WaitSlot
from bankhall.wording.figures import clock, percent, whole
from bankhall.wording.say import say

ROW, NARROW_ROW = 76.0, 84.0


def row_height(ruler: Ruler) -> float:
    """A service's share of the panel."""
    return NARROW_ROW if ruler.narrow else ROW


def draw_waits(pen: Pen, ruler: Ruler, rows: tuple[Waits, ...], top: float) -> float:
    """Draws one strip for each service; returns where the last ends."""
    if ruler.narrow:
        pen.text(0, top + 13, pen.words("waits"), "t-b t-l")
        pen.text(0, top + 30, pen.words("waits_key_short"), "t-m t-s")
    else:
        pen.text(0, top + 12, pen.words("waits"), "t-b t-l")
        pen.text(ruler.left, top + 12, pen.words("waits_key"), "t-m")
    y = top + (34 if ruler.narrow else 26)
    cap = _cap(rows)
    for row in rows:
        y += row_height(ruler)
        _strip(pen, ruler, row, y - 8, cap)
    return y


def _cap(rows: tuple[Waits, ...]) -> float:
    """One scale for all services: high enough for the promises, not for the one wildest slot."""
    seen = [slot.p90 for row in rows for slot in row.slots if slot.p90 is not None]
    promised = [row.promise_minutes for row in rows if row.promise_minutes]
    return max([20.0, *(1.2 * p for p in promised), *(min(p, 45.0) for p in seen)])


def over(row: Waits, slot: WaitSlot) -> bool:
    """Whether nine in ten wait longer than the promise (half a minute is not worth a diamond)."""
    return slot.p90 is not None and row.promise_minutes is not None and slot.p90 > row.promise_minutes + 0.5


def _strip(pen: Pen, ruler: Ruler, row: Waits, base: float, cap: float) -> None:
    height = row_height(ruler) - (40 if ruler.narrow else 22)

    def y(value: float) -> float:
        return base - min(value, cap) / cap * height

    pen.line(ruler.left, base, ruler.right, base, "ax")
    if row.promise_minutes is not None and row.slots:
        first, last = ruler.x(row.slots[0].start), ruler.x(row.slots[-1].start + ruler.slot_minutes)
        pen.line(first, y(row.promise_minutes), last, y(row.promise_minutes), "l-promise")
        words = whole(row.promise_minutes) if ruler.narrow else pen.words("minutes", n=row.promise_minutes)
        pen.text(ruler.left - 6, y(row.promise_minutes) + 4, words, "t-m t-s", "end")
    for slot in row.slots:
        _stem(pen, ruler, row, slot, y)
    (_narrow_words if ruler.narrow else _wide_words)(pen, ruler, row, base)


def _stem(pen: Pen, ruler: Ruler, row: Waits, slot: WaitSlot, y: Height) -> None:
    if slot.p50 is None or slot.p90 is None:
        return
    x, half = ruler.x(slot.start) + ruler.slot_width / 2, min(7.0, ruler.slot_width / 2 - 1)
    bad = over(row, slot)
    pen.line(x, y(slot.p50), x, y(slot.p90), "l-act" if bad else "l-veil")
    pen.rect(x - half, y(slot.p50) - 1.5, 2 * half, 3, "c-act" if bad else "f-plan")
    if not bad:
        pen.line(x - half / 2, y(slot.p90), x + half / 2, y(slot.p90), "l-veil")
        return
    pen.diamond(x, y(slot.p90), 4.5)
    if ruler.narrow:
        pen.text(x, y(slot.p90) - 7, whole(slot.p90), "t-act halo", "middle")
    else:
        pen.text(x + 8, y(slot.p90) + 5, whole(slot.p90), "t-act halo")


def _wide_words(pen: Pen, ruler: Ruler, row: Waits, base: float) -> None:
    x = ruler.right + 10
    for k, line in enumerate(_wrapped(row.name, 13 if pen.language.startswith("en") else 9)):
        pen.text(0, base - 16 + 15 * k, line, "t-l")
    if row.p90 is not None:
        pen.text(x, base - 42, pen.words("p90", n=row.p90.mid), "t-b")
        pen.text(x, base - 27, pen.words("eight_in_ten", low=row.p90.low, high=row.p90.high), "t-m t-s")
    pen.text(x, base - 10, pen.words("kept", share=row.kept_share), _kept_css(row))
    pen.text(x, base + 5, pen.words("left", share=row.left_share), "t-m")


def _narrow_words(pen: Pen, ruler: Ruler, row: Waits, base: float) -> None:
    y = base - row_height(ruler) + 20
    pen.text(0, y, row.name, "t-l")
    if row.p90 is not None:
        words = f"{pen.words('p90', n=row.p90.mid)} · {pen.words('kept', share=row.kept_share)}"
        pen.text(ruler.right, y, words, _kept_css(row), "end")


def _kept_css(row: Waits) -> str:
    short = row.kept_share is not None and row.promise_share is not None and row.kept_share < row.promise_share
    return "t-act" if short else "t-m"


def _wrapped(name: str, most: int) -> list[str]:
    """A long name in two lines at most."""
    if len(name) <= most + 5:
        return [name]
    cut = name.rfind(" ", 0, most + 6) if " " in name[: most + 6] else most
    return [name[:cut], name[cut:].strip()[: most + 6]]


def over_count(rows: tuple[Waits, ...]) -> int:
    """Slots over their promise."""
    return sum(over(row, slot) for row in rows for slot in row.slots)


def waits_table(rows: tuple[Waits, ...], language: str) -> Table:
    """Their figures."""
    words = ("service", "time", "p50_head", "p90_head", "promise")
    body = tuple(
        (row.name, clock(slot.start), whole(slot.p50), whole(slot.p90), whole(row.promise_minutes))
        for row in rows
        for slot in row.slots
    )
    return Table(tuple(say(f"chart.{w}", language) for w in words), body, say("chart.waits", language))


def kept_words(row: Waits, language: str) -> str:
    """`达标 92%，离开 5%` for lists."""
    return f"{say('chart.kept', language, share=row.kept_share)} · {percent(row.left_share)}"
