"""The rule pack and its companions come as a batch of `imports`, whose act stands open around this. Where a rule says
that speeds are not learned, what is kept of them goes with it."""

from collections.abc import Sequence

from django.conf import settings

from bankhall.apps.network import queries as network
from bankhall.apps.network.bases import Loaded, Row, load_rows
from bankhall.apps.rosters.actions.speeds import forget_where_off
from bankhall.apps.rosters.queries.reference import MODELS
from bankhall.kernel.bank.lookup import SPEEDS_OFF
from bankhall.kernel.scope import Scope

TABLES = tuple(MODELS)


def load(name: str, rows: Sequence[Row], *, batch: str) -> Loaded:
    """Brings canonical rows of one of this app's tables in, by key. Written only inside an act."""
    loaded = load_rows(MODELS[name], name, rows, batch=batch)
    if any(row.get("rule_code") == SPEEDS_OFF for row in rows):
        branches = network.branches(Scope.system("speeds that a rule forbids"))
        forget_where_off([node.node_code for node in branches], settings.CLOCK.today())
    return loaded
