"""The rule pack and its companions come as a batch of `imports`, whose act stands open around this."""

from collections.abc import Sequence

from bankhall.apps.network.bases import Loaded, Row, load_rows
from bankhall.apps.rosters.queries.reference import MODELS

TABLES = tuple(MODELS)


def load(name: str, rows: Sequence[Row], *, batch: str) -> Loaded:
    """Brings canonical rows of one of this app's tables in, by key. Written only inside an act."""
    return load_rows(MODELS[name], name, rows, batch=batch)
