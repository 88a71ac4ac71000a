"""Public call counts as a branch's history: read from the folder that BANKHALL_DATA names."""

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.history import CountRow, History, build_history
from bankhall.kernel.bank.branch import OpeningSpan, Service
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay

HERE = Path(__file__).parent
DAYS_FILE = HERE / "anonymous_bank_days.txt"


def public_data() -> Path:
    """The folder of public data; it may be absent."""
    root = HERE.parents[1]
    return Path(os.environ.get("BANKHALL_DATA", root.parent / "shared" / "data"))


def committed_days() -> tuple[date, ...]:
    """The days of the Anonymous Bank that take part: a file, not a computation."""
    lines = DAYS_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(date.fromisoformat(line) for line in lines if line and not line.startswith("#"))


def anonymous_bank(until: date | None = None) -> History:
    """Half hours 07:00-24:00 of the committed days; with `until`, only those before it are read at all."""
    wanted = [day for day in committed_days() if until is None or day < until]
    path = public_data() / "anonymous_bank" / "arrivals_6min_1999_jan_jul.csv.gz"
    rows = [row for row in _six_minutes(path) if row[1] in set(wanted)]
    return build_history("AB", rows, _open_on(wanted, "AB", opens=420, closes=1440))


def bank_calls_na() -> History:
    """North-American bank 2003, workdays 07:00-21:00 in half hours."""
    path = public_data() / "bank_calls_na" / "bank_calls_5min_0303_0822.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[CountRow] = [
            ("calls", date.fromisoformat(at[:10]), int(at[11:13]) * 2 + int(at[14:16]) // 30, float(calls))
            for at, calls in list(csv.reader(lines))[1:]
            if at[11:13] != "21"
        ]
    return build_history("NA", rows, _open_on(sorted({row[1] for row in rows}), "NA", opens=420, closes=1260))


def _six_minutes(path: Path) -> Iterator[CountRow]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in list(csv.reader(lines))[1:]:
            for at, count in enumerate(row[1:]):
                yield "calls", date.fromisoformat(row[0]), at // 5, float(count)


def _open_on(wanted: list[date], code: str, *, opens: int, closes: int) -> Days:
    """Open on these dates alone, every one an ordinary working day."""
    spans = [OpeningSpan(code, "personal", date=day, opens=opens, closes=closes) for day in wanted]
    calendar = BusinessCalendar(CalendarDay(day, "workday") for day in wanted)
    return days_between(
        wanted[0], wanted[-1], branch_code=code, services=[Service("calls")], calendar=calendar, opening=spans
    )
