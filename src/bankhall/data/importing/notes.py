"""What the records allow and what is missing, as codes with facts; sentences are made at the face."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.exchange.parsing import flags
from bankhall.data.importing.account import Fact, Note
from bankhall.data.importing.batch import Batch
from bankhall.data.importing.checks import DRIFT, SECOND, drifting
from bankhall.data.importing.known import Known
from bankhall.data.importing.references import before_arrival

LONG_MINUTES = 120
NEARLY_ALL = 0.95
NOTABLE = 0.05
SHORT_HISTORY_DAYS = 56
Tables = Mapping[str, pa.Table]


def notes_of(batches: Mapping[str, Batch], tables: Tables, known: Known) -> list[Note]:
    """All notes of an import, the reader's first, then the rules that refused rows, then what the records allow."""
    return [
        *_readers(batches),
        *_rules(batches),
        *(_clocks(batches["steps"], batches, known) if "steps" in batches else ()),
        *(_steps(batches["steps"]) if "steps" in batches else ()),
        *_visits(tables),
        *_days(tables, known.holidays | _own_holidays(tables)),
    ]


def _readers(batches: Mapping[str, Batch]) -> list[Note]:
    every = [candidate for batch in batches.values() for candidate in batch.candidates]
    raws = {id(candidate.raw): candidate.raw for candidate in every}.values()
    encodings = [str(raw.facts["encoding"]) for raw in raws if raw.facts.get("detected")]
    found = [Note("encoding_detected", {"encoding": e, "files": encodings.count(e)}) for e in sorted(set(encodings))]
    cut = sum(1 for raw in raws if raw.facts.get("unterminated"))
    found += [Note("last_line_unterminated", {"files": cut})] if cut else []
    return found + _summed(note for candidate in every for note in candidate.notes)


def _summed(notes: Iterable[Note]) -> list[Note]:
    """Notes of many files as one each: numbers are added."""
    sums: dict[tuple[object, ...], dict[str, Fact]] = {}
    for note in notes:
        same = (note.code, *(fact for fact in note.facts.values() if isinstance(fact, str)))
        facts = sums.setdefault(same, {"": note.code})
        for name, fact in note.facts.items():
            facts[name] = fact if isinstance(fact, str) else fact + int(facts.get(name, 0))
    return [Note(str(facts.pop("")), facts) for facts in sums.values()]


def _rules(batches: Mapping[str, Batch]) -> list[Note]:
    return [
        Note("rows_rejected", {"table": name, "rule": reason.rule, "column": reason.column, "rows": rows})
        for name, batch in batches.items()
        for reason, rows in batch.verdict.counts.items()
    ]


def _clocks(steps: Batch, batches: Mapping[str, Batch], known: Known) -> list[Note]:
    good = steps.verdict.good
    drift = int(np.count_nonzero(drifting(steps, steps.contract.orders[0]) & good))
    early = int(np.count_nonzero(before_arrival(steps, batches, known) & good))
    notes = [Note("clock_drift", {"rows": drift, "seconds": DRIFT // SECOND})] if drift else []
    return notes + ([Note("queued_before_arrival", {"rows": early})] if early else [])


def _steps(batch: Batch) -> list[Note]:
    """Of the rows that were read, also those that were then rejected: it is the source that is described."""
    steps = batch.table(np.ones(batch.rows, dtype=np.bool_))
    done = steps.filter(pc.is_in(steps["outcome"], pa.array(["done", "transferred", "papers_missing"])))
    if done.num_rows == 0:
        return []
    notes = [
        *_missing(done, "called_at", "no_call_times", "some_call_times_missing"),
        *_missing(done, "started_at", "no_start_times", "some_start_times_missing"),
        *_missing(done, "ended_at", "no_end_times", "some_end_times_missing"),
        *_missing(done, "window_code", "no_windows", "some_windows_missing"),
        *_missing(done, "staff_no", "no_staff", "served_without_staff"),
    ]
    begun = pc.coalesce(done["started_at"], done["called_at"])
    lengths = pc.subtract(pc.cast(done["ended_at"], pa.int64()), pc.cast(begun, pa.int64()))
    long = int(np.count_nonzero(flags(pc.greater(lengths, LONG_MINUTES * 60 * SECOND))))
    zero = int(np.count_nonzero(flags(pc.less_equal(lengths, 0))))
    notes += [Note("long_services", {"rows": long, "over_minutes": LONG_MINUTES})] if long else []
    return notes + ([Note("zero_second_services", {"rows": zero})] if zero else [])


def _missing(table: pa.Table, column: str, none: str, some: str) -> list[Note]:
    rows = table[column].null_count
    share = rows / table.num_rows
    if share >= NEARLY_ALL:
        return [Note(none, {"rows": rows, "of": table.num_rows})]
    notable = share >= NOTABLE or (rows and column == "staff_no")
    return [Note(some, {"rows": rows, "of": table.num_rows, "share": round(share, 4)})] if notable else []


def _visits(tables: Tables) -> list[Note]:
    visits = tables.get("visits")
    if visits is None or visits.num_rows == 0:
        counts = tables.get("arrival_counts")
        return [Note("counts_only", {"rows": counts.num_rows})] if counts is not None and counts.num_rows else []
    gone = visits.filter(pc.is_in(visits["outcome"], pa.array(["left", "absent_when_called"])))
    if gone.num_rows and gone["left_at"].null_count == gone.num_rows:
        return [Note("no_leaving_times", {"rows": gone.num_rows})]
    return []


def _own_holidays(tables: Tables) -> frozenset[date]:
    if "calendar" not in tables:
        return frozenset()
    calendar = tables["calendar"]
    return frozenset(calendar["date"].filter(pc.equal(calendar["kind"], "holiday")).to_pylist())


def _days(tables: Tables, holidays: frozenset[date]) -> list[Note]:
    """Days without a record among days that have some, and branches with a short history."""
    notes: list[Note] = []
    for name in ("visits", "arrival_counts"):
        if name in tables:
            pairs = tables[name].group_by(["branch_code", "business_date"]).aggregate([])
            by_branch: dict[str, set[date]] = {}
            for row in pairs.to_pylist():
                by_branch.setdefault(row["branch_code"], set()).add(row["business_date"])
            notes += [
                note for branch in sorted(by_branch) for note in _branch_days(name, branch, by_branch[branch], holidays)
            ]
    return notes


def _branch_days(table: str, branch: str, days: set[date], holidays: frozenset[date]) -> list[Note]:
    first, last = min(days), max(days)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    usual = {w for w in range(7) if 2 * sum(d.weekday() == w for d in days) > sum(d.weekday() == w for d in span)}
    missing = [day.isoformat() for day in span if day not in days | holidays and day.weekday() in usual]
    notes = [
        Note("missing_days", {"table": table, "branch_code": branch, "days": len(missing), "dates": "|".join(missing)})
    ]
    short = Note(
        "short_history", {"table": table, "branch_code": branch, "days": len(span), "wanted": SHORT_HISTORY_DAYS}
    )
    return (notes if missing else []) + ([short] if len(span) < SHORT_HISTORY_DAYS else [])
