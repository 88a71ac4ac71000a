"""Arrivals: the expected line over its veil, an ordinary day dotted, those that came in solid ink."""

from collections.abc import Callable, Sequence

from bankhall.web.ui.charts.axis import nice_top
from bankhall.web.ui.charts.pen import Pen, steps
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import Load, LoadSlot, Table
from bankhall.wording.figures import between, clock, one, whole
from bankhall.wording.say import say

HEIGHT = 150.0
Height = Callable[[float], float]


def draw_load(pen: Pen, ruler: Ruler, load: Load, top: float, *, height: float = HEIGHT) -> float:
    """Draws the panel with its upper edge at `top`; returns where it ends."""
    upper = head(pen, ruler, top, pen.words("arrivals"), pen.words("per_slot"))
    bottom = upper + height
    peak = max([slot.high for slot in load.slots] + [slot.came or 0 for slot in load.slots] + [1])
    end, marks = nice_top(peak)

    def y(value: float) -> float:
        return bottom - value / end * height

    level_lines(pen, ruler, marks, y)
    _curves(pen, ruler, load, y)
    _labels(pen, ruler, load, y)
    if not ruler.narrow:
        _figures(pen, ruler, load, upper)
    return bottom


def head(pen: Pen, ruler: Ruler, top: float, title: str, unit: str) -> float:
    """A panel's name and unit: in the gutter at the desk, above on a phone. Returns the panel's upper edge."""
    if ruler.narrow:
        pen.text(0, top + 13, title, "t-b t-l").text(ruler.right, top + 13, unit, "t-m", "end")
        return top + 24
    pen.text(0, top + 12, title, "t-b t-l").text(0, top + 29, unit, "t-m")
    return top


def level_lines(pen: Pen, ruler: Ruler, marks: Sequence[float], y: Height) -> None:
    """Horizontal lines with their figures, zero darker."""
    for mark in marks:
        pen.line(ruler.left, y(mark), ruler.right, y(mark), "g" if mark else "ax")
        pen.text(ruler.left - 8, y(mark) + 4, whole(mark), "t-m", "end")


def _curves(pen: Pen, ruler: Ruler, load: Load, y: Height) -> None:
    for run in _runs(load, ruler.slot_minutes):
        edges = [ruler.x(slot.start) for slot in run] + [ruler.x(run[-1].start + ruler.slot_minutes)]
        low = steps(edges, [y(slot.low) for slot in run])
        pen.path(steps(edges, [y(slot.high) for slot in run]) + low[::-1], "c-veil", close=True)
        if all(slot.usual is not None for slot in run):
            pen.path(steps(edges, [y(slot.usual or 0) for slot in run]), "l-promise")
        pen.path(steps(edges, [y(slot.mean) for slot in run]), "l-veil")
        came = [y(slot.came) for slot in run if slot.came is not None]
        if came:  # of a day that is not over, its beginning
            pen.path(steps(edges[: len(came) + 1], came), "l-did")


def _runs(load: Load, slot_minutes: int) -> list[list[LoadSlot]]:
    """Slots that follow one another; a lunch closing parts them."""
    runs: list[list[LoadSlot]] = []
    for slot in load.slots:
        if runs and runs[-1][-1].start + slot_minutes == slot.start:
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return runs


def _labels(pen: Pen, ruler: Ruler, load: Load, y: Height) -> None:
    if not load.slots:
        return
    peak = max(range(len(load.slots)), key=lambda k: load.slots[k].mean)
    slot = load.slots[peak]
    after = ruler.x(slot.start + ruler.slot_minutes) + 6
    anchor, at = ("start", after) if after < ruler.right - 170 else ("end", ruler.x(slot.start) - 6)
    if not ruler.narrow:
        pen.text(at, y(slot.high) + 11, pen.words("band"), "halo", anchor)
    pen.text(ruler.x(slot.start) + 4, y(slot.mean) - 6, pen.words("expected"), "t-plan halo")
    _usual_label(pen, ruler, load, y)


def _usual_label(pen: Pen, ruler: Ruler, load: Load, y: Height) -> None:
    """Names the dotted line where it stands farthest from the expected one; when they meet it needs no name."""
    apart = [abs(slot.mean - (slot.usual if slot.usual is not None else slot.mean)) for slot in load.slots]
    where = max(range(len(apart)), key=lambda k: apart[k])
    slot = load.slots[where]
    if slot.usual is None or apart[where] < 0.12 * max(s.high for s in load.slots):
        return
    below = 14.0 if slot.usual < slot.mean else -6.0
    words = load.usual_name or pen.words("usual", weekday=load.usual_word)
    x = min(ruler.x(slot.start) + 4, ruler.right - 110)
    pen.text(x, y(slot.usual) + below, words, "halo")


def _figures(pen: Pen, ruler: Ruler, load: Load, upper: float) -> None:
    x = ruler.right + 10
    pen.text(x, upper + 12, pen.words("whole_day"), "t-m")
    pen.text(x, upper + 30, pen.words("visits_n", n=load.total.mid), "t-b t-l")
    if load.total.low is not None:
        pen.text(x, upper + 47, between(load.total.low, load.total.high), "t-m")
    came = [slot.came for slot in load.slots if slot.came is not None]
    if came:
        pen.text(x, upper + 68, pen.words("came"), "t-m")
        pen.text(x, upper + 86, pen.words("visits_n", n=sum(came)), "t-b t-l")


def load_until_now(load: Load, ruler: Ruler, now: int, language: str) -> str:
    """The panel of a day that is not over: what came until the line, what is expected after it."""
    pen = Pen(ruler.width, 28 + HEIGHT + 26 + (24 if ruler.narrow else 0), language)
    ruler.grid(pen, 22, pen.height - 18)
    ruler.times(pen, 14)
    bottom = draw_load(pen, ruler, load, 28)
    if ruler.start < now < ruler.end:
        pen.line(ruler.x(now), 20, ruler.x(now), bottom, "l-now")
        pen.text(ruler.x(now) + 4, bottom - 6, clock(now), "t-b halo")
    return pen.svg(load_label(load, language))


def load_chart(load: Load, ruler: Ruler, language: str) -> str:
    """The panel alone on its own ruler."""
    pen = Pen(ruler.width, 28 + HEIGHT + 26 + (24 if ruler.narrow else 0), language)
    ruler.grid(pen, 22, pen.height - 18)
    ruler.times(pen, 14)
    draw_load(pen, ruler, load, 28)
    return pen.svg(load_label(load, language))


def load_label(load: Load, language: str) -> str:
    """The finding of the chart in a sentence."""
    return say("chart.load_label", language, mean=load.total.mid, low=load.total.low, high=load.total.high)


def load_table(load: Load, language: str) -> Table:
    """Its figures."""
    words = ["time", "expected", "low", "high"] + (["came"] if any(s.came is not None for s in load.slots) else [])
    rows = tuple(
        (clock(s.start), one(s.mean), one(s.low), one(s.high), *([one(s.came)] if len(words) > 4 else []))
        for s in load.slots
    )
    return Table(tuple(say(f"chart.{w}", language) for w in words), rows, say("chart.arrivals", language))
