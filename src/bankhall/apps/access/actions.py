"""Grants are given and ended by the administrator; the system does it for the demo and at the first start."""

from dataclasses import dataclass
from datetime import date

from bankhall.apps.access import queries, rules
from bankhall.apps.access.models import Grant
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.identity import actions as identity
from bankhall.apps.identity.queries import Person, person_named
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.scope import ROLES, Actor, Role, Scope
from bankhall.kernel.subject import Subject

GRANT = action_name("access.grant")
REVOKE = action_name("access.revoke")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What opens an account. The password is never noted anywhere."""

    username: str
    password: str
    name: Bilingual
    staff_no: str = ""
    language: str = "zh-hans"
    is_demo: bool = False


def grant(
    username: str,
    role: Role,
    node_code: str,
    *,
    valid_from: date,
    valid_until: date | None = None,
    by: Actor,
    scope: Scope,
) -> queries.GrantLine:
    """Gives a role over a node and all below it, from one day to another (both inclusive; none is always)."""
    rules.check_may(scope, "manage_users")
    rules.check_span(valid_from, valid_until)
    if role not in ROLES:
        raise BadInput("unknown_role", role=role)
    holder = person_named(username)
    rules.check_not_self(holder.username, by)
    with audit.act(GRANT, by=by, scope=scope, subject=Subject("user", username)) as act:
        row = Grant.objects.create(
            user_id=holder.user_id, role=role, node_code=node_code, valid_from=valid_from, valid_until=valid_until
        )
        made = queries.as_grant(row)
        act.note(after=made)
    return made


def revoke(grant_id: int, *, last_day: date, by: Actor, scope: Scope) -> None:
    """Ends a grant; `last_day` is the last on which it holds (at the earliest the day on which it began)."""
    rules.check_may(scope, "manage_users")
    row = Grant.objects.select_related("user").filter(pk=grant_id).first()
    if row is None:
        raise NotFound("grant", grant_id=grant_id)
    before = queries.as_grant(row)
    rules.check_not_self(before.username, by)
    with audit.act(REVOKE, by=by, scope=scope, subject=Subject("user", before.username)) as act:
        row.valid_until = max(last_day, row.valid_from)
        row.save(update_fields=["valid_until"])
        act.note(before=before, after=queries.as_grant(row))


def open_account(account: NewAccount, *, by: Actor, scope: Scope) -> Person:
    """A new account, opened by somebody who may (the administrator)."""
    rules.check_may(scope, "manage_users")
    return identity.open_account(
        account.username, account.password, name_zh=account.name.zh, name_en=account.name.en,
        staff_no=account.staff_no, language=account.language, is_demo=account.is_demo, by=by, scope=scope,
    )  # fmt: skip


def close_account(username: str, *, by: Actor, scope: Scope) -> None:
    """Closes an account, by somebody who may and who is not its owner."""
    rules.check_may(scope, "manage_users")
    rules.check_not_self(username, by)
    identity.close_account(username, by=by, scope=scope)


def set_password(username: str, password: str, *, by: Actor, scope: Scope) -> None:
    """A new password for somebody else who lost theirs (one's own is changed with the old one)."""
    rules.check_may(scope, "manage_users")
    rules.check_not_self(username, by)
    identity.set_password(username, password, by=by, scope=scope)
