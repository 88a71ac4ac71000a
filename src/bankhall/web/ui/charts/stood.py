"""People over a day: how many were needed, planned, stood at windows, and came."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from bankhall.web.ui.charts.axis import nice_top
from bankhall.web.ui.charts.load import head, level_lines
from bankhall.web.ui.charts.pen import Pen, steps
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import StoodSlot, Table
from bankhall.wording.figures import clock, one, whole
from bankhall.wording.say import say

HEIGHT = 170.0
LINES = (("planned", "l-veil"), ("needed", "l-need l-dash"), ("came", "l-promise"), ("stood", "l-did"))
"""What is drawn, the last uppermost."""


def stood_chart(slots: Sequence[StoodSlot], ruler: Ruler, language: str) -> str:
    """One panel on its own ruler; below it a mark for each half hour that broke its promise."""
    pen = Pen(ruler.width, 28 + HEIGHT + 40 + (24 if ruler.narrow else 0), language)
    ruler.grid(pen, 22, pen.height - 32)
    ruler.times(pen, 14)
    upper = head(pen, ruler, 28, pen.words("people_there"), pen.words("people_mean"))
    bottom = upper + HEIGHT
    end, marks = nice_top(max([value for slot in slots for value in slot.values()], default=1))

    def y(value: float) -> float:
        return bottom - value / end * HEIGHT

    level_lines(pen, ruler, marks, y)
    _veil(pen, ruler, slots, y)
    for name, css in LINES:
        for edges, heights in _runs(slots, name, ruler):
            pen.path(steps(edges, [y(height) for height in heights]), css)
    for slot in slots:
        if slot.mark:
            pen.diamond(ruler.x(slot.start + ruler.slot_minutes / 2), bottom + 14, 5)
    if ruler.narrow:
        _key(pen, slots)
    else:
        _names(pen, ruler, slots, y)
    return pen.svg(stood_label(slots, language))


def _veil(pen: Pen, ruler: Ruler, slots: Sequence[StoodSlot], y: Callable[[float], float]) -> None:
    for slot in slots:
        pen.rect(ruler.x(slot.start), y(slot.planned), ruler.slot_width, y(0) - y(slot.planned), "c-veil")


def _runs(slots: Sequence[StoodSlot], name: str, ruler: Ruler) -> list[tuple[list[float], list[float]]]:
    """Edges and figures of the slots that follow one another and whose figure is known."""
    known = [slot for slot in slots if getattr(slot, name) is not None]
    runs: list[list[StoodSlot]] = [known[:1]] if known else []
    for before, slot in pairwise(known):
        if before.start + ruler.slot_minutes == slot.start:
            runs[-1].append(slot)
        else:
            runs.append([slot])
    ends = [[ruler.x(slot.start) for slot in run] + [ruler.x(run[-1].start + ruler.slot_minutes)] for run in runs]
    return [(edges, [getattr(slot, name) for slot in run]) for edges, run in zip(ends, runs, strict=True)]


def _names(pen: Pen, ruler: Ruler, slots: Sequence[StoodSlot], y: Callable[[float], float]) -> None:
    """Each line is named at its right end."""
    placed: list[float] = []
    for name, _ in LINES:
        known = [slot for slot in slots if getattr(slot, name) is not None]
        if known:
            height = y(getattr(known[-1], name)) + 4
            while any(abs(height - other) < 15 for other in placed):
                height += 15
            placed.append(height)
            pen.text(ruler.right + 10, height, pen.words(f"line_{name}"), "t-m")


def _key(pen: Pen, slots: Sequence[StoodSlot]) -> None:
    """On a phone, which has no room at the right: a piece of each line, with its name, at the bottom."""
    drawn = [line for line in LINES if any(getattr(slot, line[0]) is not None for slot in slots)]
    for place, (name, css) in enumerate(drawn):
        x = place * pen.width / len(LINES)
        pen.line(x, pen.height - 8, x + 14, pen.height - 8, css)
        pen.text(x + 18, pen.height - 4, pen.words(f"line_{name}"), "t-m")


def stood_label(slots: Sequence[StoodSlot], language: str) -> str:
    """The finding of the chart in a sentence."""
    known = [slot for slot in slots if slot.stood is not None]
    short = sum(slot.short for slot in known)
    return say("chart.stood_label", language, short=short, slots=len(known))


def stood_table(slots: Sequence[StoodSlot], language: str) -> Table:
    """Its figures."""
    names = ("needed", "planned", "stood", "came")
    heads = ("chart.time", *(f"chart.line_{name}" for name in names), "chart.promise_kept_of")
    rows = tuple(
        (
            clock(slot.start), *(one(getattr(slot, name)) for name in names),
            f"{whole(slot.kept)} / {whole(slot.judged)}" if slot.judged else "",
        )
        for slot in slots
    )  # fmt: skip
    return Table(tuple(say(code, language) for code in heads), rows, say("chart.people_there", language))
