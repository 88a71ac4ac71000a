"""The time grid of a date: cells between the moments at which anything can change, and the slots made of them."""

from dataclasses import dataclass
from datetime import date

from bankhall.analytics.rostering.columns import Columns
from bankhall.analytics.rostering.cover import week_requirement
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span


@dataclass(frozen=True, slots=True)
class DayGrid:
    """Cell `i` runs from `edges[i]` to `edges[i + 1]`; slots hold a range of cells each."""

    edges: tuple[int, ...] = ()
    slots: tuple[Span, ...] = ()
    slot_starts: tuple[int, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells."""
        return max(0, len(self.edges) - 1)

    def cell_range(self, span: Span) -> Span:
        """First cell and the one after the last of a span whose ends are edges."""
        return self.edges.index(span[0]), self.edges.index(span[1])


def week_grid(situation: Situation, columns: Columns) -> tuple[DayGrid, ...]:
    """One grid a date."""
    return tuple(_day_grid(situation, columns, d, day) for d, day in enumerate(situation.days))


def _day_grid(situation: Situation, columns: Columns, d: int, day: date) -> DayGrid:
    edges = {edge for span in situation.open_spans(day) for edge in span}
    edges |= {edge for task in columns.tasks[d] for edge in (task.start, task.end)}
    for template in columns.templates:
        if template.day == d:
            edges |= {template.shape.start, template.shape.end, *(template.shape.pause or ())}
            edges |= {edge for lock in template.verbatim for edge in (lock.start, lock.end)}
    step = situation.problem.bank.slot_minutes
    wanted = [r.slot_start for r in week_requirement(situation) if r.business_date == day]
    edges |= {edge for start in wanted for edge in (start, start + step)}
    if not edges:
        return DayGrid()
    first, last = min(edges) // step * step, -(-max(edges) // step) * step
    starts = tuple(range(first, last, step))
    ordered = tuple(sorted(edges | {*starts, last}))
    slots = tuple((ordered.index(start), ordered.index(start + step)) for start in starts)
    return DayGrid(ordered, slots, starts)
