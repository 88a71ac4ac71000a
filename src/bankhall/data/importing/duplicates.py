"""Rows of one import that name the same thing twice: equal ones are one row, unlike ones are both refused."""

import numpy as np
import pyarrow as pa

from bankhall.data.exchange.raw import Rows
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.batch import Batch
from bankhall.data.importing.identity import contents, joined, keys, repeated


def check_keys(batch: Batch) -> None:
    """Refuses all rows that have one key and several contents: none of them can be trusted."""
    good = batch.verdict.good
    table, where = batch.table(good), np.flatnonzero(good)
    _, shared = repeated(keys(batch.contract, table))
    if shared.any():
        _refuse_unlike(batch, table.filter(pa.array(shared)), where[shared])
    _check_other_key(batch)


def repeats(batch: Batch) -> Flags:
    """Among the rows that are taken, those that stood before; called last: a repeat may replace a refused row."""
    good = batch.verdict.good
    hits = np.zeros(batch.rows, dtype=np.bool_)
    hits[np.flatnonzero(good)] = repeated(keys(batch.contract, batch.table(good)))[0]
    return hits


def _refuse_unlike(batch: Batch, table: pa.Table, where: Rows) -> None:
    same, _ = repeated(contents(batch.contract, table))
    codes = np.asarray(keys(batch.contract, table).combine_chunks().dictionary_encode().indices)
    contents_of_key = np.bincount(codes, weights=~same)
    bad = np.zeros(batch.rows, dtype=np.bool_)
    bad[where[contents_of_key[codes] > 1]] = True
    batch.verdict.fail(bad, "key_conflict", batch.contract.key[0])


def _check_other_key(batch: Batch) -> None:
    other = batch.contract.other_key
    if not other:
        return
    good = batch.verdict.good & np.asarray(batch.values(other[-1]).is_valid(), dtype=np.bool_)
    table, where = batch.table(good), np.flatnonzero(good)
    distinct = joined(table, (*other, *batch.contract.key))
    again, _ = repeated(distinct)
    _, shared = repeated(joined(table.filter(pa.array(~again)), other))
    bad = np.zeros(batch.rows, dtype=np.bool_)
    bad[where[~again][shared]] = True
    batch.verdict.fail(bad, "key_conflict", other[-1])
