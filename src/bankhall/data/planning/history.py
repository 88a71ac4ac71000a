"""Arrival histories of branches from a source of records, and what they share."""

from collections.abc import Iterable
from datetime import date, timedelta

from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.history import History, build_history
from bankhall.data.queries import Source
from bankhall.data.queries.arrivals import CountRow, count_rows_by_branch
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
    return histories_of(source, [(branch_code, bank)], as_of)[0]


def histories_of(source: Source, banks: Iterable[tuple[str, Bank]], as_of: date) -> tuple[History, ...]:
    """Those of several branches, each by its own bank records. All of one slot length are read at once."""
    asked, built = dict(banks), dict[str, History]()
    first, last = as_of - timedelta(days=HISTORY_DAYS), as_of - timedelta(days=1)
    for slot in {bank.slot_minutes for bank in asked.values()}:
        codes = [code for code, bank in asked.items() if bank.slot_minutes == slot]
        read = count_rows_by_branch(source, branches=codes, first=first, last=last, slot_minutes=slot)
        built |= {code: _built(asked[code], code, rows, first, last) for code, rows in read}
    return tuple(built[code] for code in asked)


def _built(bank: Bank, branch_code: str, rows: list[CountRow], first: date, last: date) -> History:
    """From the first day that has a row, where there is one."""
    since = min((row[1] for row in rows), default=first)
    return build_history(branch_code, rows, days_of(bank, branch_code, since, last))
