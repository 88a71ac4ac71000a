"""The pen: collects SVG marks. Text is escaped here and nowhere else."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from bankhall.wording.say import say

Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


NARROW, WIDE = frozenset(" .,:;'!|ijlI"), frozenset("mwMW")


def text_width(words: str) -> float:
    """About how wide 12 px words are, in the wider of the usual faces: Chinese characters are square."""
    return sum(map(_sign_width, words))


def _sign_width(sign: str) -> float:
    if ord(sign) > 0x2E80:
        return 12.0
    return 3.6 if sign in NARROW else 10.5 if sign in WIDE else 6.9


class Pen:
    """Draws on one sheet of a fixed size. Every method returns the pen, so marks read as a sentence."""

    def __init__(self, width: float, height: float, language: str = "en") -> None:
        self.width, self.height, self.language = width, height, language
        self.marks: list[str] = []

    def words(self, code: str, **facts: object) -> str:
        """Words of the charts in the pen's language."""
        return say(f"chart.{code}", self.language, **facts)

    def raw(self, mark: str) -> "Pen":
        """A mark as it is; the caller has escaped what came from people."""
        self.marks.append(mark)
        return self

    def rect(self, x: float, y: float, width: float, height: float, css: str, round_by: float = 0) -> "Pen":  # noqa: PLR0917 - as in SVG
        """A rectangle; negative sizes are nothing."""
        corner = f' rx="{number(round_by)}"' if round_by else ""
        size = f'width="{number(max(width, 0))}" height="{number(max(height, 0))}"'
        return self.raw(f'<rect class="{css}" x="{number(x)}" y="{number(y)}" {size}{corner}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> "Pen":
        """A straight line."""
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        return self.raw(f'<line class="{css}" {ends}/>')

    def text(self, x: float, y: float, words: object, css: str = "", anchor: str = "start") -> "Pen":
        """Words; `anchor` is start, middle or end."""
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        return self.raw(f'<text class="{css}" x="{number(x)}" y="{number(y)}"{where}>{escape(str(words))}</text>')

    def dot(self, x: float, y: float, radius: float, css: str) -> "Pen":
        """A circle."""
        return self.raw(f'<circle class="{css}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')

    def path(self, points: Iterable[Point], css: str, *, close: bool = False) -> "Pen":
        """A line through points, or a closed shape."""
        way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        return self.raw(f'<path class="{css}" d="M{way}{"Z" if close else ""}"/>') if way else self

    def diamond(self, x: float, y: float, radius: float, css: str = "c-act") -> "Pen":
        """The shape of "somebody must act"."""
        return self.path([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], css, close=True)

    def icon(self, name: str, x: float, y: float, size: float, css: str = "icon") -> "Pen":
        """An icon of the sprite."""
        place = f'x="{number(x)}" y="{number(y)}" width="{number(size)}" height="{number(size)}"'
        return self.raw(f'<svg class="{css}" {place} aria-hidden="true"><use href="#i-{name}"/></svg>')

    def svg(self, label: str, *, role: str = "img", css: str = "chart") -> str:
        """The whole sheet. An empty label is decoration beside the same words."""
        size = f'viewBox="0 0 {number(self.width)} {number(self.height)}" width="{number(self.width)}"'
        spoken = f'role="{role}" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
        return f'<svg class="{css}" {size} height="{number(self.height)}" {spoken}>{"".join(self.marks)}</svg>'


def steps(edges: Sequence[float], heights: Sequence[float]) -> list[Point]:
    """A staircase: a half hour is a bucket, so lines are steps and not curves. One more edge than heights."""
    pairs = zip(pairwise(edges), heights, strict=False)
    return [point for (left, right), height in pairs for point in ((left, height), (right, height))]
