"""What charts are given, and the table that each one carries. Frozen values; times are minutes from local midnight."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures as rows: the accessible and the printed side of a chart."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A middle with its 8-in-10 range; None is not known."""

    mid: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class LoadSlot:
    """Arrivals of one slot: expected with its range, an ordinary day's, and those that came."""

    start: int
    mean: float
    low: float
    high: float
    usual: float | None = None
    came: float | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """A day's arrivals. `usual_word` names the ordinary day (its weekday), `usual_name` whatever else is dotted."""

    slots: tuple[LoadSlot, ...]
    total: Range
    usual_word: str = ""
    usual_name: str = ""


@dataclass(frozen=True, slots=True)
class PeopleSlot:
    """People of one slot, over all posts at windows; `short` may stand where another post has one too many. `key` names
    the half hour for whoever asks why."""

    start: int
    required: int
    planned: int
    short: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A day's people; `notes` are (first minute, last minute, words, fewer words) of the shortages."""

    slots: tuple[PeopleSlot, ...]
    short_hours: float = 0.0
    notes: tuple[tuple[int, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WaitSlot:
    """Waits of one slot in minutes; None where nobody comes."""

    start: int
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Waits:
    """A service's day: its slots, the promise and its share, and the day's figures with the range of single days."""

    name: str
    slots: tuple[WaitSlot, ...]
    promise_minutes: float | None = None
    promise_share: float | None = None
    p90: Range | None = None
    kept_share: float | None = None
    left_share: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of somebody's day. `tone` is the duty's colour group; `key` names it for the hand that moves it."""

    key: str
    start: int
    end: int
    kind: str
    tone: str
    label: str
    title: str = ""
    locked: bool = False
    bad: str = ""
    code: str = ""
    post_code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person's day; `key` is what may be asked of it when nothing stands there."""

    staff_no: str
    name: str
    role: str
    hours: str
    bars: tuple[Bar, ...] = ()
    away: str = ""
    locked: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Gantt:
    """Everybody's day, in the order in which they are read."""

    rows: tuple[Row, ...]
    movable: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """One day on one ruler. `stale`: its waits are those before the last change."""

    start: int
    end: int
    load: Load
    people: People
    waits: tuple[Waits, ...]
    roster: Gantt
    slot_minutes: int = 30
    stale: bool = False


@dataclass(frozen=True, slots=True)
class StoodSlot:
    """People of one slot: planned and stood at windows, needed there, come in all (None = not known); `short` where
    the plan was not kept, `mark` where the promise was broken; `kept` of `judged` arrivals got what was promised."""

    start: int
    planned: float
    stood: float | None
    needed: float | None
    came: float | None
    short: bool
    mark: bool
    judged: int
    kept: int

    def values(self) -> tuple[float, ...]:
        """Whatever is drawn."""
        return tuple(v for v in (self.planned, self.stood, self.needed, self.came) if v is not None)
