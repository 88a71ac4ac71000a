"""Reference rows about staff come by imports, always as a batch of `imports`, whose act stands open around these."""

from collections.abc import Sequence

from bankhall.apps.network.bases import Loaded, Row, load_rows
from bankhall.apps.people.queries import MODELS

TABLES = tuple(MODELS)


def load(name: str, rows: Sequence[Row], *, batch: str) -> Loaded:
    """Brings canonical rows of one of this app's tables in, by key. Written only inside an act."""
    return load_rows(MODELS[name], name, rows, batch=batch)
