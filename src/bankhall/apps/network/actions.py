"""Reference rows come by imports or by hand, always as a batch of `imports`, whose act stands open around these."""

from collections.abc import Sequence

from bankhall.apps.network.bases import Loaded, Row, load_rows
from bankhall.apps.network.models import House
from bankhall.apps.network.queries import MODELS
from bankhall.data.exchange.codec import BankDetails

TABLES = tuple(MODELS)


def load(name: str, rows: Sequence[Row], *, batch: str) -> Loaded:
    """Brings canonical rows of one of this app's tables in, by key. Written only inside an act."""
    return load_rows(MODELS[name], name, rows, batch=batch)


def load_details(details: BankDetails, *, batch: str) -> None:
    """What `bank.toml` says; the row before stays."""
    House.objects.create(
        name_zh=details.name.zh, name_en=details.name.en, zone=details.zone,
        slot_minutes=details.slot_minutes, synthetic=details.synthetic, taken_in=batch,
    )  # fmt: skip
