"""What a reader of a forecast must know, as codes and facts; sentences are made in `wording`.

Codes: `history_short`, `history_none_borrowed`, `service_new`, `service_gone`, `calendar_assumed`, `opening_assumed`,
`days_missing`, `arrivals_outside_opening`, `spread_prior` (too few held-out days, the range leans on the prior).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One note; an empty service means the whole branch."""

    code: str
    service_code: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
