"""The two sides of a what-if: the plan as it stands, and the plan under the question."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.question import PlanNote, PlanQuestion
from bankhall.analytics.planning.what_if.changes import Change, Hours, Ill, Promised, Windows
from bankhall.analytics.planning.what_if.opening import with_hours
from bankhall.analytics.rostering.spans import outside
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Promise
from bankhall.kernel.bank.lookup import promise_for
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Side:
    """A question with the roster that answers it."""

    question: PlanQuestion
    assignments: tuple[Assignment, ...]

    @property
    def bank(self) -> Bank:
        """The records of this side."""
        return self.question.bank


def open_dates(question: PlanQuestion) -> tuple[date, ...]:
    """The dates of the week on which the branch opens."""
    days = question.week.days()
    return tuple(day for day in days if hours_on(question.bank, question.branch_code, day).spans)


def dates_of(question: PlanQuestion, changes: Iterable[Change]) -> tuple[date, ...]:
    """The open dates that the changes touch. BadInput when one of them names a date on which the branch is shut."""
    opened = open_dates(question)
    found: set[date] = set()
    for change in changes:
        day = getattr(change, "day", None)
        if day is not None and day not in opened:
            raise BadInput("what_if_closed", day=day.isoformat())
        found |= {day} if day is not None else {*opened}
    return tuple(sorted(found))


def named_ill(side: Side, change: Ill) -> tuple[str, ...]:
    """Who does not come: those named, else those who stand at windows (of the post) longest that date."""
    if change.staff_nos:
        return change.staff_nos
    worked: dict[str, int] = {}
    for row in side.assignments:
        here = row.business_date == change.day and row.kind == "window"
        if here and change.post_code in ("", row.post_code):
            worked[row.staff_no] = worked.get(row.staff_no, 0) + row.end - row.start
    return tuple(sorted(worked, key=lambda name: (-worked[name], name))[: change.people])


def under(side: Side, changes: Iterable[Change]) -> tuple[Side, tuple[PlanNote, ...]]:
    """The records and the roster under every change, before anybody is moved; and what a reader must know of it."""
    notes: list[PlanNote] = []
    for change in changes:
        if isinstance(change, Ill):
            side, note = _without_people(side, change)
            notes.append(note)
        elif isinstance(change, Hours):
            side = _with_hours(side, change)
            notes.append(PlanNote("hours_assumed", {}))
        elif isinstance(change, Promised):
            side = _with(side, promises=(*side.bank.promises, *_promises(side, change)))
        elif isinstance(change, Windows) and change.count < 0:
            side, closed = _without_windows(side, change)
            notes.append(closed)
    return side, tuple(notes)


def _with(side: Side, **tables: object) -> Side:
    return replace(side, question=replace(side.question, bank=replace(side.bank, **tables)))  # type: ignore[arg-type]


def _without_people(side: Side, change: Ill) -> tuple[Side, PlanNote]:
    names = named_ill(side, change)
    midnight = datetime.combine(change.day, datetime.min.time())
    away = [Absence(name, midnight, midnight + timedelta(days=1), "sick", "granted") for name in names]
    rows = tuple(r for r in side.assignments if r.business_date != change.day or r.staff_no not in names)
    note = PlanNote("ill_chosen", {"staff_nos": ",".join(names), "people": len(names)})
    return replace(_with(side, absences=(*side.bank.absences, *away)), assignments=rows), note


def _with_hours(side: Side, change: Hours) -> Side:
    bank = side.bank
    for day in (change.day,) if change.day else open_dates(side.question):
        bank = with_hours(bank, side.question.branch_code, day, change)
    return replace(side, question=replace(side.question, bank=bank))


def _promises(side: Side, change: Promised) -> list[Promise]:
    """Rows that beat what was promised: the service's own at the branch, valid from the latest day there is."""
    day, branch = side.question.week.first_day(), side.question.branch_code
    found = []
    for service in side.bank.services:
        now = promise_for(side.bank.promises, branch, service, day)
        if now is None or change.service_code not in ("", service.service_code):
            continue
        wait = now.wait_minutes if change.wait_minutes is None else change.wait_minutes
        share = now.share if change.share is None else change.share
        found.append(
            Promise(branch, service.service_code, "", "", wait, share, validity=replace(now.validity, valid_from=day))
        )
    if not found:
        raise BadInput("what_if_no_promise")
    return found


def _without_windows(side: Side, change: Windows) -> tuple[Side, PlanNote]:
    """The windows that close first stay shut over the span; whoever sat there is free then."""
    codes = manned(side, change.day, (change.start, change.end), change.post_code)
    shut = codes[: -change.count]
    span = (change.start, change.end)
    rows: list[Assignment] = []
    for row in side.assignments:
        hit = row.business_date == change.day and row.kind == "window" and row.code in shut
        parts = outside((row.start, row.end), [span]) if hit else ((row.start, row.end),)
        rows += [replace(row, start=start, end=end) for start, end in parts]
    note = PlanNote("windows_shut", {"windows": ",".join(shut), "count": len(shut)})
    return replace(side, assignments=tuple(rows)), note


def manned(side: Side, day: date, span: tuple[int, int], post_code: str) -> tuple[str, ...]:
    """The post's windows at which somebody sits in the span, the first to close first."""
    windows = next((g.windows for g in posts_with_windows(side.bank) if g.post.post_code == post_code), ())
    held = {
        row.code
        for row in side.assignments
        if row.business_date == day and row.kind == "window" and row.start < span[1] and span[0] < row.end
    }
    ordered = sorted(windows, key=lambda w: (w.closes_first is None, w.closes_first or 0, w.window_code))
    return tuple(w.window_code for w in ordered if w.window_code in held)
