"""The shifts of a date: start, end and one break, as candidates that the checks then sieve.

A shift starts with a duty, at opening, or a whole hour after opening; it ends with closing, a duty, or a whole hour
before closing; it lasts four hours or more where the day is long enough.
"""

from dataclasses import dataclass
from datetime import date

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, gaps

STEP_MINUTES = 60
LEAST_MINUTES = 240


@dataclass(frozen=True, slots=True, order=True)
class Shape:
    """A shift's span and its break (None = without), in minutes from local midnight."""

    start: int
    end: int
    pause: Span | None = None

    def work(self) -> tuple[Span, ...]:
        """The spans of work."""
        if self.pause is None:
            return ((self.start, self.end),)
        return ((self.start, self.pause[0]), (self.pause[1], self.end))


@dataclass(frozen=True, slots=True)
class DutyTask:
    """One way to do a duty: from one start. `must` people are needed at one of the duty's starts."""

    duty_code: str
    start: int
    end: int


def duty_tasks(situation: Situation, day: date) -> tuple[DutyTask, ...]:
    """The starts that the search tries: every slot's length from the earliest, the latest, and locked ones."""
    tasks: list[DutyTask] = []
    for call in situation.duty_calls(day):
        step = situation.problem.bank.slot_minutes
        starts = {*range(call.earliest, call.latest + 1, step), call.latest}
        starts.update(
            lock.start
            for lock in situation.problem.locked
            if lock.kind == "duty" and lock.code == call.duty.duty_code and lock.business_date == day
            if lock.end - lock.start == call.duty.minutes and call.earliest <= lock.start <= call.latest
        )
        tasks += [DutyTask(call.duty.duty_code, start, start + call.duty.minutes) for start in sorted(starts)]
    return tuple(tasks)


def shapes_on(situation: Situation, day: date) -> tuple[Shape, ...]:
    """Every candidate of a date, in order; none when there is nothing to do."""
    tasks, opening = duty_tasks(situation, day), situation.open_spans(day)
    if not opening and not tasks:
        return ()
    opens = opening[0][0] if opening else min(task.start for task in tasks)
    closes = opening[-1][1] if opening else max(task.end for task in tasks)
    starts = {task.start for task in tasks if task.start < opens} | set(range(opens, closes, STEP_MINUTES))
    ends = {task.end for task in tasks if task.end > closes} | set(range(closes, opens, -STEP_MINUTES))
    least = min(LEAST_MINUTES, closes - opens)
    spans = [(a, b) for a in sorted(starts) for b in sorted(ends) if b - a >= least]
    return tuple(Shape(a, b, pause) for a, b in spans for pause in (None, *_pauses(situation, day, (a, b))))


def _pauses(situation: Situation, day: date, shift: Span) -> tuple[Span, ...]:
    """Breaks of a shift: on the slots within the allowed times, and the branch's own lunch closing."""
    closings = [gap for gap in gaps(situation.open_spans(day)) if shift[0] < gap[0] and gap[1] < shift[1]]
    slot = situation.problem.bank.slot_minutes
    minutes = situation.value("break_minutes", day) or (slot if situation.value("break_after", day) else 0)
    lengths = sorted({minutes, *(end - start for start, end in closings)} - {0})
    earliest = max(situation.value("break_earliest", day) or 0, shift[0] + slot)
    latest = min(situation.value("break_latest", day) or 1440, shift[1] - slot)
    first = -(-earliest // slot) * slot
    pauses = {(at, at + long) for long in lengths for at in range(first, latest - long + 1, slot) if long >= minutes}
    return tuple(sorted(pauses | set(closings)))
