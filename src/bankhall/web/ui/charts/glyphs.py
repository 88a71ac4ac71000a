"""Small pictures beside figures: week bars, error dots, range glyphs."""

from collections.abc import Sequence

from bankhall.web.ui.charts.pen import Pen
from bankhall.web.ui.charts.shapes import Range, Table
from bankhall.wording.figures import WEEKDAYS, between, side, whole
from bankhall.wording.say import say


def week_bars(days: Sequence[Range | None], language: str) -> str:
    """Seven bars Monday to Sunday with their veil; None is closed. The height is shared within one branch."""
    pen = Pen(190, 34)
    top = max([day.high or day.mid for day in days if day] + [1.0])
    for place, day in enumerate(days):
        x = 2 + place * 27.0
        if day is None:
            pen.line(x + 4, 33, x + 18, 33, "ax")
            continue
        height = 31 * day.mid / top
        pen.rect(x, 33 - height, 22, height, "c-plan")
        if day.low is not None and day.high is not None:
            pen.rect(x + 7, 33 - 31 * day.high / top, 8, 31 * (day.high - day.low) / top, "c-veil")
        pen.line(x, 33 - height, x + 22, 33 - height, "l-plan")
    return pen.svg(say("chart.week_bars", language))


def week_bars_table(days: Sequence[Range | None], language: str) -> Table:
    """Its figures."""
    row = tuple(whole(day.mid) if day else whole(None) for day in days)
    return Table(WEEKDAYS[side(language)], (row,), say("chart.week_bars", language))


def error_dots(ours: float, naive: float, *, low: float, high: float, language: str, width: float = 150) -> str:
    """Ours as a filled dot, the baseline as a dashed circle, one scale for a whole list; plum when ours is worse."""
    pen = Pen(width, 22)

    def x(error: float) -> float:
        share = (min(max(error, low), high) - low) / max(high - low, 1e-9)
        return 6 + share * (width - 12)

    worse = ours > naive
    pen.line(x(min(ours, naive)), 11, x(max(ours, naive)), 11, "l-act" if worse else "l-veil")
    pen.dot(x(naive), 11, 4, "c-few").dot(x(ours), 11, 4.5, "c-act" if worse else "c-did")
    return pen.svg(say("chart.error_dots", language, ours=ours, naive=naive))


def range_glyph(
    value: Range,
    *,
    low: float,
    high: float,
    target: float | None = None,
    width: float = 150,
    height: float = 12,
    language: str = "en",
    quiet: bool = False,
) -> str:
    """A band, its middle and, dashed, a target, on a line from `low` to `high`."""
    pen = Pen(width, height)

    def x(at: float) -> float:
        return (min(max(at, low), high) - low) / max(high - low, 1e-9) * (width - 4) + 2

    if not quiet:
        pen.line(0, height / 2, width, height / 2, "ax")
    if value.low is not None and value.high is not None:
        pen.rect(x(value.low), 1, x(value.high) - x(value.low), height - 2, "c-veil")
    pen.rect(x(value.mid) - 1.5, 0, 3, height, "f-plan")
    if target is not None:
        pen.line(x(target), 0, x(target), height, "l-promise")
    label = "" if quiet else say("chart.range", language, mid=value.mid, low=value.low, high=value.high)
    return pen.svg(label)


def range_words(value: Range) -> str:
    """`205 159–251`."""
    return f"{whole(value.mid)} {between(value.low, value.high)}"
