"""The demo's accounts: one a role, marked as demo, with passwords made from this site's own key.

The passwords are the same at every start of one demo and others at any other site; nothing stores them.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bankhall.kernel.bank.people import Person
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import ROLES, Role, Scope

REASON = "demo accounts"
POST_OF_ROLE: dict[Role, str] = {
    "teller": "teller",
    "lobby_manager": "lobby_manager",
    "relationship_manager": "relationship_manager",
    "branch_manager": "branch_manager",
    "supervisor": "authoriser",
}
"""The roles of people who stand on a branch's roster; the supervisor is the one who authorises."""
OFFICE_NAMES: dict[Role, Bilingual] = {
    "regional": Bilingual("何区域", "Regional office"),
    "head_office": Bilingual("高总行", "Head office"),
    "risk": Bilingual("冯风险", "Risk"),
    "auditor": Bilingual("沈审计", "Auditor"),
    "administrator": Bilingual("管系统", "Administrator"),
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What the demo prints: who signs in how, and over what they stand."""

    role: Role
    username: str
    password: str
    name: Bilingual
    staff_no: str
    node_code: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """One account a role, for the first branch, its region and head office as they stand in the store."""
    from bankhall.apps.network import queries as network
    from bankhall.apps.people import queries as people

    scope = Scope.system(REASON)
    branch = min(network.branches(scope), key=lambda node: node.node_code)
    above = {node.kind: node.node_code for node in network.regions(scope)}
    nodes: dict[Role, str] = dict.fromkeys(ROLES, above["head_office"])
    nodes |= dict.fromkeys(POST_OF_ROLE, branch.node_code)
    nodes["regional"] = branch.parent_code or above["head_office"]
    staff = people.staff(scope, branch.node_code)
    return tuple(_account(role, nodes[role], staff) for role in ROLES)


def open_demo_accounts(on: date) -> tuple[DemoAccount, ...]:
    """Opens and grants those that are not there yet; answers all."""
    accounts = demo_accounts()
    for account in accounts:
        if not _is_open(account.username):
            _open(account, on)
    return accounts


def account_lines() -> list[str]:
    """The screenful's lines: role, user name, password, who and where."""
    accounts = demo_accounts()
    return [
        f"  {account.username:<22}{account.password:<18}{account.node_code:<6}{account.name.read('zh-hans')}"
        for account in accounts
    ]


def _account(role: Role, node_code: str, staff: Iterable[Person]) -> DemoAccount:
    post = POST_OF_ROLE.get(role)
    holder = next((person for person in staff if post and person.posts[:1] == (post,)), None)
    name = holder.called() if holder else OFFICE_NAMES.get(role, Bilingual(role, role))
    return DemoAccount(role, role, _password(role), name, holder.staff_no if holder else "", node_code)


def _password(username: str) -> str:
    from django.conf import settings

    made = hmac.new(str(settings.SECRET_KEY).encode(), f"demo:{username}".encode(), hashlib.sha256).digest()
    return "hall-" + base64.b32encode(made).decode().lower()[:8]


def _is_open(username: str) -> bool:
    from bankhall.apps.identity.queries import person_named

    try:
        return person_named(username).is_active
    except NotFound:
        return False


def _open(account: DemoAccount, on: date) -> None:
    from bankhall.apps.access import actions as access

    scope = Scope.system(REASON)
    new = access.NewAccount(account.username, account.password, account.name, account.staff_no, "zh-hans", is_demo=True)
    access.open_account(new, by=scope.actor, scope=scope)
    access.grant(account.username, account.role, account.node_code, valid_from=on, by=scope.actor, scope=scope)
