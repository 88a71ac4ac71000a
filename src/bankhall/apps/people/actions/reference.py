"""Reference rows about staff come by imports, always as a batch of `imports`, whose act stands open around these."""

from collections.abc import Sequence

from bankhall.apps.network.bases import Loaded, Row, load_rows
from bankhall.apps.people.actions.ledger import open_accounts
from bankhall.apps.people.queries import MODELS

TABLES = tuple(MODELS)


def load(name: str, rows: Sequence[Row], *, batch: str) -> Loaded:
    """Brings canonical rows of one of this app's tables in, by key. Balances of staff open their ledgers.

    Written only inside an act.
    """
    loaded = load_rows(MODELS[name], name, rows, batch=batch)
    if name == "staff":
        open_accounts(rows, batch=batch)
    return loaded
