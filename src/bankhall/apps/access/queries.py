"""What somebody reaches on a day, and the table of roles as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bankhall.apps.access.models import Grant
from bankhall.apps.access.rules import ACTIONS, MAY, Action, check_may, may, narrowed
from bankhall.apps.identity.queries import Person, as_person, person
from bankhall.apps.network import queries as network
from bankhall.kernel.scope import ROLES, Role, Scope

__all__ = [
    "ACTIONS",
    "MAY",
    "Action",
    "GrantLine",
    "Visitor",
    "check_may",
    "grants_of",
    "holders",
    "may",
    "narrowed",
    "scope_of",
    "visitor_of",
]


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant as pages list it."""

    grant_id: int
    username: str
    role: Role
    node_code: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands behind a request, with what they reach today."""

    person: Person
    scope: Scope

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held today, in the house's order."""
        return tuple(role for role in ROLES if role in self.scope.branches)

    def may(self, action: Action, branch_code: str = "") -> bool:
        """Whether to offer a control; the action itself asks again."""
        return may(self.scope, action, branch_code)


def scope_of(person: Person, on: date) -> Scope:
    """The branches under every grant in force on a day, by role. A role over an empty tree is held all the same."""
    branches: dict[Role, frozenset[str]] = {}
    tree = network.tree()
    for row in _in_force(person.user_id, on):
        role: Role = row.role  # type: ignore[assignment]
        branches[role] = branches.get(role, frozenset()) | tree.branches_under(row.node_code, on)
    return Scope(person.actor, branches)


def visitor_of(user_id: int, on: date) -> Visitor:
    """The account of a session with its scope; NotFound for no such account."""
    somebody = person(user_id)
    return Visitor(somebody, scope_of(somebody, on))


def grants_of(username: str) -> tuple[GrantLine, ...]:
    """Every grant of an account, ended ones too, newest first."""
    rows = Grant.objects.filter(user__username=username).select_related("user").order_by("-valid_from", "-id")
    return tuple(as_grant(row) for row in rows)


def holders(branch_code: str, roles: Iterable[str], on: date) -> tuple[Person, ...]:
    """Open accounts that hold one of the roles at a branch on a day, by user name: whose turn it is."""
    held = Grant.objects.filter(
        role__in=list(roles), node_code__in=network.nodes_above(branch_code), valid_from__lte=on
    )
    rows = held.filter(Q(valid_until=None) | Q(valid_until__gte=on), user__is_active=True).select_related("user")
    found = {row.user.username: as_person(row.user) for row in rows}
    return tuple(found[username] for username in sorted(found))


def as_grant(row: Grant) -> GrantLine:
    """Row to value."""
    return GrantLine(row.pk, row.user.username, row.role, row.node_code, row.valid_from, row.valid_until)  # type: ignore[arg-type]


def _in_force(user_id: int, on: date) -> "list[Grant]":
    held = Grant.objects.filter(user_id=user_id, valid_from__lte=on)
    return list(held.filter(Q(valid_until=None) | Q(valid_until__gte=on)).order_by("id"))
