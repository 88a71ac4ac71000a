"""What is asked about staff: who they are, their absences and requests, their balances."""

from bankhall.apps.people.queries.absences import (
    AbsenceLine,
    absence_line,
    absences_asked,
    away_between,
    own_absences,
    recorded_absences,
)
from bankhall.apps.people.queries.ledger import (
    Balance,
    Balances,
    LedgerEntry,
    balance_of,
    balances,
    has_entry,
)
from bankhall.apps.people.queries.missing import MissingLine, missing_absences, missing_on, missing_place
from bankhall.apps.people.queries.staff import (
    MODELS,
    certificate_names,
    names,
    person,
    posts,
    records_of,
    staff,
    tables,
    with_rights,
)

__all__ = [
    "MODELS", "AbsenceLine", "Balance", "Balances", "LedgerEntry", "MissingLine", "absence_line", "absences_asked",
    "away_between", "balance_of", "balances", "certificate_names", "has_entry", "missing_absences", "missing_on",
    "missing_place", "names", "own_absences", "person", "posts", "recorded_absences", "records_of", "staff", "tables",
    "with_rights",
]  # fmt: skip
