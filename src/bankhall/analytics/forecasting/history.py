"""What came: counts by day, service and slot. Zero on an open slot of a recorded day is zero; the rest is unknown.

An open day of which the records hold no row at all was not recorded (a lost file, a machine that stood still): nothing
is learnt from it. Arrivals outside opening hours count in the nearest open slot of their day; on a closed day they are
left out. Both are said in `notes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats, Ints
from bankhall.analytics.forecasting.days import Days
from bankhall.analytics.forecasting.notes import Note
from bankhall.kernel.errors import BadInput

CountRow = tuple[str, date, int, float]


@dataclass(frozen=True, slots=True)
class History:
    """`counts`: float [day, service, slot], 0 where closed; `recorded`: bool [day]; `outside`: arrivals outside opening
    hours, float [day]. Days as in `days`."""

    branch_code: str
    days: Days
    counts: Floats
    recorded: Bools
    outside: Floats

    @property
    def services(self) -> tuple[str, ...]:
        """Service codes in the order of the arrays."""
        return self.days.services

    @property
    def usable(self) -> Bools:
        """Days that say something: open and recorded. Bool [day]."""
        return self.recorded & self.days.open.any(axis=1)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader must know of these days."""
        missing = int((self.days.open.any(axis=1) & ~self.recorded).sum())
        stray = round(float(self.outside.sum()))
        found = (
            Note("opening_assumed") if not self.days.opening_known else None,
            Note("days_missing", facts={"days": missing}) if missing and self.recorded.any() else None,
            Note("arrivals_outside_opening", facts={"count": stray}) if stray else None,
        )
        return tuple(note for note in found if note)

    def before(self, as_of: date) -> "History":
        """Only what was known on the morning of `as_of`: rows of earlier dates. Opening that was read off the counts is
        read anew."""
        last = sum(when < as_of for when in self.days.dates)
        days, counts, recorded = self.days.between(0, last), self.counts[:last], self.recorded[:last]
        if not days.opening_known:
            days = replace(days, service_open=_opening_from(counts, recorded, days))
        return replace(self, days=days, counts=counts, recorded=recorded, outside=self.outside[:last])


def build_history(branch_code: str, rows: Iterable[CountRow], days: Days) -> History:
    """Counts laid on the days. Rows of other dates are left out; a service that `days` does not name is refused."""
    at_day = {when: at for at, when in enumerate(days.dates)}
    place = {code: at for at, code in enumerate(days.services)}
    table = [row for row in rows if row[1] in at_day]
    unknown = {row[0] for row in table} - place.keys()
    if unknown:
        raise BadInput("service_unknown", service_codes=sorted(unknown), branch_code=branch_code)
    cells = np.array([(at_day[when], place[code], slot) for code, when, slot, _ in table], dtype=np.int64)
    counts = np.array([row[3] for row in table], dtype=np.float64)
    return _lay(branch_code, days, cells.reshape(-1, 3), counts)


def _lay(branch_code: str, days: Days, cells: Ints, counts: Floats) -> History:
    per_day = 1440 // days.slot_minutes
    full = np.zeros((len(days.dates), len(days.services), per_day))
    np.add.at(full, (cells[:, 0], cells[:, 1], np.clip(cells[:, 2], 0, per_day - 1)), counts)
    recorded = np.zeros(len(days.dates), dtype=np.bool_)
    recorded[cells[:, 0]] = True
    if days.opening_known:
        laid, outside = _into_open_slots(full, days)
        return History(branch_code, days, laid, recorded, outside)
    known = replace(days, service_open=_opening_from(full, recorded, days))
    return History(branch_code, known, full, recorded, np.zeros(len(days.dates)))


def _opening_from(full: Floats, recorded: Bools, days: Days) -> Bools:
    """Open are the slots in which a weekday saw anybody at least every tenth time; a day without any row is closed."""
    open_cells = np.zeros(full.shape, dtype=np.bool_)
    weekday = np.array([when.isoweekday() for when in days.dates], dtype=np.int64)
    for number in range(1, 8):
        same = weekday == number
        seen = full[same & recorded].sum(axis=1) > 0
        if len(seen):
            open_cells[same & recorded] = (seen.mean(axis=0) >= 0.1)[None, None, :]
    return open_cells


def _into_open_slots(full: Floats, days: Days) -> tuple[Floats, Floats]:
    """Counts on the slots of `days`, and how many stood outside opening hours each day."""
    inside = np.zeros(full.shape, dtype=np.bool_)
    inside[:, :, days.slots.start : days.slots.stop] = days.service_open
    astray = np.where(inside, 0.0, full)
    for day, service, slot in np.argwhere(astray > 0):
        here = np.flatnonzero(inside[day, service])
        if len(here):
            full[day, service, here[np.argmin(np.abs(here - slot))]] += astray[day, service, slot]
    return np.where(inside, full, 0.0)[:, :, days.slots.start : days.slots.stop], astray.sum(axis=(1, 2))
