"""Whether the codes in a row name something that is known or comes in the same import."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import Column
from bankhall.data.exchange.parsing import flags
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.account import Note
from bankhall.data.importing.batch import Batch
from bankhall.data.importing.checks import DAY, DRIFT
from bankhall.data.importing.known import WITHIN_BRANCH, Known

HOUR = DAY // 24
Batches = Mapping[str, Batch]


def check_references(batch: Batch, batches: Batches, known: Known) -> list[Note]:
    """Refuses rows that name something unknown; what cannot be checked is noted."""
    notes = []
    for column in batch.contract.columns:
        if not column.refers_to or column.refers_to == "visits.visit_id":
            continue
        codes = _codes(column.refers_to, batches, known)
        if codes:
            batch.verdict.fail(_unknown(batch, column, codes, batches, known), "unknown_reference", column.name)
        elif pc.count(batch.values(column.name)).as_py():
            facts = {"table": batch.contract.name, "column": column.name, "refers_to": column.refers_to}
            notes.append(Note("reference_unchecked", facts))
    if batch.contract.name == "steps":
        _check_visits(batch, batches, known)
    return notes


def _codes(refers_to: str, batches: Batches, known: Known) -> frozenset[str]:
    table, column = refers_to.split(".")
    codes = known.codes.get(refers_to, frozenset())
    if table not in batches:
        return codes
    batch = batches[table]
    rows = batch.table(batch.verdict.good)
    own = rows[column]
    if refers_to in WITHIN_BRANCH:
        own = pc.binary_join_element_wise(rows["branch_code"], own, "|")
    return codes | frozenset(own.to_pylist())


def _unknown(batch: Batch, column: Column, codes: frozenset[str], batches: Batches, known: Known) -> Flags:
    values = batch.values(column.name)
    if column.refers_to in WITHIN_BRANCH:
        values = pc.binary_join_element_wise(_branches(batch, batches, known), values, "|")
    if column.kind == "codes":
        wrong = [text for text in pc.unique(values).to_pylist() if text and not codes.issuperset(text.split("|"))]
        return flags(pc.is_in(values, pa.array(wrong, pa.string())))
    return flags(pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, pa.array(sorted(codes), pa.string())))))


def _branches(batch: Batch, batches: Batches, known: Known) -> pa.ChunkedArray:
    if "branch_code" in batch.columns:
        return batch.values("branch_code")
    return of_visit(batch.values("visit_id"), "branch_code", batches, known)


def of_visit(visit_ids: pa.ChunkedArray, column: str, batches: Batches, known: Known) -> pa.ChunkedArray:
    """A column of each row's visit, from this import or from those that are known; null when there is none."""
    ids, values = _visits(column, batches, known)
    return values.take(pc.index_in(visit_ids, ids))


def _visits(column: str, batches: Batches, known: Known) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    ids, values = [], []
    if "visits" in batches:
        ids += batches["visits"].values("visit_id").chunks
        values += batches["visits"].values(column).chunks
    if known.visits is not None:
        ids += known.visits["visit_id"].chunks
        values += known.visits[column].chunks
    kind = values[0].type if values else pa.string()
    return pa.chunked_array(ids, pa.string()), pa.chunked_array(values, kind)


def _check_visits(batch: Batch, batches: Batches, known: Known) -> None:
    """A step needs its visit, and lies within a day of it."""
    ids = batch.values("visit_id")
    there = np.zeros(batch.rows, dtype=np.bool_)
    if "visits" in batches:
        visits = batches["visits"]
        there |= flags(pc.is_in(ids, visits.values("visit_id").filter(pa.array(visits.verdict.good))))
    if known.visits is not None:
        there |= flags(pc.is_in(ids, known.visits["visit_id"]))
    batch.verdict.fail(~there, "unknown_reference", "visit_id")
    arrived = pc.cast(of_visit(ids, "arrived_at", batches, known), pa.int64())
    after = pc.subtract(pc.cast(batch.values("queued_at"), pa.int64()), arrived)
    far = pc.or_(pc.greater(after, DAY), pc.less(after, -HOUR))
    batch.verdict.fail(flags(far), "far_from_visit", "queued_at")


def before_arrival(batch: Batch, batches: Batches, known: Known) -> Flags:
    """Steps that joined the line before their visit arrived, by more than clocks drift."""
    arrived = pc.cast(of_visit(batch.values("visit_id"), "arrived_at", batches, known), pa.int64())
    return flags(pc.greater(pc.subtract(arrived, pc.cast(batch.values("queued_at"), pa.int64())), DRIFT))
