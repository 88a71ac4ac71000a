"""Who stands at which window: people of a post at the post's windows, in the branch's declared order of closing.

Where people suffice a person keeps a window until leaving it: nobody changes seats for nothing. Where they do not, or
where windows carry different services, the k windows that close last are manned by the k people there. Nobody is put
at a window without the certificates for its open services; whoever finds none stands in the hall.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span
from bankhall.kernel.bank.branch import Window
from bankhall.kernel.bank.roster import Assignment


def seat_people(situation: Situation, assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Stretches of kind post whose post mans windows, turned into windows wherever one is to be had."""
    rows = tuple(assignments)
    seated = [row for row in rows if not _wants_window(situation, row)]
    for day in situation.days:
        for post in situation.posts:
            wanting = [
                r for r in rows if r.business_date == day and r.post_code == post and _wants_window(situation, r)
            ]
            taken = [r for r in rows if r.business_date == day and r.kind == "window" and r.locked]
            seated += _seat(situation, day, post, wanting, taken)
    return tuple(sorted(seated, key=lambda a: (a.business_date, a.staff_no, a.start, a.end, a.kind, a.code)))


def _wants_window(situation: Situation, row: Assignment) -> bool:
    return (
        row.kind == "post" and not row.locked and situation.is_here(row) and bool(situation.windows_of(row.post_code))
    )


def _seat(
    situation: Situation, day: date, post: str, wanting: Sequence[Assignment], taken: Sequence[Assignment]
) -> list[Assignment]:
    windows = situation.windows_of(post)
    hours = {window.window_code: situation.window_open(window, day) for window in windows}
    edges = {edge for row in (*wanting, *taken) for edge in (row.start, row.end)}
    edges |= {edge for spans in hours.values() for span in spans for edge in span}
    pieces: list[Assignment] = []
    held: dict[str, str] = {}
    for span in pairwise(sorted(edges)):
        here = [row for row in wanting if row.start <= span[0] and span[1] <= row.end]
        busy = {row.code for row in taken if row.start < span[1] and span[0] < row.end}
        free = [w for w in windows if w.window_code not in busy and _inside(span, hours[w.window_code])]
        settled = _alike(free) and not _short(situation, day, post, span, len(here) + len(busy))
        found = _match(situation, day, span, here=here, free=free, held=held, settled=settled)
        held |= found
        pieces += [_piece(row, span, found.get(row.staff_no)) for row in here]
    return _merge(pieces)


def _alike(windows: Sequence[Window]) -> bool:
    """Whether all carry the same services, so that it does not matter which of them are open."""
    return len({frozenset(window.services) for window in windows}) <= 1


def _short(situation: Situation, day: date, post: str, span: Span, people: int) -> bool:
    slot = situation.problem.bank.slot_minutes
    needed = (
        row.people
        for row in situation.problem.requirement
        if row.post_code == post and row.business_date == day
        if row.slot_start < span[1] and span[0] < row.slot_start + slot
    )
    return people < max(needed, default=0)


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _match(
    situation: Situation,
    day: date,
    span: Span,
    *,
    here: Sequence[Assignment],
    free: Sequence[Window],
    held: dict[str, str],
    settled: bool,
) -> dict[str, str]:
    """Person -> window. The windows that close last are filled first; whoever sat there before sits there again.
    Settled people keep whatever window they hold."""
    names = sorted({row.staff_no for row in here})
    may = {w.window_code: [n for n in names if situation.certified_for(n, w, day, span)] for w in free}
    sitting: dict[str, str] = {}
    for window, able in list(may.items()) if settled else list(may.items())[: len(names)]:
        keeper = next((n for n in able if held.get(n) == window and n not in sitting), None)
        if keeper is not None:
            sitting[keeper] = window
    for window, able in may.items():
        newcomer = next((n for n in able if n not in sitting), None) if settled else None
        if newcomer is not None and window not in sitting.values():
            sitting[newcomer] = window
    for window in may:
        if window not in sitting.values() and len(sitting) < len(names):
            _augment(window, may, sitting, set())
    return sitting


def _augment(window: str, may: dict[str, list[str]], sitting: dict[str, str], seen: set[str]) -> bool:
    """Finds somebody for a window, moving others along where needed; nobody loses a seat."""
    for name in may[window]:
        if name in seen:
            continue
        seen.add(name)
        if name not in sitting or _augment(sitting[name], may, sitting, seen):
            sitting[name] = window
            return True
    return False


def _piece(row: Assignment, span: Span, window: str | None) -> Assignment:
    if window is None:
        return replace(row, start=span[0], end=span[1])
    return replace(row, start=span[0], end=span[1], kind="window", code=window)


def _merge(pieces: list[Assignment]) -> list[Assignment]:
    """Neighbouring pieces of the same thing become one stretch."""
    merged: list[Assignment] = []
    for piece in sorted(pieces, key=lambda a: (a.staff_no, a.start)):
        last = merged[-1] if merged else None
        if last and replace(last, end=piece.end) == replace(piece, start=last.start) and last.end == piece.start:
            merged[-1] = replace(last, end=piece.end)
        else:
            merged.append(piece)
    return merged
