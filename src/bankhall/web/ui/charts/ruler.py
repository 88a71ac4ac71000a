"""The one ruler of time: within a page one slot has one width, so that a vertical line is a moment."""

from dataclasses import dataclass

from bankhall.web.ui.charts.pen import Pen
from bankhall.wording.figures import clock

WIDE, HALF, NARROW = 1000.0, 652.0, 326.0
LEFT, LEFT_LATIN = 172.0, 208.0


@dataclass(frozen=True, slots=True)
class Ruler:
    """`start` and `end`: minutes from local midnight; `left` is the gutter, `aside` the room at the right."""

    start: int
    end: int
    slot_minutes: int = 30
    left: float = LEFT
    aside: float = 100
    width: float = 1000

    @property
    def narrow(self) -> bool:
        """A phone: panels are headed above, not beside, and figures stand in one line."""
        return self.width < 600

    @property
    def right(self) -> float:
        """Where the ruler ends."""
        return self.width - self.aside

    def x(self, minute: float) -> float:
        """The place of a moment."""
        return self.left + (minute - self.start) * self.per_minute

    @property
    def per_minute(self) -> float:
        """Pixels a minute."""
        return (self.right - self.left) / max(1, self.end - self.start)

    @property
    def slot_width(self) -> float:
        """Pixels a slot."""
        return self.slot_minutes * self.per_minute

    def ticks(self) -> list[int]:
        """Every slot edge."""
        return list(range(self.start, self.end + 1, self.slot_minutes))

    def labelled(self) -> list[int]:
        """Edges that carry the time: whole hours, or every second or third one where they would touch."""
        each = next(h for h in (60, 120, 180, 240, 480) if h * self.per_minute >= 44)
        return [tick for tick in range(-(-self.start // 60) * 60, self.end + 1, 60) if (tick // 60) % (each // 60) == 0]

    def grid(self, pen: Pen, top: float, bottom: float) -> None:
        """Vertical lines: hours darker than slots."""
        for tick in self.ticks():
            pen.line(self.x(tick), top, self.x(tick), bottom, "ax" if tick % 60 == 0 else "g")

    def times(self, pen: Pen, y: float, css: str = "") -> None:
        """The times along the ruler."""
        for tick in self.labelled():
            pen.text(self.x(tick), y, clock(tick), css, "middle")


def desk_ruler(start: int, end: int, slot_minutes: int = 30, *, width: float = WIDE, left: float = LEFT) -> Ruler:
    """The ruler beside a side column; names in Latin letters want a wider gutter."""
    return Ruler(start, end, slot_minutes, left, width=width)


def phone_ruler(start: int, end: int, slot_minutes: int = 30, *, width: float = NARROW) -> Ruler:
    """The ruler of a phone: a small gutter for the axis, nothing at the right."""
    return Ruler(start, end, slot_minutes, left=34, aside=6, width=width)
