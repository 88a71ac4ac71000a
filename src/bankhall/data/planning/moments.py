"""A branch's day as its records show it at a moment: what came, who stands in line, who is being served."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bankhall.analytics.forecasting.history import History
from bankhall.analytics.planning.during_day import Busy, Moment, Waiting
from bankhall.data.queries import Source
from bankhall.data.queries.service_records import day_tables

Row = Mapping[str, Any]
STALE_LINE_MINUTES = 180
"""Who was never called and never seen leaving has gone unseen after so long."""
STALE_SERVICE_MINUTES = 60
"""A service whose end was not recorded is over after so long."""


@dataclass(frozen=True, slots=True)
class DayRecords:
    """One date's steps with their visits, in minutes of the branch's own clock. `newest` is the last thing known to
    have happened; None: nothing of the day was imported."""

    day: date
    steps: tuple[Row, ...]
    newest: float | None


def day_records(source: Source, branch_code: str, day: date, zone: str) -> DayRecords:
    """Reads one date of one branch."""
    tables = day_tables(source, branch_code=branch_code, first=day, last=day)
    midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(zone))
    left = {row["visit_id"]: row["left_at"] for row in tables["visits"].to_pylist()}
    steps = tuple(_step(row, left.get(row["visit_id"]), midnight) for row in tables["steps"].to_pylist())
    instants = [step[name] for step in steps for name in ("queued", "called", "started", "ended", "left")]
    known = [minute for minute in instants if minute is not None]
    if not known and tables["arrival_counts"].num_rows:
        known = [_counted_until(row) for row in tables["arrival_counts"].to_pylist()]
    return DayRecords(day, steps, max(known, default=None))


def _counted_until(row: Row) -> float:
    hours, minutes = str(row["slot_start"]).split(":")[:2]
    return int(hours) * 60.0 + int(minutes) + float(row["minutes"])


def _step(row: Row, left: datetime | None, midnight: datetime) -> Row:
    def minute(instant: datetime | None) -> float | None:
        return None if instant is None else (instant - midnight) / timedelta(minutes=1)

    times = {name: minute(row[f"{name}_at"]) for name in ("queued", "called", "started", "ended")}
    return {"service": row["service_code"], "staff_no": row["staff_no"] or "", "left": minute(left), **times}


def moment_of(records: DayRecords, history: History, minute: int) -> Moment:
    """What was known at a minute; `history` reaches to the day itself. Later records are not looked at."""
    at = history.days.dates.index(records.day)
    return Moment(
        records.day, minute, records.newest is not None and bool(history.recorded[at]), history.counts[at],
        tuple(_waiting(records.steps, minute)), tuple(_busy(records.steps, minute)),
    )  # fmt: skip


def _waiting(steps: Iterable[Row], minute: int) -> Iterable[Waiting]:
    for step in steps:
        ends = [step[name] for name in ("called", "started", "left") if step[name] is not None]
        since = step["queued"]
        if (
            since is not None
            and minute - STALE_LINE_MINUTES < since <= minute
            and min(ends, default=minute + 1) > minute
        ):
            yield Waiting(step["service"], since)


def _busy(steps: Iterable[Row], minute: int) -> Iterable[Busy]:
    """Who is at the newest of their services: one whose end was never recorded is over when the next has begun."""
    newest: dict[str, tuple[float, Row]] = {}
    for step in steps:
        started = step["called"] if step["started"] is None else step["started"]
        if step["staff_no"] and started is not None and minute - STALE_SERVICE_MINUTES < started <= minute:
            newest[step["staff_no"]] = max(newest.get(step["staff_no"], (started, step)), (started, step), key=_first)
    for who, (_, step) in sorted(newest.items()):
        if step["ended"] is None or step["ended"] > minute:
            yield Busy(who, step["service"])


def _first(pair: tuple[float, Row]) -> float:
    return pair[0]
