"""Arrival histories of branches from a source of records, and what they share."""

from collections.abc import Iterable
from datetime import date, timedelta

from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.history import History, build_history
from bankhall.data.queries import Source
from bankhall.data.queries.arrivals import count_rows
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.business_calendar import BusinessCalendar

HISTORY_DAYS = 420
"""A year and eight weeks: the same season once before, and enough days around it."""


def days_of(bank: Bank, branch_code: str, first: date, last: date) -> Days:
    """The branch's days by its calendar and opening hours."""
    return days_between(
        first,
        last,
        branch_code=branch_code,
        region_code=bank.region_of(branch_code),
        services=bank.services,
        calendar=BusinessCalendar(bank.calendar),
        opening=bank.opening_hours,
        slot_minutes=bank.slot_minutes,
    )


def history_of(source: Source, bank: Bank, branch_code: str, as_of: date) -> History:
    """What came before `as_of`, as far back as a forecast looks."""
    first, last = as_of - timedelta(days=HISTORY_DAYS), as_of - timedelta(days=1)
    rows = count_rows(source, branch_code=branch_code, first=first, last=last, slot_minutes=bank.slot_minutes)
    first = min((row[1] for row in rows), default=first)
    return build_history(branch_code, rows, days_of(bank, branch_code, first, last))


def histories_of(source: Source, banks: Iterable[tuple[str, Bank]], as_of: date) -> tuple[History, ...]:
    """Those of several branches, each by its own bank records."""
    return tuple(history_of(source, bank, code, as_of) for code, bank in banks)
