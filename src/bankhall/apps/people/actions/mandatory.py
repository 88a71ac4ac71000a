"""Mandatory leave that was fixed ahead becomes a granted absence, and stops being one when the week is released.

Who may fix it is decided above, where the year is planned; this is written inside that act.
"""

from datetime import date, datetime, time, timedelta

from bankhall.apps.network.bases import load_rows
from bankhall.apps.people.models import AbsenceRow
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.bank.people import Absence, AbsenceState


def bind_mandatory_leave(staff_no: str, first: date, last: date, *, granted: bool, batch: str) -> None:
    """Whole days from `first` to `last`. Written only inside an act."""
    state: AbsenceState = "granted" if granted else "refused"
    starts, ends = datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)
    record = record_row("absences", Absence(staff_no, starts, ends, "mandatory_leave", state))
    load_rows(AbsenceRow, "absences", [record], batch=batch)
