"""An import's rows against the rows that already stand: new, equal or changed, by key; and what then stands."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.contracts import TABLES
from bankhall.data.exchange.parsing import flags
from bankhall.data.importing.account import Account
from bankhall.data.importing.identity import contents, keys


@dataclass(frozen=True, slots=True)
class Settled:
    """`news`: rows that are new or changed. `merged`: what stands afterwards, old rows in place, new ones behind."""

    news: pa.Table
    merged: pa.Table
    account: Account


def settle(name: str, table: pa.Table, existing: pa.Table, account: Account) -> Settled:
    """Compares a prepared table (unique by key) with the existing rows and completes its account."""
    contract = TABLES[name]
    place = pc.index_in(keys(contract, table), keys(contract, existing))
    found = flags(pc.is_valid(place))
    old = contents(contract, existing).take(place)
    same = flags(pc.equal(contents(contract, table), old))
    changed = found & ~same
    merged = pa.concat_tables([_replaced(existing, table, place, changed), table.filter(pa.array(~found))])
    counted = replace(
        account,
        taken=int(np.count_nonzero(~found)),
        changed=int(np.count_nonzero(changed)),
        duplicate=account.duplicate + int(np.count_nonzero(same)),
    )
    return Settled(table.filter(pa.array(~same)), merged.combine_chunks(), counted)


def _replaced(existing: pa.Table, table: pa.Table, place: pa.ChunkedArray, changed: np.ndarray) -> pa.Table:
    if not changed.any():
        return existing
    source = np.arange(existing.num_rows, dtype=np.int64)
    spots = np.asarray(pc.fill_null(place, 0), dtype=np.int64)[changed]
    source[spots] = existing.num_rows + np.flatnonzero(changed)
    return pa.concat_tables([existing, table]).take(pa.array(source))
