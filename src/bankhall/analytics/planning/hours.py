"""The opening of one branch-day on the grid of slots."""

from dataclasses import dataclass
from datetime import date

from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Segment
from bankhall.kernel.bank.opening import Span, open_at_all, open_spans
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.minutes import overlap


@dataclass(frozen=True, slots=True)
class DayHours:
    """When a branch is open on a date, by segment, in minutes from local midnight."""

    date: date
    spans: tuple[Span, ...]
    personal: tuple[Span, ...]
    corporate: tuple[Span, ...]
    slot_minutes: int

    @property
    def starts(self) -> range:
        """Starts of the slots from opening to closing, lunch closing included."""
        if not self.spans:
            return range(0)
        first = self.spans[0][0] // self.slot_minutes * self.slot_minutes
        return range(first, self.spans[-1][1], self.slot_minutes)

    def open_in(self, start: int, segment: Segment | None = None) -> bool:
        """Whether the branch (or a segment of it) is open at any time of the slot."""
        spans = self.spans if segment is None else self.personal if segment == "personal" else self.corporate
        return any(overlap(start, start + self.slot_minutes, *span) for span in spans)


def hours_on(bank: Bank, branch_code: str, day: date) -> DayHours:
    """The hours of one date by the calendar and the opening rows."""
    known = BusinessCalendar(bank.calendar).day(day, bank.region_of(branch_code))
    return DayHours(
        day,
        open_at_all(bank.opening_hours, branch_code, known),
        open_spans(bank.opening_hours, branch_code, "personal", known),
        open_spans(bank.opening_hours, branch_code, "corporate", known),
        bank.slot_minutes,
    )
