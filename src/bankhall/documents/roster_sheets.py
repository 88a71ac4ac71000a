"""A week's roster as sheets: the exchange columns (imports again unchanged), and a grid to read."""

from dataclasses import dataclass
from datetime import date

from bankhall.documents.sheets import Sheet
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.minutes import format_minutes

COLUMNS = (
    "branch_code", "week", "version", "state", "staff_no", "business_date", "start_time", "end_time", "kind", "code",
    "post_code", "at_branch_code", "locked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spell:
    """One stretch of a day in words."""

    start: int
    end: int
    words: str
    rest: bool = False

    def text(self) -> str:
        """`09:00–11:30 Window 1`."""
        return f"{format_minutes(self.start)}\N{EN DASH}{format_minutes(self.end)} {self.words}"


@dataclass(frozen=True, slots=True)
class DayCell:
    """A person's day; `words` instead of spells when there are none (off, leave)."""

    date: date
    spells: tuple[Spell, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A person's week as it hangs on the wall."""

    staff_no: str
    name: str
    post: str
    days: tuple[DayCell, ...]
    hours: str = ""


def exchange_sheet(week: str, version: int, state: str, assignments: tuple[Assignment, ...]) -> Sheet:
    """The table `rosters` of the exchange folder."""
    ordered = sorted(assignments, key=lambda a: (a.staff_no, a.business_date, a.start, a.kind, a.code))
    return Sheet("rosters", COLUMNS, tuple(_row(week, version, state, each) for each in ordered))


def _row(week: str, version: int, state: str, each: Assignment) -> tuple[str | int | bool | date | None, ...]:
    return (
        each.branch_code, week, version, state, each.staff_no, each.business_date, format_minutes(each.start),
        format_minutes(each.end), each.kind, each.code or None,
        each.post_code or None, each.at_branch_code or None, each.locked,
    )  # fmt: skip


def grid_sheet(name: str, head: tuple[str, ...], people: tuple[PersonWeek, ...], above: tuple[str, ...]) -> Sheet:
    """People down, days across."""
    rows = tuple(
        (one.name, one.post, *("\n".join(s.text() for s in day.spells) or day.words for day in one.days), one.hours)
        for one in people
    )
    return Sheet(name, head, rows, above)
