"""What was forecast beside what came: by half hour of one day, and by day over weeks, each with its error strip."""

from dataclasses import dataclass
from datetime import date

from bankhall.web.ui.charts.axis import nice_top
from bankhall.web.ui.charts.load import Height, draw_load, level_lines
from bankhall.web.ui.charts.pen import Pen
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import Load, Table
from bankhall.wording.figures import clock, one, short_date, weekday, whole
from bankhall.wording.say import say

STRIP = 44.0
ErrorBar = tuple[float, float, float]
"""Left edge, width, and how many more came than were expected."""


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day: expected with its range as issued, and what came (None = not yet, or not recorded)."""

    date: date
    mean: float
    low: float
    high: float
    came: float | None = None


def forecast_day_chart(load: Load, ruler: Ruler, language: str) -> str:
    """One day by half hour, with the strip of errors on the same ruler."""
    pen, body = Pen(ruler.width, 0, language), Pen(ruler.width, 0, language)
    y = draw_load(body, ruler, load, 28, height=130 if ruler.narrow else 190)
    known = [slot for slot in load.slots if slot.came is not None]
    if known:
        errors = [(ruler.x(slot.start), ruler.slot_width, (slot.came or 0) - slot.mean) for slot in known]
        y = _strip(body, (ruler.left, ruler.right), errors, y + 22, narrow=ruler.narrow)
    pen.height = y + 22
    ruler.grid(pen, 22, y)
    ruler.times(pen, 14)
    ruler.times(body, y + 17, "t-m")
    pen.marks += body.marks
    return pen.svg(day_label(load, language))


def day_label(load: Load, language: str) -> str:
    """How many half hours fell inside the band."""
    known = [slot for slot in load.slots if slot.came is not None]
    inside = sum(slot.low <= (slot.came or 0) <= slot.high for slot in known)
    return say("chart.forecast_day", language, inside=inside, slots=len(known))


def _strip(pen: Pen, ends: tuple[float, float], errors: list[ErrorBar], top: float, *, narrow: bool) -> float:
    """Errors above and below a zero line: more came is up."""
    left, right = ends
    largest = max(abs(error) for _, _, error in errors) or 1
    middle = top + STRIP / 2 + 4
    if narrow:
        pen.text(0, top - 4, pen.words("error_strip"), "t-m t-s")
    else:
        pen.text(0, middle + 4, pen.words("error_strip"), "t-m")
        pen.text(left - 8, middle - STRIP / 2 + 8, f"+{whole(largest)}", "t-m t-s", "end")
        pen.text(right + 10, middle - 6, pen.words("more_than"), "t-m t-s")
        pen.text(right + 10, middle + 14, pen.words("fewer_than"), "t-m t-s")
    for x, width, error in errors:
        height = abs(error) / largest * STRIP / 2
        pen.rect(
            x + width * 0.2,
            middle - (height if error > 0 else 0),
            width * 0.6,
            height,
            "c-over" if error > 0 else "c-under",
        )
    pen.line(left, middle, right, middle, "ax")
    return middle + STRIP / 2


def forecast_days_chart(points: tuple[DayPoint, ...], language: str, *, width: float = 1340) -> str:
    """Days in a row: veil box and middle as issued, a solid dot for what came, the errors below."""
    narrow = width < 600
    left, right = (34.0, width - 6) if narrow else (172.0, width - 100)
    pen, height, top = Pen(width, 0, language), 120.0 if narrow else 170.0, 28.0
    bottom = top + height
    end, marks = nice_top(max([max(p.high, p.came or 0) for p in points] + [1]))
    each = (right - left) / max(1, len(points))

    def y(value: float) -> float:
        return bottom - value / end * height

    level_lines(pen, Ruler(0, 1, left=left, aside=width - right, width=width), marks, y)
    if not narrow:
        pen.text(0, top + 12, say("chart.arrivals", language), "t-b t-l").text(
            0, top + 29, say("chart.people_unit", language), "t-m"
        )
    for place, point in enumerate(points):
        _day(pen, point, left + place * each, each, y)
    _dates(pen, points, left, each, narrow=narrow)
    errors = [(left + k * each, each, p.came - p.mean) for k, p in enumerate(points) if p.came is not None]
    edge = _strip(pen, (left, right), errors, bottom + 22, narrow=narrow) if errors else bottom
    pen.height = edge + 10
    return pen.svg(say("chart.forecast_days", language))


def _day(pen: Pen, point: DayPoint, x: float, each: float, y: Height) -> None:
    wide = max(2.0, each * 0.6)
    pen.rect(x + (each - wide) / 2, y(point.high), wide, y(point.low) - y(point.high), "c-veil")
    pen.line(x + (each - wide) / 2, y(point.mean), x + (each + wide) / 2, y(point.mean), "l-veil")
    if point.came is not None:
        inside = point.low <= point.came <= point.high
        pen.dot(x + each / 2, y(point.came), 3.2, "c-did" if inside else "c-act")


def _dates(pen: Pen, points: tuple[DayPoint, ...], left: float, each: float, *, narrow: bool) -> None:
    """Mondays carry their date; every day does when there is room."""
    every = each > 54
    last = -99.0
    for place, point in enumerate(points):
        x = left + place * each
        if (every or point.date.isoweekday() == 1) and x - last > (52 if narrow else 44):
            pen.line(x, 22, x, 28 + (120 if narrow else 170), "ax")
            pen.text(x + 3, 16, short_date(point.date, pen.language), "t-m t-s")
            last = x


def forecast_day_table(load: Load, language: str) -> Table:
    """Half hours with both figures and the difference."""
    words = ("time", "expected", "low", "high", "came", "error")
    rows = tuple(
        (
            clock(s.start),
            one(s.mean),
            one(s.low),
            one(s.high),
            one(s.came),
            one(None if s.came is None else s.came - s.mean),
        )
        for s in load.slots
    )
    return Table(tuple(say(f"chart.{w}", language) for w in words), rows, say("chart.arrivals", language))


def forecast_days_table(points: tuple[DayPoint, ...], language: str) -> Table:
    """Days with both figures and the difference."""
    words = ("date", "expected", "low", "high", "came", "error")
    rows = tuple(
        (
            f"{short_date(p.date, language)} {weekday(p.date, language)}",
            *(whole(value) for value in (p.mean, p.low, p.high, p.came, None if p.came is None else p.came - p.mean)),
        )
        for p in points
    )
    return Table(tuple(say(f"chart.{w}", language) for w in words), rows, say("chart.forecast_days", language))
