"""Rows of one import that name the same thing twice: equal ones are one row, unlike ones are both refused."""

import numpy as np

from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.batch import Batch
from bankhall.data.importing.identity import contents, joined, keys, repeated

Key = tuple[str, ...]
_OTHER_KEYS: dict[str, Key] = {"visits": ("source", "source_key")}


def duplicates(batch: Batch) -> Flags:
    """The repeats of equal rows. Rows with one key and several contents are refused: none of them can be trusted."""
    good = batch.verdict.good
    table = batch.table(good)
    where = np.flatnonzero(good)
    again, shared = repeated(keys(batch.contract, table))
    if shared.any():
        again = _conflicts(batch, where, table.filter(shared), np.flatnonzero(shared), again)
    _check_other_key(batch)
    repeats = np.zeros(batch.rows, dtype=np.bool_)
    repeats[where] = again
    return repeats & batch.verdict.good


def _conflicts(batch: Batch, where: np.ndarray, table: object, places: np.ndarray, again: Flags) -> Flags:
    same, _ = repeated(contents(batch.contract, table))
    codes = np.asarray(keys(batch.contract, table).combine_chunks().dictionary_encode().indices)
    contents_of_key = np.bincount(codes, weights=~same)
    unlike = places[contents_of_key[codes] > 1]
    bad = np.zeros(batch.rows, dtype=np.bool_)
    bad[where[unlike]] = True
    batch.verdict.fail(bad, "key_conflict", batch.contract.key[0])
    return again


def _check_other_key(batch: Batch) -> None:
    other = _OTHER_KEYS.get(batch.contract.name)
    if not other:
        return
    good = batch.verdict.good & np.asarray(batch.values(other[-1]).is_valid(), dtype=np.bool_)
    table, where = batch.table(good), np.flatnonzero(good)
    distinct = joined(table, (*other, *batch.contract.key))
    again, _ = repeated(distinct)
    _, shared = repeated(joined(table.filter(~again), other))
    bad = np.zeros(batch.rows, dtype=np.bool_)
    bad[where[~again][shared]] = True
    batch.verdict.fail(bad, "key_conflict", other[-1])
