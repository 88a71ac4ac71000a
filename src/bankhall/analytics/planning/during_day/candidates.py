"""What could be changed in the next two hours, in the order in which a hall would try it: breaks, duties that can wait,
windows with the people who are there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bankhall.analytics.planning.during_day.rewriting import STANDING, Rows, moved, reseated
from bankhall.analytics.planning.during_day.values import ProposalKind
from bankhall.analytics.planning.halls import post_of_kind
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Window, WindowKind
from bankhall.kernel.bank.people import Person, Post
from bankhall.kernel.bank.roster import Assignment

HORIZON_MINUTES = 120
COUNTED_MINUTES = 180
"""Whoever comes until then is counted, and what is moved must be over by then: nothing is saved by putting it off."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change: what it does to which stretch, and the rows of the plan that go and come."""

    kind: ProposalKind
    staff_no: str
    code: str
    start: int
    end: int
    to_start: int | None
    removed: Rows
    added: Rows


@dataclass(frozen=True, slots=True)
class Hall:
    """A day's plan from a minute on: what is changed lies between `first` and `until`, on the grid of slots."""

    bank: Bank
    rows: Rows
    first: int
    until: int

    def days(self) -> dict[str, Rows]:
        """The plan's rows by person, in order of time."""
        found: dict[str, list[Assignment]] = {}
        for row in sorted(self.rows, key=lambda row: (row.staff_no, row.start)):
            found.setdefault(row.staff_no, []).append(row)
        return {who: tuple(rows) for who, rows in found.items()}

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The first hour, the second, and both."""
        half = self.first + (self.until - self.first) // 2
        every = ((self.first, half), (half, self.until), (self.first, self.until))
        return tuple(span for span in every if span[0] < span[1])


def candidates(hall: Hall) -> tuple[Candidate, ...]:
    """Every change, in the order of the kinds."""
    return (*_moves(hall, "break"), *_moves(hall, "duty"), *_openings(hall), *_closings(hall))


def _moves(hall: Hall, kind: str) -> Iterator[Candidate]:
    step = hall.bank.slot_minutes
    for who, day in hall.days().items():
        for row in day:
            if row.kind == kind and not row.locked and hall.first <= row.start < hall.until:
                last = hall.first + COUNTED_MINUTES - (row.end - row.start)
                reach = range(hall.first, last + 1, step)
                for start in reach:
                    after = moved(day, row, start) if start != row.start else None
                    if after is not None:
                        named: ProposalKind = "move_break" if kind == "break" else "move_duty"
                        yield _candidate(named, (who, row.code), (row.start, row.end), start, (day, after))


def _openings(hall: Hall) -> Iterator[Candidate]:
    """Somebody from the hall, or from a window of another kind, at a window where nobody sits."""
    owners, people = post_of_kind(hall.bank.posts), {p.staff_no: p for p in hall.bank.staff}
    for span in hall.spans():
        free = _free(hall, span)
        for who, day in hall.days().items():
            for window, post in _for_person(free, owners, people.get(who)):
                for row in day:
                    if row.kind in STANDING and row.post_code != post.post_code:
                        to = replace(row, kind="window", code=window.window_code, post_code=post.post_code)
                        after = reseated(day, row, span, to)
                        if after is not None:
                            yield _candidate("open_window", (who, window.window_code), span, None, (day, after))


def _for_person(
    free: Iterable[Window], owners: dict[WindowKind, Post], person: Person | None
) -> Iterator[tuple[Window, Post]]:
    """One free window of each kind that the person's posts man."""
    seen: set[str] = set()
    for window in free:
        post = owners.get(window.kind)
        if post and person and post.post_code in person.posts and window.kind not in seen:
            seen.add(window.kind)
            yield window, post


def _free(hall: Hall, span: tuple[int, int]) -> list[Window]:
    """Windows at which nobody sits at any time of the span, the last to close first."""
    busy = {r.code for r in hall.rows if r.kind == "window" and r.start < span[1] and span[0] < r.end}
    free = [window for window in hall.bank.windows if window.window_code not in busy]
    return sorted(free, key=lambda w: (w.closes_first is not None, -(w.closes_first or 0), w.window_code))


def _closings(hall: Hall) -> Iterator[Candidate]:
    """A window given up for a while; who sat there stands in the hall at the same post."""
    for span in hall.spans():
        for who, day in hall.days().items():
            for row in day:
                after = reseated(day, row, span, replace(row, kind="post", code=row.post_code))
                if row.kind == "window" and after is not None:
                    yield _candidate("close_window", (who, row.code), span, None, (day, after))


def _candidate(
    kind: ProposalKind, of: tuple[str, str], span: tuple[int, int], to_start: int | None, days: tuple[Rows, Rows]
) -> Candidate:
    before, after = days
    removed = tuple(row for row in before if row not in after)
    added = tuple(row for row in after if row not in before)
    return Candidate(kind, *of, *span, to_start, removed, added)
