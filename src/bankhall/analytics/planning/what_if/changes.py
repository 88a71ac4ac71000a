"""The questions. Each changes one thing; a what-if is one or several of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import MINUTES_A_DAY
from bankhall.kernel.plain import from_plain, to_plain

MOST_WINDOWS, MOST_PEOPLE, MOST_FOR_GOOD = 20, 50, 5
MOST_PER_CENT, LONGEST_WAIT = 300, 480


@dataclass(frozen=True, slots=True)
class Windows:
    """So many windows of a post more (or, negative, less) over a span of one date."""

    kind: ClassVar[str] = "windows"
    day: date
    start: int
    end: int
    count: int
    post_code: str

    def sound(self) -> bool:
        """Whether it asks for something possible."""
        return (
            0 <= self.start < self.end <= MINUTES_A_DAY and 0 < abs(self.count) <= MOST_WINDOWS and bool(self.post_code)
        )


@dataclass(frozen=True, slots=True)
class Ill:
    """People who do not come on a date: by number, or so many of a post (empty = of any), those who stand at
    windows longest that day."""

    kind: ClassVar[str] = "ill"
    day: date
    staff_nos: tuple[str, ...] = ()
    post_code: str = ""
    people: int = 0

    def sound(self) -> bool:
        """Whether anybody is meant."""
        return bool(self.staff_nos) or 0 < self.people <= MOST_PEOPLE


@dataclass(frozen=True, slots=True)
class Hours:
    """Other opening hours on one date, or on every open date of the week. None = as they are."""

    kind: ClassVar[str] = "hours"
    day: date | None = None
    opens: int | None = None
    closes: int | None = None
    lunch_from: int | None = None
    lunch_until: int | None = None

    def sound(self) -> bool:
        """Whether something changes, and every span runs forward."""
        lunch = self.lunch_from is not None or self.lunch_until is not None
        told = lunch or self.opens is not None or self.closes is not None
        spans = [(self.opens, self.closes)] + ([(self.lunch_from, self.lunch_until)] if lunch else [])
        whole = not lunch or None not in (self.lunch_from, self.lunch_until)
        within = all(0 <= time <= MINUTES_A_DAY for span in spans for time in span if time is not None)
        return told and whole and within and all(a is None or b is None or a < b for a, b in spans)


@dataclass(frozen=True, slots=True)
class Promised:
    """Another promise for a service (empty = every one that has a promise). None = as it is."""

    kind: ClassVar[str] = "promise"
    service_code: str = ""
    wait_minutes: float | None = None
    share: float | None = None
    day: date | None = None

    def sound(self) -> bool:
        """Whether something is promised that can be kept or broken."""
        wait, share = self.wait_minutes, self.share
        told = wait is not None or share is not None
        return told and (wait is None or 0 <= wait <= LONGEST_WAIT) and (share is None or 0 < share < 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A share of a service's customers is served at the smart counter or elsewhere, and stands in no line here."""

    kind: ClassVar[str] = "moved"
    service_code: str
    share: float
    day: date | None = None

    def sound(self) -> bool:
        """Whether anybody is moved."""
        return bool(self.service_code) and 0 < self.share <= 1


@dataclass(frozen=True, slots=True)
class Demand:
    """So many per cent more (or, negative, fewer) customers, of one service or of all."""

    kind: ClassVar[str] = "demand"
    per_cent: float
    service_code: str = ""
    day: date | None = None

    def sound(self) -> bool:
        """Whether demand changes, within reason."""
        return self.per_cent != 0 and -100 <= self.per_cent <= MOST_PER_CENT


@dataclass(frozen=True, slots=True)
class ForGood:
    """So many people of a post more (or, negative, fewer) for good 定岗定编, with the certificates that its windows ask
    for and the further ones named."""

    kind: ClassVar[str] = "for_good"
    post_code: str
    people: int = 1
    certificates: tuple[str, ...] = ()

    def sound(self) -> bool:
        """Whether it is about a few people of a post."""
        return bool(self.post_code) and 0 < abs(self.people) <= MOST_FOR_GOOD


Change = Windows | Ill | Hours | Promised | Moved | Demand | ForGood
KINDS: Mapping[str, type[Change]] = {one.kind: one for one in (Windows, Ill, Hours, Promised, Moved, Demand, ForGood)}
MOST_CHANGES = 6


def plain_changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """JSON that `read_changes` reads."""
    return [{"kind": change.kind, **to_plain(change)} for change in changes]


def read_changes(plain: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """The changes of plain JSON, in order. BadInput for what is no question."""
    found: list[Change] = []
    for row in plain:
        fields = dict(row)
        kind = KINDS.get(str(fields.pop("kind", "")))
        if kind is None:
            raise BadInput("what_if_unknown", kind=str(row.get("kind", "")))
        try:
            found.append(from_plain(kind, fields))
        except (TypeError, ValueError, KeyError) as error:
            raise BadInput("what_if_incomplete", kind=kind.kind) from error
    return checked(found)


def checked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, refused where they ask for nothing or for what cannot be."""
    found = tuple(changes)
    if not 0 < len(found) <= MOST_CHANGES:
        raise BadInput("what_if_empty")
    if len(found) > 1 and any(isinstance(change, ForGood) for change in found):
        raise BadInput("what_if_for_good_alone")
    for change in found:
        if not change.sound():
            raise BadInput("what_if_incomplete", kind=change.kind)
    return found


def check_windows(changes: Iterable[Change], bank: Bank) -> None:
    """BadInput where windows are asked of a post that has none (`bank` is the branch's own part)."""
    having = {group.post.post_code for group in posts_with_windows(bank)}
    for change in changes:
        if isinstance(change, Windows) and change.post_code not in having:
            raise BadInput("what_if_no_windows", post=change.post_code)
