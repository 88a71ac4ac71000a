"""What is done about staff: their records brought in, absences asked and answered, balances booked."""

from bankhall.apps.people.actions.absences import Asking, answer_absence, ask_absence, withdraw_absence
from bankhall.apps.people.actions.attending import Attending, mark_attendance, remove_attendance
from bankhall.apps.people.actions.ledger import Booking, book, correct_balance
from bankhall.apps.people.actions.mandatory import bind_mandatory_leave
from bankhall.apps.people.actions.missing import (
    MARK_MISSING,
    MISSING_KINDS,
    Marking,
    mark_missing,
    take_back_missing,
)
from bankhall.apps.people.actions.reference import TABLES, load

__all__ = [
    "MARK_MISSING", "MISSING_KINDS", "TABLES", "Asking", "Attending", "Booking", "Marking", "answer_absence",
    "ask_absence", "bind_mandatory_leave", "book", "correct_balance", "load", "mark_attendance",
    "mark_missing", "remove_attendance", "take_back_missing", "withdraw_absence",
]  # fmt: skip
