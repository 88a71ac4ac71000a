"""The store's reference records as a kernel bank, as exchange tables, and as the codes that an import may refer to."""

from typing import TYPE_CHECKING, Any

from bankhall.apps.imports.bases import dumpers
from bankhall.apps.network import queries as network
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.scope import Scope

if TYPE_CHECKING:
    import pyarrow as pa

    from bankhall.data.importing.known import Known


def bank(scope: Scope, branch_code: str = "") -> Bank:
    """Every reference record of a branch (its own and everybody's), or of all that the scope reaches.

    The number of queries is that of the tables, whatever the number of rows.
    """
    details = network.details(scope)
    records: dict[str, Any] = network.records(_rows(scope, branch_code))
    return Bank(details.name, details.zone, details.slot_minutes, details.synthetic, **records)


def exchange_tables(scope: Scope) -> "dict[str, pa.Table]":
    """The reference tables in canonical form; empty ones are left out."""
    from bankhall.data.exchange.codec import rows_table

    return {name: rows_table(name, rows) for name, rows in _rows(scope, "").items() if rows}


def known(scope: Scope) -> "Known":
    """What an import may refer to."""
    from bankhall.data.importing.known import Known

    return Known.of_bank(bank(scope))


def _rows(scope: Scope, branch_code: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for dump in dumpers():
        found |= dump(scope, branch_code)
    return found
