"""The timetable: what runs by the clock, when, what became of it the last time, when it is due next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count

from bankhall.apps.runs.models import Run, SetHour
from bankhall.apps.runs.rules import Timed, timed
from bankhall.apps.runs.states import RunState

LOOK_BACK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Hour:
    """When a kind runs: at a local time, on ISO weekdays, and how many missed days it catches up."""

    at: time
    weekdays: frozenset[int]
    catch_up_days: int
    is_on: bool = True

    def due_dates(self, now: datetime) -> list[date]:
        """The business dates for which it is due at a local instant, oldest first."""
        newest = now.date() if now.time() >= self.at else now.date() - timedelta(days=1)
        dates = [newest - timedelta(days=back) for back in reversed(range(self.catch_up_days))]
        return [day for day in dates if self.is_on and day.isoweekday() in self.weekdays]

    def next_at(self, now: datetime) -> datetime | None:
        """The next local instant at which it is due; None while it is off."""
        if not self.is_on or not self.weekdays:
            return None
        days = (now.date() + timedelta(days=ahead) for ahead in range(9))
        moments = (datetime.combine(day, self.at, now.tzinfo) for day in days if day.isoweekday() in self.weekdays)
        return next(moment for moment in moments if moment > now)


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the timetable. `counts` are the runs of the newest date by state; `set_name` who set the hour."""

    kind: str
    hour: Hour
    after: tuple[str, ...]
    fixed: bool
    next_at: datetime | None
    last_date: date | None
    counts: Mapping[RunState, int]
    set_name: str


def hours() -> dict[str, Hour]:
    """The hour of every kind: as somebody set it, else as it was registered."""
    rows = {row.kind: row for row in SetHour.objects.all()}
    return {entry.kind: _hour(entry, rows.get(entry.kind)) for entry in timed()}


def timetable(now: datetime) -> tuple[Planned, ...]:
    """Every entry at a local instant (with its zone), in the order of the day. Two queries, whatever its length."""
    rows = {row.kind: row for row in SetHour.objects.all()}
    last = _last_dates(now)
    lines = (_planned(entry, rows.get(entry.kind), last.get(entry.kind), now) for entry in timed())
    return tuple(sorted(lines, key=lambda line: (line.hour.at, line.kind)))


def _hour(entry: Timed, row: SetHour | None) -> Hour:
    if row is None or entry.fixed:
        return Hour(entry.at, entry.weekdays, entry.catch_up_days)
    return Hour(row.at, frozenset(map(int, row.weekdays)), row.catch_up_days, row.is_on)


def _planned(
    entry: Timed, row: SetHour | None, last: tuple[date, dict[RunState, int]] | None, now: datetime
) -> Planned:
    hour = _hour(entry, row)
    when, counts = last or (None, {})
    name = (row.set_name or row.set_by) if row else ""
    return Planned(entry.kind, hour, entry.after, entry.fixed, hour.next_at(now), when, counts, name)


def _last_dates(now: datetime) -> dict[str, tuple[date, dict[RunState, int]]]:
    """By kind: the newest business date of the timetable's own runs, and how many stand where."""
    since = now.date() - timedelta(days=LOOK_BACK_DAYS)
    rows = Run.objects.filter(slot__isnull=False, business_date__gte=since)
    told = rows.values_list("kind", "business_date", "state").annotate(times=Count("id")).order_by("business_date")
    last: dict[str, tuple[date, dict[RunState, int]]] = {}
    for kind, day, state, times in told:
        counts = last[kind][1] if kind in last and last[kind][0] == day else {}
        last[kind] = (day, counts | {RunState(state): times})
    return last
