"""What happened, as rows of the exchange tables: the form in which a queue machine and a time clock would export it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bankhall.data.contracts import TABLES
from bankhall.data.synthetic.branch_day import Happened
from bankhall.data.synthetic.characters import SERVICES
from bankhall.data.synthetic.hall_loop import ABSENT, SERVED

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SOURCE = "synthetic"
TIERS = ("ordinary", "gold", "platinum")
VISIT_OUTCOMES = ("served", "partly", "absent_when_called", "turned_away")
STEP_OUTCOMES = ("done", "gave_up")
LETTERS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One branch's date and what happened on it; `tiers` by customer."""

    branch_code: str
    day: date
    zone: str
    happened: Happened
    tiers: Ints

    def instants(self, minutes: Floats) -> pa.Array:
        """Local minutes of the date as instants, to the second; NaN is missing."""
        midnight = datetime.combine(self.day, time(), ZoneInfo(self.zone)).timestamp()
        known = ~np.isnan(minutes)
        micros = np.where(known, (midnight + np.floor(np.where(known, minutes, 0.0) * 60)) * 1e6, 0).astype(np.int64)
        return pa.array(micros, pa.int64(), mask=~known).cast(pa.timestamp("us", tz="UTC"))


def facts(days: Sequence[BranchDay]) -> dict[str, pa.Table]:
    """The four tables of what happened, by branch and date."""
    makers = {"visits": _visits, "steps": _steps, "window_sessions": _sessions, "attendance": _attendance}
    return {name: _joined(name, (make(day) for day in days)) for name, make in makers.items()}


def _joined(name: str, parts: Iterable[dict[str, pa.Array]]) -> pa.Table:
    schema = TABLES[name].arrow_schema()
    tables = [_table(schema, part) for part in parts]
    return pa.concat_tables(tables).combine_chunks() if tables else schema.empty_table()


def _table(schema: pa.Schema, part: dict[str, pa.Array]) -> pa.Table:
    rows = len(next(iter(part.values())))
    columns = [part[f.name].cast(f.type) if f.name in part else pa.nulls(rows, f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _visit_ids(day: BranchDay, tickets: Ints) -> pa.Array:
    numbers = pc.utf8_lpad(pa.array(tickets + 1).cast(pa.string()), 4, "0")
    return pc.binary_join_element_wise(f"{day.branch_code}-{day.day:%Y%m%d}", numbers, "-")


def _words(words: Sequence[str], places: Ints) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(places))


def _same(value: object, rows: int, kind: pa.DataType) -> pa.Array:
    return pa.repeat(pa.scalar(value, kind), rows)


def _place(day: BranchDay, rows: int) -> dict[str, pa.Array]:
    return {
        "branch_code": _same(day.branch_code, rows, pa.string()),
        "business_date": _same(day.day, rows, pa.date32()),
    }


def _visits(day: BranchDay) -> dict[str, pa.Array]:
    happened, customers = day.happened, day.happened.customers
    rows = len(customers.arrive)
    tickets = np.arange(rows)
    outcome = _visit_outcomes(happened)
    ids = _visit_ids(day, tickets)
    shut = outcome == VISIT_OUTCOMES.index("turned_away")
    return _place(day, rows) | {
        "visit_id": ids,
        "ticket_no": pc.binary_join_element_wise(
            _words(LETTERS, customers.pools[:, 0]), pc.utf8_lpad(pa.array(tickets + 1).cast(pa.string()), 4, "0"), ""
        ),
        "segment": _words(("personal", "corporate"), (customers.services[:, 0] == SERVICES.index("corporate")) * 1),
        "channel": _same("walk_in", rows, pa.string()),
        "tier_code": _words(TIERS, day.tiers),
        "needs": pc.if_else(pa.array(customers.elderly), "elderly", pa.scalar(None, pa.string())),
        "arrived_at": day.instants(customers.arrive),
        "left_at": day.instants(np.where(outcome == 0, np.fmax(happened.ended[:, 0], happened.ended[:, 1]), np.nan)),
        "outcome": _words(VISIT_OUTCOMES, outcome),
        "cause": pc.if_else(pa.array(shut), "closed", pa.scalar(None, pa.string())),
        "source": _same(SOURCE, rows, pa.string()),
        "source_key": ids,
    }


def _visit_outcomes(happened: Happened) -> Ints:
    first, second = happened.outcome[:, 0], happened.outcome[:, 1]
    whole = (first == SERVED) & ((happened.customers.services[:, 1] < 0) | (second == SERVED))
    return np.select([whole, first == SERVED, first == ABSENT], [0, 1, 2], default=3).astype(np.int64)


def _steps(day: BranchDay) -> dict[str, pa.Array]:
    happened = day.happened
    customer, step = np.nonzero(~np.isnan(happened.queued))
    at = (customer, step)
    called_by = happened.who[at]
    nobody = called_by < 0
    stands = day.happened.standing.stands
    windows, names = [s.window_code for s in stands] or [""], [s.staff_no for s in stands] or [""]
    served = happened.outcome[at] == SERVED
    return {
        "visit_id": _visit_ids(day, customer),
        "step_no": pa.array(step + 1, pa.int64()),
        "service_code": _words(SERVICES, happened.customers.services[at]),
        "queued_at": day.instants(happened.queued[at]),
        "called_at": day.instants(happened.called[at]),
        "started_at": day.instants(happened.started[at]),
        "ended_at": day.instants(happened.ended[at]),
        "window_code": pa.array(windows, pa.string()).take(pa.array(called_by, mask=nobody)),
        "staff_no": pa.array(names, pa.string()).take(pa.array(called_by, mask=nobody)),
        "outcome": _words(STEP_OUTCOMES, np.where(served, 0, 1)),
    }


def _sessions(day: BranchDay) -> dict[str, pa.Array]:
    """A window's session ends when its last customer has gone."""
    happened, stands = day.happened, day.happened.standing.stands
    rows = len(stands)
    ends = np.array([s.end for s in stands], dtype=np.float64)
    served = happened.who >= 0
    np.maximum.at(ends, happened.who[served], np.fmax(happened.ended[served], happened.called[served]))
    return _place(day, rows) | {
        "window_code": pa.array([s.window_code for s in stands], pa.string()),
        "opened_at": day.instants(_starts(day)),
        "closed_at": day.instants(ends),
        "staff_no": pa.array([s.staff_no for s in stands], pa.string()),
        "reason": pa.array([s.reason for s in stands], pa.string()),
    }


def _starts(day: BranchDay) -> Floats:
    """Planned starts, put off while the person still serves at the window before."""
    happened, stands = day.happened, day.happened.standing.stands
    starts = np.array([s.start for s in stands], dtype=np.float64)
    first_call = np.full(len(stands), np.inf)
    served = happened.who >= 0
    np.minimum.at(first_call, happened.who[served], happened.called[served])
    return np.asarray(np.minimum(starts, first_call))


def _attendance(day: BranchDay) -> dict[str, pa.Array]:
    presences = day.happened.standing.presences
    rows = len(presences)
    return _place(day, rows) | {
        "staff_no": pa.array([p.staff_no for p in presences], pa.string()),
        "started_at": day.instants(np.array([p.start for p in presences], dtype=np.float64)),
        "ended_at": day.instants(np.array([p.end for p in presences], dtype=np.float64)),
    }
