"""What somebody reaches on a day, and the table of roles as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bankhall.apps.access.models import Grant, Token
from bankhall.apps.access.rules import ACTIONS, MAY, Action, check_may, may, narrowed
from bankhall.apps.identity.queries import Person, as_person, person
from bankhall.apps.network import queries as network
from bankhall.kernel.scope import ROLES, Role, Scope

__all__ = [
    "ACTIONS",
    "MAY",
    "Action",
    "GrantLine",
    "TokenLine",
    "Visitor",
    "check_may",
    "grants_of",
    "holders",
    "may",
    "narrowed",
    "scope_of",
    "tokens_of",
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
class TokenLine:
    """One token as pages list it. `hint` is how its secret begins; the secret itself is nowhere."""

    token_id: int
    username: str
    name: str
    hint: str
    read_only: bool
    made_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    last_used_at: datetime | None

    def opens(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.withdrawn_at is None and now < self.expires_at


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


def tokens_of(username: str) -> tuple[TokenLine, ...]:
    """Every token of an account, newest first; one's own, or for whoever manages accounts."""
    rows = Token.objects.filter(user__username=username).select_related("user", "use").order_by("-id")
    return tuple(as_token(row) for row in rows)


def as_token(row: Token) -> TokenLine:
    """Row to value."""
    return TokenLine(
        row.pk, row.user.username, row.name, row.hint, row.read_only, row.made_at, row.expires_at, row.withdrawn_at,
        row.use.last_used_at,
    )  # fmt: skip


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
