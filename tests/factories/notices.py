"""Notices of a published roster, told by the branch manager."""

from datetime import date

from bankhall.apps.access import actions as access
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.identity import actions as identity
from bankhall.apps.notices import actions
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Role, Scope
from bankhall.kernel.subject import Subject

TEST = action_name("notices.test_only")
SYSTEM = Scope.system("a test")
ABOUT = Subject("roster", "B01/2026-W49/1", "B01")
FACTS: dict[str, str | int | float] = {"branch": "B01", "week": "2026-W49", "version": 1}
PERSONAL: dict[str, str | int | float] = {
    "who": "T102", "first": "2026-12-01", "last": "2026-12-02", "answer": "agreed",
}  # fmt: skip


def tell(*to: str, kind: str = "roster_published", key: str = "k", urgent: bool = False) -> None:
    """Posts a notice to some people."""
    facts = PERSONAL if kind == "leave_answered" else FACTS
    with audit.act(TEST, by=SYSTEM.actor, scope=SYSTEM):
        actions.post(kind, to=to, facts=facts, subject=ABOUT, key=key, urgent=urgent, by=SYSTEM.actor, scope=SYSTEM)


def account(username: str, staff_no: str = "", language: str = "en") -> None:
    """Somebody who can be written to."""
    identity.open_account(
        username, "jade-lantern-47", name_zh="王敏", staff_no=staff_no, language=language, by=SYSTEM.actor,
        scope=SYSTEM,
    )  # fmt: skip


def officer(role: Role, node_code: str = "B01", username: str = "") -> None:
    """An account that answers for a branch."""
    name = username or role
    access.open_account(access.NewAccount(name, "jade-lantern-47", Bilingual("王敏")), by=SYSTEM.actor, scope=SYSTEM)
    access.grant(name, role, node_code, valid_from=date(2026, 1, 1), by=SYSTEM.actor, scope=SYSTEM)
