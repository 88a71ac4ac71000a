"""Two-person presence 双人临柜, opening and closing pairs, dual control 双人复核, probation not alone.

All look at who is at work at each moment of a date; moments with the same answer are told as one span.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, union
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

AUTHORISER = "authoriser"
"""The post of exchange.md that authorises as the second person."""
LOBBY = "lobby_manager"
"""The post that receives customers in the hall."""


def two_person_presence(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """Fewer people who count than the value while the branch is open or a cash window is manned. Facts: found."""
    cash = [(s.start, s.end) for s in here if _is_cash(situation, s)]
    spans = union([*situation.open_spans(day), *cash])
    yield from _fewer(
        situation, "two_person_presence", day, here=here, spans=spans, counts=situation.counts_for_presence
    )


def opening_pair(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """Fewer such people from the start of the first duty to opening. Facts: found."""
    opening = situation.open_spans(day)
    first = min((s.start for s in here if s.kind == "duty"), default=None)
    if opening and first is not None and first < opening[0][0]:
        spans = ((first, opening[0][0]),)
        yield from _fewer(situation, "opening_pair", day, here=here, spans=spans, counts=situation.counts_for_presence)


def closing_pair(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """Fewer such people from closing to the end of the last duty. Facts: found."""
    opening = situation.open_spans(day)
    last = max((s.end for s in here if s.kind == "duty"), default=None)
    if opening and last is not None and last > opening[-1][1]:
        spans = ((opening[-1][1], last),)
        yield from _fewer(situation, "closing_pair", day, here=here, spans=spans, counts=situation.counts_for_presence)


def dual_control(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """While a window with a dual-control service is manned: fewer authorisers at work than the value. Facts: found."""

    def authorises(stretch: Assignment) -> bool:
        at_work = stretch.kind in ("window", "post") or (stretch.kind == "duty" and not situation.is_away(stretch))
        return at_work and situation.post_held(stretch) == AUTHORISER

    spans = union([(s.start, s.end) for s in here if s.kind == "window" and needs_second(situation, s)])
    yield from _fewer(situation, "dual_control", day, here=here, spans=spans, counts=authorises)


def hall_presence(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """Fewer lobby managers in the hall than the value while open to personal customers. Facts: found."""

    def receives(stretch: Assignment) -> bool:
        in_hall = stretch.kind == "post" or (stretch.kind == "duty" and not situation.is_away(stretch))
        return in_hall and situation.post_held(stretch) == LOBBY

    spans = situation.open_spans(day, "personal")
    yield from _fewer(situation, "hall_presence", day, here=here, spans=spans, counts=receives)


def needs_second(situation: Situation, stretch: Assignment) -> bool:
    """Whether the window gives a service under dual control in that time."""
    window = situation.windows.get(stretch.code)
    during = (stretch.start, stretch.end)
    return window is not None and any(
        s.dual_control for s in situation.services_at(window, stretch.business_date, during)
    )


def probation_not_alone(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """Nobody at work there but people on probation. Facts: found (people on probation)."""
    if situation.value("probation_not_alone", day) is None:
        return
    at_work = [s for s in here if s.kind != "break"]
    new = [s for s in at_work if situation.on_probation(s.staff_no, day)]
    spans = union([(s.start, s.end) for s in new])
    for (start, end), found in _told(at_work, spans, lambda s: not situation.on_probation(s.staff_no, day)):
        if found == 0:
            alone = sorted({s.staff_no for s in new if s.start < end and start < s.end})
            subjects = tuple(f"staff:{name}" for name in alone)
            yield situation.breach(
                "probation_not_alone", day=day, start=start, end=end, subjects=subjects, found=len(alone)
            )


def _fewer(
    situation: Situation,
    code: str,
    day: date,
    *,
    here: Sequence[Assignment],
    spans: Iterable[Span],
    counts: Callable[[Assignment], bool],
) -> Iterator[Breach]:
    least = situation.value(code, day)
    if least is None:
        return
    for (start, end), found in _told(here, spans, counts):
        if found < least:
            yield situation.breach(code, day=day, start=start, end=end, found=found)


def _told(
    here: Sequence[Assignment], spans: Iterable[Span], counts: Callable[[Assignment], bool]
) -> Iterator[tuple[Span, int]]:
    """How many different people count in each part of the spans; neighbours with the same number are one part."""
    counted = [s for s in here if counts(s)]
    for start, end in spans:
        edges = sorted({start, end, *(e for s in counted for e in (s.start, s.end) if start < e < end)})
        held: tuple[Span, int] | None = None
        for left, right in pairwise(edges):
            found = len({s.staff_no for s in counted if s.start <= left and right <= s.end})
            if held and held[1] == found:
                held = ((held[0][0], right), found)
                continue
            if held:
                yield held
            held = ((left, right), found)
        if held:
            yield held


def _is_cash(situation: Situation, stretch: Assignment) -> bool:
    window = situation.windows.get(stretch.code) if stretch.kind == "window" else None
    return window is not None and window.kind == "cash"
