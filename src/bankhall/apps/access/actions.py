"""Grants are given and ended by the administrator; tokens are made by whom they speak for, and withdrawn by either."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Case, F, Value, When

from bankhall.apps.access import queries, rules
from bankhall.apps.access.models import Grant, Token, TokenUse
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.identity import actions as identity
from bankhall.apps.identity.queries import Person, person_named
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound
from bankhall.kernel.scope import ROLES, Actor, Role, Scope
from bankhall.kernel.subject import Subject

GRANT = action_name("access.grant")
REVOKE = action_name("access.revoke")
MAKE_TOKEN = action_name("access.make_token")
WITHDRAW_TOKEN = action_name("access.withdraw_token")
BEGINS = "bh_"


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


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token with its secret, which is shown this once."""

    line: queries.TokenLine
    secret: str


@dataclass(frozen=True, slots=True)
class TokenVisitor:
    """Who stands behind a call: the owner with their scope of the day, named with the token that spoke for them."""

    visitor: queries.Visitor
    token_id: int
    read_only: bool


def make_token(name: str, *, days: int, read_only: bool, now: datetime, by: Actor, scope: Scope) -> MadeToken:
    """A token for oneself, with one's own roles and scope, for so many days."""
    owner, name = person_named(by.code), " ".join(name.split())
    held = Token.objects.filter(user_id=owner.user_id, withdrawn_at=None, expires_at__gt=now).count()
    rules.check_token(name, days, held)
    secret = BEGINS + secrets.token_urlsafe(32)
    with audit.act(MAKE_TOKEN, by=by, scope=scope, subject=Subject("user", by.code)) as act:
        row = Token.objects.create(
            user_id=owner.user_id, name=name, digest=_digest(secret), hint=secret[:7], read_only=read_only,
            made_at=now, expires_at=now + timedelta(days=days),
        )  # fmt: skip
        TokenUse.objects.create(token=row, since=now)
        line = queries.as_token(row)
        act.note(after=line)
    return MadeToken(line, secret)


def withdraw_token(token_id: int, *, now: datetime, by: Actor, scope: Scope) -> None:
    """Ends a token at once: its owner, or the administrator. A second time changes nothing."""
    row = Token.objects.select_related("user", "use").filter(pk=token_id).first()
    if row is None:
        raise NotFound("token", token_id=token_id)
    if row.user.username != by.code:
        rules.check_may(scope, "manage_users")
    if row.withdrawn_at is not None:
        return
    about = Subject("user", row.user.username)
    with audit.act(WITHDRAW_TOKEN, by=by, scope=scope, subject=about) as act:
        act.note(before=queries.as_token(row))
        row.withdrawn_at, row.withdrawn_by = now, by.code
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        act.note(after=queries.as_token(row))


def use_token(secret: str, *, now: datetime, on: date) -> TokenVisitor:
    """Who a token speaks for today. NotAllowed for one that opens nothing, Refused for one that asks too often."""
    row = Token.objects.select_related("user").filter(digest=_digest(secret)).first()
    if row is None or not row.user.is_active:
        raise NotAllowed("token_unknown")
    if row.withdrawn_at is not None:
        raise NotAllowed("token_withdrawn")
    if now >= row.expires_at:
        raise NotAllowed("token_expired")
    _count(row, now)
    who = queries.visitor_of(row.user_id, on)
    named = replace(who.person.actor, name=f"{who.person.actor.name[:70]} · {row.name}")
    return TokenVisitor(replace(who, scope=replace(who.scope, actor=named)), row.pk, row.read_only)


def _count(row: Token, now: datetime) -> None:
    """One more call within the minute; a new minute begins with the first call after it."""
    over = When(since__lte=now - rules.SPAN, then=Value(now))
    begins = Case(over, default=F("since"))
    calls = Case(When(since__lte=now - rules.SPAN, then=Value(1)), default=F("calls") + 1)
    TokenUse.objects.filter(token=row).update(last_used_at=now, since=begins, calls=calls)
    use = TokenUse.objects.get(token=row)
    rules.check_calls(use.calls, use.since, now)


def _digest(secret: str) -> str:
    """The secret is 256 random bits: a plain hash is as good as a slow one, and found by an index."""
    return hashlib.sha256(secret.encode()).hexdigest()
