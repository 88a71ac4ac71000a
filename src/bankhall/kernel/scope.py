"""Who asks, and which branches they may see in which role. No query runs without a scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from bankhall.kernel.errors import NotAllowed

Role = Literal[
    "teller", "lobby_manager", "relationship_manager", "branch_manager", "supervisor",
    "regional", "head_office", "risk", "auditor", "administrator",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a part of the system, by plain values: what the audit trail stores."""

    code: str
    name: str = ""
    staff_no: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The branches an actor reaches, by role. `everywhere` is the system's own scope and states its reason."""

    actor: Actor
    branches: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    everywhere: str = ""

    @classmethod
    def system(cls, reason: str) -> "Scope":
        """For jobs, imports and migrations. The reason stands in the audit line."""
        return cls(Actor("system", "Bankhall"), everywhere=reason)

    def codes(self) -> frozenset[str]:
        """Every branch seen in any role (empty for `everywhere`: ask `sees`)."""
        return frozenset().union(*self.branches.values()) if self.branches else frozenset()

    def sees(self, branch_code: str) -> bool:
        """Whether any role reaches the branch."""
        return bool(self.everywhere) or branch_code in self.codes()

    def roles_at(self, branch_code: str) -> frozenset[Role]:
        """The roles held at a branch on the day for which the scope was made."""
        return frozenset(role for role, codes in self.branches.items() if branch_code in codes)

    def check_sees(self, branch_code: str) -> None:
        """Refuses a branch outside the scope."""
        if not self.sees(branch_code):
            raise NotAllowed("branch_out_of_scope", branch_code=branch_code)
