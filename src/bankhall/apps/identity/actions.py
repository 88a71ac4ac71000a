"""Accounts are opened and closed; people sign in and out. Every one of it leaves a line, failed attempts too."""

from datetime import datetime
from typing import TypeGuard

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.identity import rules
from bankhall.apps.identity.models import SignInCount, User
from bankhall.apps.identity.queries import Person, as_person
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

SIGN_IN = action_name("identity.sign_in")
SIGN_IN_FAILED = action_name("identity.sign_in_failed")
SIGN_OUT = action_name("identity.sign_out")
OPEN = action_name("identity.open_account")
CLOSE = action_name("identity.close_account")
CHANGE_PASSWORD = action_name("identity.change_password")
SET_PASSWORD = action_name("identity.set_password")
SET_LANGUAGE = action_name("identity.set_language")

DOOR = Scope.system("sign-in door")
LANGUAGES = dict(settings.LANGUAGES)


def sign_in(username: str, password: str, *, address: str) -> Person:
    """The account, when name and password fit and it is open; else NotAllowed `sign_in_failed`, whatever was wrong.

    Refused `too_many_tries` after several failures of this name or address. The password is checked before the
    act opens: hashing takes a third of a second, and SQLite has one writer.
    """
    now, about = timezone.now(), Subject("user", username[:60])
    _check_counters(username, address, now)
    row = User.objects.filter(username=username, is_active=True).first()
    if not _fits(row, password):
        _count_failure(username, address, now)
        audit.look(SIGN_IN_FAILED, by=Actor(about.code), scope=DOOR, subject=about, reason=address[:60])
        raise NotAllowed("sign_in_failed")
    somebody = as_person(row)
    with audit.act(SIGN_IN, by=somebody.actor, scope=DOOR, subject=about, reason=address[:60]):
        SignInCount.objects.filter(who=_name_key(username)).delete()
    return somebody


def sign_out(somebody: Person) -> None:
    """Records the leaving; the face ends the session."""
    audit.look(SIGN_OUT, by=somebody.actor, scope=DOOR, subject=Subject("user", somebody.username))


def open_account(
    username: str,
    password: str,
    *,
    name_zh: str = "",
    name_en: str = "",
    staff_no: str = "",
    language: str = "zh-hans",
    is_demo: bool = False,
    by: Actor,
    scope: Scope,
) -> Person:
    """A new account without any right. BadInput for a name or number in use and for a weak password.

    Who may do it is asked above, where roles are known: faces call `access.actions.open_account`.
    """
    row = User(
        username=username, name_zh=name_zh, name_en=name_en, staff_no=staff_no, language=language, is_demo=is_demo
    )
    rules.check_password(password, row)
    _check_name(username, staff_no, language)
    row.set_password(password)
    with audit.act(OPEN, by=by, scope=scope, subject=Subject("user", username)) as act:
        row.save(force_insert=True)
        made = as_person(row)
        act.note(after=made)
    return made


def close_account(username: str, *, by: Actor, scope: Scope) -> None:
    """Closes an account: its sessions end with their next request. The row stays, because audit lines name it."""
    row = _row(username)
    with audit.act(CLOSE, by=by, scope=scope, subject=Subject("user", username)) as act:
        act.note(before=as_person(row))
        row.is_active = False
        row.save(update_fields=["is_active"])
        act.note(after=as_person(row))


def change_password(somebody: Person, old: str, new: str) -> None:
    """One's own password. Other sessions of the account end: Django's session hash hangs on the password."""
    row = _row(somebody.username)
    if not check_password(old, row.password):
        raise NotAllowed("sign_in_failed")
    rules.check_password(new, row)
    row.set_password(new)
    with audit.act(CHANGE_PASSWORD, by=somebody.actor, scope=DOOR, subject=Subject("user", row.username)):
        row.save(update_fields=["password"])


def set_password(username: str, password: str, *, by: Actor, scope: Scope) -> None:
    """A new password for somebody who lost theirs; their sessions end. Faces call `access.actions.set_password`."""
    row = _row(username)
    rules.check_password(password, row)
    row.set_password(password)
    with audit.act(SET_PASSWORD, by=by, scope=scope, subject=Subject("user", username)):
        row.save(update_fields=["password"])


def set_language(somebody: Person, language: str) -> None:
    """Remembers the language with the account; BadInput for one that the house does not speak."""
    if language not in LANGUAGES:
        raise BadInput("unknown_language", language=language)
    if somebody.language == language:
        return
    about = Subject("user", somebody.username)
    with audit.act(SET_LANGUAGE, by=somebody.actor, scope=DOOR, subject=about) as act:
        User.objects.filter(pk=somebody.user_id).update(language=language)
        act.note(before=somebody.language, after=language)


def _row(username: str) -> User:
    row = User.objects.filter(username=username).first()
    if row is None:
        raise NotFound("user", username=username)
    return row


def _check_name(username: str, staff_no: str, language: str) -> None:
    if not username or User.objects.filter(username=username).exists():
        raise BadInput("username_in_use", username=username)
    if staff_no and User.objects.filter(staff_no=staff_no).exists():
        raise BadInput("staff_no_in_use", staff_no=staff_no)
    if language not in LANGUAGES:
        raise BadInput("unknown_language", language=language)


def _fits(row: User | None, password: str) -> TypeGuard[User]:
    """An unknown name answers as slowly as a wrong password."""
    if row is None:
        make_password(password)
        return False
    return check_password(password, row.password)


def _name_key(username: str) -> str:
    return f"name:{username}"[:160]


def _address_key(address: str) -> str:
    return f"address:{address}"[:160]


def _check_counters(username: str, address: str, now: datetime) -> None:
    allowed = {_name_key(username): rules.FAILURES_BY_NAME, _address_key(address): rules.FAILURES_BY_ADDRESS}
    for row in SignInCount.objects.filter(who__in=allowed):
        rules.check_may_guess(rules.Failures(row.since, row.failures), allowed=allowed[row.who], now=now)


def _count_failure(username: str, address: str, now: datetime) -> None:
    with transaction.atomic():
        SignInCount.objects.filter(since__lte=now - rules.SPAN).delete()
        for who in (_name_key(username), _address_key(address)):
            row, made = SignInCount.objects.get_or_create(who=who, defaults={"since": now, "failures": 1})
            if not made:
                SignInCount.objects.filter(pk=row.pk).update(failures=F("failures") + 1)
