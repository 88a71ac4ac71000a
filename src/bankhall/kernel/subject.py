"""What a finding, a clock or an audit line is about: a kind and a code, with the branch beside it for scope."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """For example ("roster", "B01/2026-W49/3")."""

    kind: str
    code: str
    branch_code: str = ""
