"""One window more: the branch's own people where they can, and for the rest somebody whom it would have to find."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.analytics.planning.what_if.changes import Change, Windows
from bankhall.analytics.planning.what_if.sides import Side
from bankhall.analytics.queueing.hall import PersonSpan
from bankhall.analytics.rostering.cover import whole_slots
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.branch import Window
from bankhall.kernel.bank.lookup import price_of
from bankhall.kernel.bank.roster import Assignment, Requirement

EXTRA = "+"
"""Begins the name of somebody whom the branch does not have."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A window manned by somebody from outside."""

    day: date
    post_code: str
    span: PersonSpan


def more_windows(changes: Iterable[Change]) -> tuple[Windows, ...]:
    """The changes that ask for more."""
    return tuple(change for change in changes if isinstance(change, Windows) and change.count > 0)


def raised(required: tuple[Requirement, ...], now: Side, changes: Iterable[Change]) -> tuple[Requirement, ...]:
    """The requirement with what stands at windows now, and the asked ones more, in the spans of the changes."""
    rows = {(row.business_date, row.slot_start, row.post_code): row for row in required}
    for change in more_windows(changes):
        for slot, people in _targets(now, change).items():
            key = (change.day, slot, change.post_code)
            row = rows.get(key) or Requirement(now.question.branch_code, *key, people=0)
            rows[key] = replace(row, people=max(row.people, people))
    return tuple(rows[key] for key in sorted(rows))


def _targets(now: Side, change: Windows) -> dict[int, int]:
    """Windows wanted by slot: those manned now and the asked ones, as far as there are windows."""
    most = len(_windows(now, change.post_code))
    seated = at_windows(now, now.assignments, change)
    return {slot: min(most, seated[slot] + change.count) for slot in _slots(now, change)}


def _slots(now: Side, change: Windows) -> range:
    return whole_slots(_situation(now), (change.start, change.end))


def _situation(side: Side) -> Situation:
    question = side.question
    return Situation(RosterProblem(question.branch_code, question.week, question.bank))


def _windows(side: Side, post_code: str) -> tuple[Window, ...]:
    return next((g.windows for g in posts_with_windows(side.bank) if g.post.post_code == post_code), ())


def at_windows(side: Side, rows: Iterable[Assignment], change: Windows) -> Counter[int]:
    """Windows of the post that are manned for the whole of a slot."""
    codes, situation = {w.window_code for w in _windows(side, change.post_code)}, _situation(side)
    seated: Counter[int] = Counter()
    for row in rows:
        if row.business_date == change.day and row.kind == "window" and row.code in codes:
            seated.update(whole_slots(situation, (row.start, row.end)))
    return seated


def extras(now: Side, then: Side, changes: Iterable[Change]) -> tuple[Extra, ...]:
    """Who would have to come from outside: the windows that the branch's own people leave open."""
    found: list[Extra] = []
    for change in more_windows(changes):
        targets, seated = _targets(now, change), at_windows(then, then.assignments, change)
        short = {slot: max(0, people - seated[slot]) for slot, people in targets.items()}
        free = _free(then, change)
        for nth in range(max(short.values(), default=0)):
            services = free[nth].services if nth < len(free) else _all_services(then, change.post_code)
            for start, end in _runs([s for s in short if short[s] > nth], now.bank.slot_minutes):
                name = f"{EXTRA}{change.post_code} {len(found) + 1}"
                found.append(Extra(change.day, change.post_code, PersonSpan(name, start, end, services)))
    return tuple(found)


def _free(side: Side, change: Windows) -> list[Window]:
    """Windows at which nobody sits at any time of the span, the last to close first."""
    span = (change.start, change.end)
    busy = {r.code for r in side.assignments if r.business_date == change.day and r.start < span[1] and span[0] < r.end}
    free = [window for window in _windows(side, change.post_code) if window.window_code not in busy]
    return sorted(free, key=lambda w: (w.closes_first is not None, -(w.closes_first or 0), w.window_code))


def _all_services(side: Side, post_code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for window in _windows(side, post_code) for code in window.services))


def _runs(slots: list[int], step: int) -> list[tuple[int, int]]:
    """Neighbouring slots as spans."""
    runs: list[tuple[int, int]] = []
    for slot in sorted(slots):
        if runs and runs[-1][1] == slot:
            runs[-1] = (runs[-1][0], slot + step)
        else:
            runs.append((slot, slot + step))
    return runs


def extra_minutes(found: Iterable[Extra]) -> int:
    """Minutes of people from outside."""
    return int(sum(extra.span.end - extra.span.start for extra in found))


def extra_fen(side: Side, found: Iterable[Extra]) -> int:
    """Their hours by the price list, and a lent day for each of them."""
    prices, total = side.bank.prices, 0.0
    for extra in found:
        minutes = extra.span.end - extra.span.start
        total += minutes / 60 * price_of(prices, "hour", extra.post_code, extra.day)
        total += price_of(prices, "lent_day", extra.post_code, extra.day)
    return round(total)
