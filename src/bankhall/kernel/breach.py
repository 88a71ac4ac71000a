"""What a check returns: a rule, the facts, and where. Sentences are made in `wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

RuleClass = Literal["law_control", "agreement", "wish"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of one rule. Times are minutes from local midnight; empty or None means it does not apply.

    `subjects` names every record that takes part, each as "kind:code" (for example "staff:S0012", "duty:open").
    """

    rule_code: str
    rule_class: RuleClass
    branch_code: str
    staff_no: str = ""
    business_date: date | None = None
    start: int | None = None
    end: int | None = None
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
